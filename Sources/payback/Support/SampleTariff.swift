import Domain
import Pricing
import Sampling

extension PriceBook {
    /// The list price of a token of a sample's bill, in pico-dollars; `nil` where the book has none.
    func picosPerToken(_ meter: SampleMeter) -> Int64? {
        guard let moment = Timestamp.read(meter.day),
            case .success(let price) = price(
                provider: meter.provider, model: meter.model, tier: meter.tier, at: moment),
            case .success(let cost) = price.cost(of: Self.thousand(meter.tokens))
        else { return nil }
        // A thousand tokens cost as many nano-dollars as one costs pico-dollars.
        return cost.nanos
    }

    /// A request of a thousand tokens of one class: too short for the rates of long contexts.
    private static func thousand(_ tokens: SampleTokenClass) -> TokenUsage {
        var usage = TokenUsage(
            uncachedInput: .zero, cacheRead: .zero, cacheWrite5m: .zero, cacheWrite1h: .zero, output: .zero)
        switch tokens {
        case .input: usage.uncachedInput = TokenCount(1000)
        case .cacheRead: usage.cacheRead = TokenCount(1000)
        case .cacheWrite: usage.cacheWrite5m = TokenCount(1000)
        case .output: usage.output = TokenCount(1000)
        }
        return usage
    }
}
