package import Domain

/// Why a usage has no price.
package enum PricingGap: Sendable, Hashable {
    /// The book does not have the model.
    case unknownModel
    /// The book has the model, but no price for that time.
    case notYetPriced
    /// The model is not priced in that service tier.
    case tier(String)
    /// A bucket that has tokens has no rate.
    case bucket(String)
    /// The token counts are not known.
    case unknownUsage
    /// The result does not fit.
    case overflow

    /// A stable word for programs.
    package var code: String {
        switch self {
        case .unknownModel: "unpriced_model"
        case .notYetPriced: "unpriced_date"
        case .tier: "unpriced_tier"
        case .bucket: "unpriced_bucket"
        case .unknownUsage: "unknown_usage"
        case .overflow: "cost_overflow"
        }
    }
}

/// Everything needed to price calls of one model in one tier, looked up once.
package struct AppliedPrice: Sendable, Hashable {
    /// Rates by context length.
    package var rates: TierRates
    /// Factor on every price: region and speed, times what a discount leaves.
    package var factor: ExactDecimal
    /// USD per piece of what is not tokens.
    package var fees: [String: NanoUSD]

    /// Creates a price.
    package init(rates: TierRates, factor: ExactDecimal, fees: [String: NanoUSD] = [:]) {
        (self.rates, self.factor, self.fees) = (rates, factor, fees)
    }

    /// What a usage costs: the sum over the buckets, exact, rounded once, half to even, to nano-dollars.
    ///
    /// A model without a price for cache writes charges written tokens as ordinary input. Reasoning, audio and images
    /// are parts of their bucket and are priced apart only where the book prices them apart.
    package func cost(of usage: TokenUsage) -> Result<NanoUSD, PricingGapError> {
        let rates = self.rates.rates(inputTokens: usage.totalInput)
        // Half of a usage has no price: what is not known is not free.
        guard usage.uncachedInput.isKnown, usage.output.isKnown || rates.output == nil else {
            return .failure(PricingGapError(.unknownUsage))
        }
        var sum = PicoSum()
        let audioInput = rates.audioInput == nil ? 0 : min(usage.audioInput.orZero, usage.uncachedInput.orZero)
        let imageInput =
            rates.imageInput == nil ? 0 : min(usage.imageInput.orZero, usage.uncachedInput.orZero - audioInput)
        sum.add(usage.uncachedInput.orZero - audioInput - imageInput, rates.input, "input")
        sum.add(audioInput, rates.audioInput, "audio_input")
        sum.add(imageInput, rates.imageInput, "image_input")
        sum.add(usage.cacheRead.orZero, rates.cacheRead, "cache_read")
        sum.add(usage.cacheWrite5m.orZero, rates.cacheWrite5m ?? rates.input, "cache_write_5m")
        sum.add(
            usage.cacheWrite1h.orZero, rates.cacheWrite1h ?? (rates.cacheWrite5m == nil ? rates.input : nil),
            "cache_write_1h")
        addOutput(usage, rates, &sum)
        return sum.result(factor: factor)
    }

    private func addOutput(_ usage: TokenUsage, _ rates: TokenRates, _ sum: inout PicoSum) {
        var plain = usage.output.orZero
        let parts: [(TokenCount, PicoUSDPerToken?, String)] = [
            (usage.reasoning, rates.reasoning, "reasoning"), (usage.audioOutput, rates.audioOutput, "audio_output"),
            (usage.imageOutput, rates.imageOutput, "image_output"),
        ]
        for (count, rate, name) in parts where rate != nil {
            let tokens = min(count.orZero, plain)
            plain -= tokens
            sum.add(tokens, rate, name)
        }
        sum.add(plain, rates.output, "output")
    }
}

/// A gap as an error, for results.
package struct PricingGapError: Error, Sendable, Hashable {
    /// What is missing.
    package let gap: PricingGap
    /// Creates an error.
    package init(_ gap: PricingGap) { self.gap = gap }
}

/// Adds up tokens × price exactly.
private struct PicoSum {
    var picos: Int128 = 0
    var gap: PricingGap?

    mutating func add(_ tokens: Int64, _ rate: PicoUSDPerToken?, _ bucket: String) {
        guard tokens > 0 else { return }
        guard let rate else {
            gap = gap ?? .bucket(bucket)
            return
        }
        picos += Int128(tokens) * Int128(rate.picos)
    }

    func result(factor: ExactDecimal) -> Result<NanoUSD, PricingGapError> {
        if let gap { return .failure(PricingGapError(gap)) }
        guard let divisor = Int128.powerOfTen(factor.scale + 3) else { return .failure(PricingGapError(.overflow)) }
        let (product, overflow) = picos.multipliedReportingOverflow(by: factor.coefficient)
        guard !overflow, let nanos = Int64(exactly: product.dividedRoundingHalfToEven(by: divisor)) else {
            return .failure(PricingGapError(.overflow))
        }
        return .success(NanoUSD(nanos: nanos))
    }
}
