package import Domain
package import Pricing

/// The most that a request can cost.
package enum WorstCase {
    /// What bounds a request's tokens.
    package struct Bound: Sendable, Hashable {
        /// Input tokens at most: those of every bucket together.
        package var inputTokens: Int64
        /// Output tokens at most, reasoning included, over all choices.
        package var outputTokens: Int64
        /// The service tier that the caller asks for; absent where the provider decides.
        package var serviceTier: String?

        /// Creates a bound.
        package init(inputTokens: Int64, outputTokens: Int64, serviceTier: String? = nil) {
            (self.inputTokens, self.outputTokens, self.serviceTier) = (inputTokens, outputTokens, serviceTier)
        }
    }

    /// The dearest tokens that a model has, in pico-dollars per token, factor included.
    package struct DearestRates: Sendable, Hashable {
        var input: [(above: Int64, picos: Int64)] = []
        var output: [(above: Int64, picos: Int64)] = []
        var factor = ExactDecimal(coefficient: 1, scale: 0)

        package static func == (a: Self, b: Self) -> Bool {
            a.factor == b.factor && a.input.elementsEqual(b.input, by: ==) && a.output.elementsEqual(b.output, by: ==)
        }

        package func hash(into hasher: inout Hasher) { hasher.combine(factor) }
    }

    /// The dearest rates of a model at a moment, over the tiers that a request could be served in.
    ///
    /// A request that names a tier is served in it or in the standard one. A request that names none is served in what
    /// its project is set to: the standard tier, or the priority tier where the model has one.
    ///
    /// - Returns: `nil` where the model has no price: what has no price cannot be bounded.
    package static func rates(
        of prices: ModelPrices, in book: PriceBook, tier: String?, at moment: Timestamp
    ) -> DearestRates? {
        guard let period = prices.period(at: moment) else { return nil }
        let asked = ServiceTier.canonical(tier)
        let names = tier == nil || tier == "auto" ? ["standard", "priority"] : ["standard", asked]
        let tiers = names.compactMap { period.tiers[$0] }
        guard !tiers.isEmpty, tier == nil || tier == "auto" || period.tiers[asked] != nil else { return nil }
        var dearest = DearestRates()
        for rates in tiers {
            dearest.add(rates.base, above: -1)
            for above in rates.above { dearest.add(above.rates, above: above.inputTokens) }
        }
        guard !dearest.input.isEmpty else { return nil }
        dearest.factor = book.dearestFactor(of: prices, at: moment)
        return dearest
    }
}

extension WorstCase.DearestRates {
    fileprivate mutating func add(_ rates: TokenRates, above: Int64) {
        let inputs = [
            rates.input, rates.cacheRead, rates.cacheWrite5m, rates.cacheWrite1h, rates.audioInput, rates.imageInput,
        ]
        let outputs = [rates.output, rates.reasoning, rates.audioOutput, rates.imageOutput]
        if let most = inputs.compactMap({ $0?.picos }).max() { input.append((above, most)) }
        if let most = outputs.compactMap({ $0?.picos }).max() { output.append((above, most)) }
    }

    /// The cost of a bound at these rates, rounded up to nano-dollars; `nil` where it does not fit.
    package func cost(of bound: WorstCase.Bound) -> NanoUSD? {
        // A request can be shorter than its bound: every context length up to the bound may apply.
        let input = input.filter { bound.inputTokens > $0.above }.map(\.picos).max() ?? 0
        let output = output.filter { bound.inputTokens > $0.above }.map(\.picos).max() ?? 0
        let picos =
            Int128(max(bound.inputTokens, 0)) * Int128(input) + Int128(max(bound.outputTokens, 0)) * Int128(output)
        let (product, overflow) = picos.multipliedReportingOverflow(by: factor.coefficient)
        guard !overflow, let divisor = Int128.powerOfTen(factor.scale + 3) else { return nil }
        return Int64(exactly: (product + divisor - 1) / divisor).map(NanoUSD.init(nanos:))
    }
}
