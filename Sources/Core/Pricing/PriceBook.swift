package import Domain

/// What models cost, since when, and according to whom.
package struct PriceBook: Sendable {
    /// The version that a record priced with this book keeps: a date, and a mark for each overlay.
    package var version: String
    /// Sources by their key.
    package var sources: [String: String] = [:]
    /// All models.
    package private(set) var models: [ModelPrices] = []
    /// Negotiated discounts, applied after everything else.
    package var discounts: [Discount] = []
    private var positions: [String: Int] = [:]

    /// Creates an empty book.
    package init(version: String) { self.version = version }

    /// Adds a model, or replaces the one of the same provider and name. Its aliases lead to it from now on.
    package mutating func add(_ prices: ModelPrices) {
        let position: Int
        if let existing = positions[Self.key(prices.provider, prices.model)], models[existing].model == prices.model {
            position = existing
            models[existing] = prices
        } else {
            position = models.count
            models.append(prices)
        }
        for name in [prices.model] + prices.aliases { positions[Self.key(prices.provider, name)] = position }
    }

    /// The prices of a model under exactly this provider and name (or alias), upper and lower case alike.
    package func prices(provider: String, model: String) -> ModelPrices? {
        positions[Self.key(provider, model)].map { models[$0] }
    }

    private static func key(_ provider: String, _ model: String) -> String {
        provider.lowercased() + "\n" + model.lowercased()
    }
}

/// The prices of one model of one provider over time.
package struct ModelPrices: Sendable, Hashable {
    /// Who bills.
    package var provider: String
    /// The model's name as the provider writes it.
    package var model: String
    /// Dated snapshots and other spellings with the same prices.
    package var aliases: [String] = []
    /// What the model does: `chat`, `embedding`, `rerank`, `image`, `audio`.
    package var mode = "chat"
    /// Most input tokens.
    package var contextWindow: Int64?
    /// Most output tokens.
    package var maxOutputTokens: Int64?
    /// Prices, the oldest first.
    package var periods: [PricePeriod] = []

    /// Creates a model without prices.
    package init(provider: String, model: String) { (self.provider, self.model) = (provider, model) }

    /// The prices in force at a moment; `nil` where none were yet.
    package func period(at moment: Timestamp) -> PricePeriod? {
        periods.last { $0.from.map { $0 <= moment } ?? true }
    }
}

/// Prices from a day on.
package struct PricePeriod: Sendable, Hashable {
    /// The first moment that they apply; absent for "since the model exists".
    package var from: Timestamp?
    /// The key of the source in the book.
    package var source: String
    /// Rates by service tier: `standard`, `batch`, `flex`, `priority`.
    package var tiers: [String: TierRates]
    /// Factors on every token price by circumstance, for example `region:us`.
    package var multipliers: [String: ExactDecimal] = [:]
    /// USD per piece of what is not tokens, for example `web_search`.
    package var fees: [String: NanoUSD] = [:]

    /// Creates prices.
    package init(from: Timestamp?, source: String, tiers: [String: TierRates]) {
        (self.from, self.source, self.tiers) = (from, source, tiers)
    }
}

/// The rates of a service tier, by length of the context.
package struct TierRates: Sendable, Hashable {
    /// Rates up to the first threshold.
    package var base: TokenRates
    /// Rates above thresholds of total input tokens, ascending. They apply to all tokens of the request.
    package var above: [ContextRates] = []

    /// Creates rates.
    package init(base: TokenRates, above: [ContextRates] = []) {
        self.base = base
        self.above = above.sorted { $0.inputTokens < $1.inputTokens }
    }

    /// The rates for a request with `inputTokens` of input in total.
    package func rates(inputTokens: Int64) -> TokenRates {
        above.last { inputTokens > $0.inputTokens }?.rates ?? base
    }
}

/// Rates above a length of the context.
package struct ContextRates: Sendable, Hashable {
    /// The threshold: requests with more input tokens than this pay these rates.
    package var inputTokens: Int64
    /// The rates.
    package var rates: TokenRates

    /// Creates rates above a threshold.
    package init(inputTokens: Int64, rates: TokenRates) { (self.inputTokens, self.rates) = (inputTokens, rates) }
}

/// Prices per token of the five buckets and of what is counted apart inside them. Absent means not sold or not known.
package struct TokenRates: Sendable, Hashable {
    /// Uncached input.
    package var input: PicoUSDPerToken?
    /// Input read from the cache.
    package var cacheRead: PicoUSDPerToken?
    /// Input written to the cache for 5 minutes.
    package var cacheWrite5m: PicoUSDPerToken?
    /// Input written to the cache for an hour.
    package var cacheWrite1h: PicoUSDPerToken?
    /// Output.
    package var output: PicoUSDPerToken?
    /// Reasoning inside the output, where it is priced apart.
    package var reasoning: PicoUSDPerToken?
    /// Audio inside the input.
    package var audioInput: PicoUSDPerToken?
    /// Audio inside the output.
    package var audioOutput: PicoUSDPerToken?
    /// Images inside the input.
    package var imageInput: PicoUSDPerToken?
    /// Images inside the output.
    package var imageOutput: PicoUSDPerToken?

    /// Creates rates of which none is known.
    package init() {}

    /// The keys of the file format, with the rates that they name.
    package static var keys: [(name: String, path: any WritableKeyPath<TokenRates, PicoUSDPerToken?> & Sendable)] {
        [
            ("input", \.input), ("cache_read", \.cacheRead), ("cache_write_5m", \.cacheWrite5m),
            ("cache_write_1h", \.cacheWrite1h), ("output", \.output), ("reasoning", \.reasoning),
            ("audio_input", \.audioInput), ("audio_output", \.audioOutput), ("image_input", \.imageInput),
            ("image_output", \.imageOutput),
        ]
    }
}

/// A negotiated discount.
package struct Discount: Sendable, Hashable {
    /// The provider that grants it.
    package var provider: String
    /// The model, absent for all of the provider's.
    package var model: String?
    /// Percent off the listed price, 0 to 100.
    package var percent: ExactDecimal
    /// When it applies.
    package var period: Period

    /// Creates a discount.
    package init(provider: String, model: String?, percent: ExactDecimal, period: Period) {
        (self.provider, self.model, self.percent, self.period) = (provider, model, percent, period)
    }
}
