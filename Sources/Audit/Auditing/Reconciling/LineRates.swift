internal import Domain
internal import Pricing

/// The list prices of a model on a day.
struct LineRates {
    private let prices: PriceBook
    private let provider: String
    private let model: String
    private let moment: Timestamp

    init(_ prices: PriceBook, provider: String, model: String, day: Int64) {
        (self.prices, self.provider, self.model) = (prices, provider, model)
        moment = Timestamp(microseconds: day * Timestamp.microsecondsPerDay + Timestamp.microsecondsPerDay / 2)
    }

    /// A thousand dollars a token, USD × 10⁻¹²: a price above it is none.
    private static let dearest: Int128 = 1_000_000_000_000_000

    /// USD × 10⁻¹² a token; `nil` where the book has none.
    ///
    /// - Parameter isLong: whether for long contexts, where those have a price of their own.
    func list(_ kind: TokenClass, tier: String, isLong: Bool = false) -> Int128? {
        for name in [tier, "standard"] {
            let answer = prices.price(provider: provider, model: model, tier: name, at: moment)
            guard case .success(let applied) = answer else { continue }
            let rates = isLong ? applied.rates.above.first?.rates : applied.rates.base
            guard let price = rates.flatMap(kind.rate)?.multiplied(by: applied.factor), price <= Self.dearest else {
                continue
            }
            return price
        }
        return nil
    }
}

extension Int128 {
    /// The product with a decimal, rounded half to even at the last unit; `nil` beyond 128 bits.
    fileprivate func multiplied(by factor: ExactDecimal) -> Int128? {
        guard let units = factor.units(scale: 9)?.units else { return nil }
        let (product, isTooLarge) = multipliedReportingOverflow(by: units)
        return isTooLarge ? nil : product.dividedRoundingHalfToEven(by: 1_000_000_000)
    }

    /// So many of a whole that this is the amount of, rounded half to even; where the product does not fit into 128 bits, at
    /// the mean of one, rounded.
    func part(_ count: Int64, of whole: Int64) -> Int128 {
        let (product, isTooLarge) = multipliedReportingOverflow(by: Int128(count))
        guard !isTooLarge else { return dividedRoundingHalfToEven(by: Int128(whole)) * Int128(count) }
        return product.dividedRoundingHalfToEven(by: Int128(whole))
    }
}
