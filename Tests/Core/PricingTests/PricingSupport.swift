import Domain
import Foundation
import Inputs
import Pricing

/// The files of `Tests/Fixtures`.
func fixturePath(_ path: String) -> String {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures").appending(path: path).path(percentEncoded: false)
}

/// A text is not what the test needs.
struct NotAPrice: Error {}

/// A price in USD per million tokens.
func price(_ perMillion: String) throws -> PicoUSDPerToken {
    guard let decimal = ExactDecimal(perMillion), let price = PicoUSDPerToken(perMillion: decimal) else {
        throw NotAPrice()
    }
    return price
}

/// Rates in USD per million tokens, by their names in the file format.
func rates(_ prices: [String: String]) throws -> TokenRates {
    var rates = TokenRates()
    for (name, text) in prices { rates[name: name] = try price(text) }
    return rates
}

/// A price without context tiers, factor or fees.
func applied(_ prices: [String: String]) throws -> AppliedPrice {
    AppliedPrice(rates: TierRates(base: try rates(prices)), factor: ExactDecimal(coefficient: 1, scale: 0))
}

/// A model with one period without beginning.
func model(
    _ name: String, provider: String = "made", _ tiers: [String: TierRates], aliases: [String] = []
) -> ModelPrices {
    var model = ModelPrices(provider: provider, model: name)
    model.aliases = aliases
    model.periods = [PricePeriod(from: nil, source: "made", tiers: tiers)]
    return model
}

/// A model with only the standard tier.
func model(
    _ name: String, provider: String = "made", standard: [String: String], aliases: [String] = []
) throws -> ModelPrices {
    model(name, provider: provider, ["standard": TierRates(base: try rates(standard))], aliases: aliases)
}

/// A usage without unknown buckets.
func usage(
    input: Int64 = 0, cacheRead: Int64 = 0, write5m: Int64 = 0, write1h: Int64 = 0, output: Int64 = 0
) -> TokenUsage {
    TokenUsage(
        uncachedInput: TokenCount(input), cacheRead: TokenCount(cacheRead), cacheWrite5m: TokenCount(write5m),
        cacheWrite1h: TokenCount(write1h), output: TokenCount(output))
}

extension Result where Success == NanoUSD, Failure == PricingGapError {
    /// The amount in dollars, or the word for the gap.
    var words: String {
        switch self {
        case .success(let amount): amount.decimalText
        case .failure(let error): error.gap.code
        }
    }
}

extension PriceBook {
    /// What a usage costs, or the word for the gap.
    func cost(
        _ usage: TokenUsage, _ provider: String?, _ model: String, tier: String? = nil, region: String? = nil,
        at moment: Timestamp = Timestamp(year: 2026, month: 11, day: 1)
    ) -> String {
        price(provider: provider, model: model, tier: tier, region: region, at: moment)
            .flatMap { $0.cost(of: usage) }.words
    }
}
