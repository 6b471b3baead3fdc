#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// What requests of one kind cost with everything that belongs to them: caching, retries, validation, overhead,
/// cascades, batches.
package struct TokenCosts: SavingsModel {
    // Prices, USD per million tokens
    let inputPrice: Double
    let outputPrice: Double
    let cachedInputPrice: Double
    let cacheWritePrice: Double
    // The request, tokens
    let promptTokens: Double
    let outputTokens: Double
    let validationTokens: Double
    let validationOutputTokens: Double
    // The traffic
    let requestsPerDay: Double
    let days: Double
    let cacheHitRate: Double
    let cacheableShare: Double
    let retryRate: Double
    let retryLimit: Int?
    let overheadShare: Double
    let batchShare: Double
    let batchDiscount: Double
    let cascade: Cascade?
    let path: PricePath

    /// A cheaper model that is asked first.
    struct Cascade: Sendable {
        /// USD per million tokens.
        let inputPrice: Double
        /// USD per million tokens.
        let outputPrice: Double
        /// The share of requests that go on to the dear model.
        let escalationRate: Double
    }

    /// A bill, in USD over the days.
    package struct Bill: Sendable, Hashable {
        /// Input of all first tries.
        package let baseInput: Double
        /// Output of all first tries.
        package let baseOutput: Double
        /// What tries after the first cost.
        package let retries: Double
        /// Calls that check answers.
        package let validation: Double
        /// What the cheap model of a cascade adds, less what it spares.
        package let cascade: Double
        /// What batches take off, as a negative amount.
        package let batch: Double
        /// Calls in all, tries after the first included.
        package let calls: Double

        /// The sum.
        package var total: Double { baseInput + baseOutput + retries + validation + cascade + batch }
    }

    var requests: Double { requestsPerDay * days }

    /// The published form: a hit reads the whole prompt at the cached price, and each failed request is tried once more,
    /// at full price.
    package var published: Bill {
        let input = requests * promptTokens * ((1 - cacheHitRate) * inputPrice + cacheHitRate * cachedInputPrice) / 1e6
        let output = requests * outputTokens * outputPrice / 1e6
        let retried = requests * retryRate
        return Bill(
            baseInput: input, baseOutput: output,
            retries: retried * (promptTokens * inputPrice + outputTokens * outputPrice) / 1e6,
            validation: requests * validationTokens * inputPrice / 1e6, cascade: 0, batch: 0, calls: requests + retried)
    }

    /// The corrected form: overhead is part of the prompt; caching reads and writes the prefix only; a retry can fail
    /// as well; every call is validated.
    package var corrected: Bill {
        let prompt = promptTokens * (1 + overheadShare)
        let cached = cacheHitRate * cachedInputPrice + (1 - cacheHitRate) * cacheWritePrice
        let price = (1 - cacheableShare) * inputPrice + cacheableShare * (cacheHitRate > 0 ? cached : inputPrice)
        let input = requests * prompt * price / 1e6
        let output = requests * outputTokens * outputPrice / 1e6
        let calls = expectedCalls
        let validation =
            requests * calls * (validationTokens * inputPrice + validationOutputTokens * outputPrice) / 1e6
        let retries = (calls - 1) * (input + output)
        let answers = input + output + retries
        // The cheap model answers everything, and is retried and validated like the dear one, which is spared the rest.
        let cheap = cascade.map { cascade in
            requests * calls * (prompt * cascade.inputPrice + outputTokens * cascade.outputPrice) / 1e6
                + cascade.escalationRate * validation - (1 - cascade.escalationRate) * answers
        }
        let whole = answers + validation + (cheap ?? 0)
        return Bill(
            baseInput: input, baseOutput: output, retries: retries, validation: validation, cascade: cheap ?? 0,
            batch: -whole * batchShare * batchDiscount, calls: requests * calls * (1 + (cascade?.escalationRate ?? 0)))
    }

    /// Calls for one request: 1 / (1 − r), or (1 − r^(k+1)) / (1 − r) with at most k retries.
    var expectedCalls: Double {
        guard let retryLimit else { return 1 / (1 - retryRate) }
        return (1 - pow(retryRate, Double(retryLimit + 1))) / (1 - retryRate)
    }
}
