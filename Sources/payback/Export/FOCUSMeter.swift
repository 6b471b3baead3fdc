import Domain
import Pricing

/// What a row charges for: a class of tokens, or the requests of what has no tokens at all.
struct FOCUSMeter {
    /// The meter's name.
    let name: String
    /// Which way its tokens go, and what a cache did with them; absent for requests.
    let direction, cacheAction: String?
    /// How much of it a sum has.
    let quantity: any KeyPath<UsageMeasures, Int64> & Sendable
    /// What a token of it costs; absent for requests.
    let rate: (any KeyPath<TokenRates, PicoUSDPerToken?> & Sendable)?

    private init(
        _ name: String, _ quantity: any KeyPath<UsageMeasures, Int64> & Sendable, direction: String? = nil,
        cache: String? = nil, rate: (any KeyPath<TokenRates, PicoUSDPerToken?> & Sendable)? = nil
    ) {
        (self.name, self.direction, cacheAction) = (name, direction, cache)
        (self.quantity, self.rate) = (quantity, rate)
    }

    /// The classes of tokens.
    static let tokens = [
        FOCUSMeter("Input Tokens", \.uncachedInput, direction: "Input", cache: "Uncached", rate: \TokenRates.input),
        FOCUSMeter(
            "Cache Read Input Tokens", \.cacheRead, direction: "Input", cache: "Read", rate: \TokenRates.cacheRead),
        FOCUSMeter(
            "Cache Write Input Tokens", \.cacheWrite5m, direction: "Input", cache: "Write",
            rate: \TokenRates.cacheWrite5m),
        FOCUSMeter(
            "Cache Write 1h Input Tokens", \.cacheWrite1h, direction: "Input", cache: "Write",
            rate: \TokenRates.cacheWrite1h),
        FOCUSMeter("Output Tokens", \.output, direction: "Output", rate: \TokenRates.output),
    ]

    /// What images, searches and fees are charged by, which have no tokens.
    static let requests = FOCUSMeter("Requests", \.calls)

    /// The unit in which it is counted.
    var unit: String { direction == nil ? "Requests" : "Tokens" }
    /// How many of these its price is for.
    var block: Int64 { direction == nil ? 1 : 1_000_000 }
    /// The unit in which it is priced.
    var pricingUnit: String { block == 1 ? unit : "\(block) \(unit)" }

    /// The meters that a sum has something of; requests alone where it costs something and has no tokens.
    static func of(_ sums: UsageMeasures) -> [FOCUSMeter] {
        let used = tokens.filter { sums[keyPath: $0.quantity] > 0 }
        return used.isEmpty && sums.cost != .zero ? [requests] : used
    }
}
