package import Domain

/// A price of the price book that a driver stands for.
package struct PriceReference: Sendable, Hashable {
    /// Who bills; guessed from the model where absent.
    package var provider: String?
    /// The model.
    package var model: String
    /// `input`, `cache_read`, `cache_write_5m`, `cache_write_1h` or `output`.
    package var of: String
}

/// A sum of the ledger that a driver or a line's actuals stand for.
package struct LedgerReference: Sendable, Hashable {
    /// `cost_usd`, `requests`, `input_tokens` or `output_tokens`.
    package var measure: String
    /// Only records of this feature, customer, team, model or provider.
    package var filter: [String: String]
    /// The first day, as written; absent for three months before the end.
    package var since: String?
    /// The day after the last, as written; absent for the start of this month.
    package var until: String?
}

/// A number found outside the scenario, and where it is from.
package struct SourcedNumber: Sendable, Hashable {
    /// The number.
    package var value: Double
    /// Its unit.
    package var unit: String
    /// Where it is from.
    package var source: String

    /// Creates a number.
    package init(value: Double, unit: String, source: String) {
        (self.value, self.unit, self.source) = (value, unit, source)
    }
}

/// What a study found, and how sure that is.
package struct StudiedNumber: Sendable, Hashable {
    /// The estimate.
    package var value: Double
    /// Its standard deviation; 0 where nothing is known of it.
    package var deviation: Double
    /// How good the evidence is.
    package var evidence: EvidenceGrade
    /// Where it is from, with the interval.
    package var source: String

    /// Creates a number.
    package init(value: Double, deviation: Double, evidence: EvidenceGrade, source: String) {
        (self.value, self.deviation, self.evidence, self.source) = (value, deviation, evidence, source)
    }
}

/// Why a number outside the scenario could not be had.
package struct SourceError: Error, Sendable, Hashable {
    /// What is wrong and what to do.
    package let message: String

    /// Creates an error.
    package init(_ message: String) { self.message = message }
}

/// What a scenario may take from elsewhere. The command line resolves it, so that a model needs no ledger to be read.
package struct ScenarioSources: Sendable {
    /// The price of a model, in USD per million tokens.
    package var price: @Sendable (PriceReference) throws(SourceError) -> SourcedNumber
    /// A monthly mean of the ledger.
    package var ledger: @Sendable (LedgerReference) throws(SourceError) -> SourcedNumber
    /// A study that was kept, by its name.
    package var study: @Sendable (String) throws(SourceError) -> StudiedNumber

    /// Creates sources.
    package init(
        price: @escaping @Sendable (PriceReference) throws(SourceError) -> SourcedNumber,
        ledger: @escaping @Sendable (LedgerReference) throws(SourceError) -> SourcedNumber,
        study: @escaping @Sendable (String) throws(SourceError) -> StudiedNumber = { (_) throws(SourceError) in
            throw SourceError("there are no studies here")
        }
    ) { (self.price, self.ledger, self.study) = (price, ledger, study) }

    /// Sources of which there are none.
    package static let none = ScenarioSources(
        price: { (_) throws(SourceError) in throw SourceError("there is no price book here") },
        ledger: { (_) throws(SourceError) in throw SourceError("there is no ledger here") })
}
