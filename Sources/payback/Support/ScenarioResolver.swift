import Documents
import Domain
import Inputs
import Ledger
import Pricing
import ROI
import Registry
import Statistics

/// Finds the numbers that a scenario takes from the price book and the ledger.
struct ScenarioResolver: Sendable {
    let sources: ScenarioSources

    /// - Parameters:
    ///   - prices: the user's own, laid over the price book.
    ///   - studies: where studies are kept.
    init(
        prices overlay: String?, ledgerOptions: LedgerOptions,
        studies: @escaping @Sendable () throws -> RegistryStore = { try RegistryOptions.usual() }
    ) {
        sources = ScenarioSources(
            price: { (reference) throws(SourceError) in
                do { return try Self.price(reference, in: PriceBook.loading(overlay: overlay)) } catch {
                    throw error as? SourceError ?? SourceError("\(error)")
                }
            },
            ledger: { (reference) throws(SourceError) in
                do {
                    return try LedgerActuals(ledger: ledgerOptions.open(mustExist: true)).monthlyMean(reference)
                } catch {
                    throw error as? SourceError ?? SourceError("\(error)")
                }
            },
            study: { (name) throws(SourceError) in
                do { return try Self.study(name, in: studies()) } catch {
                    throw error as? SourceError ?? SourceError("\(error)")
                }
            })
    }

    /// A study's estimate with its spread: its standard error, else what its interval comes to under a normal curve.
    private static func study(_ name: String, in registry: RegistryStore) throws -> StudiedNumber {
        guard let study = try registry.study(named: name) else {
            throw SourceError("there is no study \(name); payback attribute … --save \(name) keeps one")
        }
        guard let estimate = study.estimate else {
            throw SourceError("the study \(name) identifies no effect; state an assumption instead")
        }
        var (deviation, interval) = (study.standardError ?? 0, "")
        if let level = study.level, let low = study.low, let high = study.high {
            if study.standardError == nil { deviation = (high - low) / (2 * StandardNormal.quantile(0.5 + level / 2)) }
            interval = " (\(NumberText.short(low)) to \(NumberText.short(high)))"
        }
        return StudiedNumber(
            value: estimate, deviation: deviation, evidence: study.grade,
            source: "study \(name), \(study.method): \(NumberText.short(estimate))\(interval)")
    }

    private static func price(_ reference: PriceReference, in book: PriceBook) throws(SourceError) -> SourcedNumber {
        guard let found = book.find(provider: reference.provider, model: reference.model) else {
            let near = book.nearestNames(to: reference.model, count: 3).joined(separator: ", ")
            throw SourceError("the price book has no model \(reference.model); the nearest are \(near)")
        }
        let answer = book.price(
            provider: found.provider, model: found.model, tier: nil, at: PriceOptions.now)
        guard case .success(let applied) = answer, let rate = applied.rates.base[name: reference.of] else {
            throw SourceError("the price book has no price of \(reference.of) for \(found.model) today")
        }
        // What a negotiated discount leaves, at most nine decimals.
        let factor = applied.factor.units(scale: 9).map { Double($0.units) / 1e9 } ?? 1
        return SourcedNumber(
            value: Double(rate.picos) / 1e6 * factor, unit: "USD per million tokens",
            source: "price book \(book.version), \(found.provider)/\(found.model)")
    }
}
