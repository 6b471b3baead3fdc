package import Domain
package import JSONScan

/// Counts of tokens as Bedrock writes them. Input does not include what is read from or written to the cache; models
/// without a cache leave those out.
package enum BedrockUsage {
    /// Keys that only this shape has.
    static let keys = ["inputTokens", "outputTokens"]

    /// The `usage` of Converse, and of Nova's own answers.
    package static func read(_ usage: JSONValue) throws(UsageProblem) -> TokenUsage {
        let written = try usage.tokens(["cacheWriteInputTokens", "cacheWriteInputTokenCount"])
        let writes = try AnthropicUsage.cacheWrites(total: written, split: cacheSplit(usage["cacheDetails"] ?? .null))
        return TokenUsage(
            uncachedInput: try usage.tokens(["inputTokens"]),
            cacheRead: try usage.tokens(["cacheReadInputTokens", "cacheReadInputTokenCount"]).orNone(),
            cacheWrite5m: writes.fiveMinutes.orNone(), cacheWrite1h: writes.oneHour.orNone(),
            output: try usage.tokens(["outputTokens"]))
    }

    /// `amazon-bedrock-invocationMetrics`, at the end of every stream of InvokeModel.
    package static func invocationMetrics(_ metrics: JSONValue) throws(UsageProblem) -> TokenUsage {
        TokenUsage(
            uncachedInput: try metrics.tokens(["inputTokenCount"]),
            cacheRead: try metrics.tokens(["cacheReadInputTokenCount"]).orNone(),
            cacheWrite5m: try metrics.tokens(["cacheWriteInputTokenCount"]).orNone(), cacheWrite1h: .zero,
            output: try metrics.tokens(["outputTokenCount"]))
    }

    /// What Meta's models tell beside their text.
    static func meta(_ answer: JSONValue) throws(UsageProblem) -> TokenUsage {
        TokenUsage(
            uncachedInput: try answer.tokens(["prompt_token_count"]), cacheRead: .zero, cacheWrite5m: .zero,
            cacheWrite1h: .zero, output: try answer.tokens(["generation_token_count"]))
    }

    /// A usage in the words of whoever made the model.
    static func ofMaker(_ usage: JSONValue) throws(UsageProblem) -> TokenUsage? {
        try usage.hasAny(keys) ? read(usage) : ProviderUsage.read(usage)
    }

    /// `cacheDetails`, the tokens written to the cache by their time to live, under Anthropic's keys; `null` where
    /// there are none.
    package static func cacheSplit(_ details: JSONValue) -> JSONValue {
        let members = details.elements.compactMap { detail in
            detail["ttl"]?.text.map { time in
                JSONValue.Member(key: "ephemeral_\(time)_input_tokens", value: detail["inputTokens"] ?? .null)
            }
        }
        return members.isEmpty ? .null : .object(members)
    }
}

/// How a call asked to be served, or was, where that has a price of its own.
package enum BedrockTier {
    /// The tier by the service tier and the latency that are named; absent where neither says anything.
    ///
    /// - Parameter latency: `optimized` costs more than any tier.
    package static func name(serviceTier: String?, latency: String?) -> String? {
        latency == "optimized" ? "latency_optimised" : serviceTier
    }
}
