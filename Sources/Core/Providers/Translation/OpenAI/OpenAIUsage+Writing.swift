import Domain
import JSONScan

extension OpenAIUsage {
    /// The `usage` of a chat completion; `nil` where input or output is unknown.
    static func json(of usage: TokenUsage) -> JSONValue? {
        guard usage.uncachedInput.isKnown, let output = usage.output.known else { return nil }
        let input = JSONValue.members([
            "cached_tokens": usage.cacheRead.known.map { .integer($0) },
            "cache_write_tokens": writes(of: usage).map { .integer($0) },
        ])
        let details = usage.reasoning.known.map { JSONValue.members(["reasoning_tokens": .integer($0)]) }
        return .members([
            "prompt_tokens": .integer(usage.totalInput), "completion_tokens": .integer(output),
            "total_tokens": .integer(usage.total), "prompt_tokens_details": input.members.isEmpty ? nil : input,
            "completion_tokens_details": details,
        ])
    }

    /// Tokens written to a cache, whatever their time to live; `nil` where there are none.
    private static func writes(of usage: TokenUsage) -> Int64? {
        let writes = usage.cacheWrite5m.orZero &+ usage.cacheWrite1h.orZero
        return writes > 0 ? writes : nil
    }
}
