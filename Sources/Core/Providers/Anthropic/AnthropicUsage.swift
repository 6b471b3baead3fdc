package import Domain
package import JSONScan

/// The `usage` of Anthropic's messages API. `input_tokens` does not include the cache.
package enum AnthropicUsage {
    /// Keys that only this shape has.
    static let keys = ["cache_creation_input_tokens", "cache_read_input_tokens", "cache_creation"]

    /// Reads a whole usage, or the part that one event of a stream carries.
    package static func read(_ usage: JSONValue) throws(UsageProblem) -> TokenUsage {
        var result = TokenUsage(
            uncachedInput: try usage.tokens(["input_tokens"]),
            cacheRead: try usage.tokens(["cache_read_input_tokens"]),
            output: try usage.tokens(["output_tokens"]),
            reasoning: try (usage["output_tokens_details"] ?? .null).tokens(["thinking_tokens"]))
        let total = try usage.tokens(["cache_creation_input_tokens"])
        let writes = try cacheWrites(total: total, split: usage["cache_creation"] ?? .null)
        (result.cacheWrite5m, result.cacheWrite1h) = (writes.fiveMinutes, writes.oneHour)
        // A usage that counts the input counts the cache, and leaves out what is null. A `message_delta` may count
        // only the output.
        guard result.uncachedInput.isKnown else { return result }
        result.cacheRead = result.cacheRead.orNone()
        result.cacheWrite5m = result.cacheWrite5m.orNone()
        result.cacheWrite1h = result.cacheWrite1h.orNone()
        return result
    }

    /// Cache writes by time to live. With server tools the split covers the first iteration only, while the total
    /// covers all of them: the remainder has the default time to live.
    ///
    /// - Throws: ``UsageProblem`` where the split is more than the total.
    package static func cacheWrites(
        total: TokenCount, split: JSONValue
    ) throws(UsageProblem) -> (fiveMinutes: TokenCount, oneHour: TokenCount) {
        let short = try split.tokens(["ephemeral_5m_input_tokens"])
        let long = try split.tokens(["ephemeral_1h_input_tokens"])
        guard let total = total.known else { return (short, long) }
        guard short.isKnown || long.isKnown else { return (TokenCount(total), .zero) }
        let remainder = total - short.orZero - long.orZero
        guard remainder >= 0 else {
            throw UsageProblem(
                "cache_split_exceeds_total", "Cache writes by time to live are more than cache writes in total.")
        }
        return (TokenCount(short.orZero + remainder), TokenCount(long.orZero))
    }
}
