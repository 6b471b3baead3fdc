import Domain
import Inputs
import Ledger
import Pricing
import ROI

/// Finds the numbers that a scenario takes from the price book and the ledger.
struct ScenarioResolver: Sendable {
    let sources: ScenarioSources

    /// - Parameter prices: the user's own, laid over the price book.
    init(prices overlay: String?, ledgerOptions: LedgerOptions) {
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
            })
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
