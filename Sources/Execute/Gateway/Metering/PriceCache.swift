internal import Domain
internal import Policy
internal import Pricing

/// Prices that an event loop has looked up in this hour; some differ by the hour.
struct PriceCache {
    private struct Key: Hashable {
        let provider: String
        let model: String
        let tier: String?
        let region: String?
    }

    private static let most = 4096
    private var hour: Int64 = .min
    private var prices: [Key: Result<AppliedPrice, PricingGapError>] = [:]
    private var dearest: [Key: WorstCase.DearestRates?] = [:]
    private var windows: [Key: Int64?] = [:]

    /// The price of a call.
    mutating func price(
        in book: PriceBook, provider: String, model: String, tier: String?, region: String?, at moment: Timestamp
    ) -> Result<AppliedPrice, PricingGapError> {
        advance(to: moment)
        let key = Key(provider: provider, model: model, tier: tier, region: region)
        if let known = prices[key] { return known }
        let price = book.price(provider: provider, model: model, tier: tier, region: region, at: moment)
        prices[key] = price
        return price
    }

    /// The dearest rates of a model; `nil` where it has no price.
    mutating func dearest(
        in book: PriceBook, provider: String, model: String, tier: String?, at moment: Timestamp
    ) -> WorstCase.DearestRates? {
        advance(to: moment)
        let key = Key(provider: provider, model: model, tier: tier, region: nil)
        if let known = dearest[key] { return known }
        let rates = book.find(provider: provider, model: model).flatMap {
            WorstCase.rates(of: $0, in: book, tier: tier, at: moment)
        }
        dearest[key] = .some(rates)
        return rates
    }

    /// The most input tokens of a model; `nil` where the book does not say.
    mutating func contextWindow(in book: PriceBook, provider: String, model: String) -> Int64? {
        let key = Key(provider: provider, model: model, tier: nil, region: nil)
        if let known = windows[key] { return known }
        let window = book.find(provider: provider, model: model)?.contextWindow
        windows[key] = .some(window)
        return window
    }

    /// Forgets everything, because the book has changed.
    mutating func removeAll() { (prices, dearest, windows) = ([:], [:], [:]) }

    /// Callers choose the names of models: the cache is bounded.
    private mutating func advance(to moment: Timestamp) {
        guard moment.hour != hour || prices.count + dearest.count > Self.most || windows.count > Self.most else {
            return
        }
        removeAll()
        hour = moment.hour
    }
}
