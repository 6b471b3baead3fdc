internal import Domain
internal import JSONScan

/// Puts the usage of a message together from its start and its cumulative deltas.
struct AnthropicStreamUsage {
    private(set) var usage = TokenUsage.unknown

    mutating func take(_ object: JSONValue, isStart: Bool) throws(UsageProblem) {
        let part = try AnthropicUsage.read(object)
        guard !isStart else {
            usage = part
            return
        }
        if part.uncachedInput.isKnown { usage.uncachedInput = part.uncachedInput }
        if object["cache_read_input_tokens"]?.integer != nil { usage.cacheRead = part.cacheRead }
        if part.output.isKnown { usage.output = part.output }
        if part.reasoning.isKnown { usage.reasoning = part.reasoning }
        try takeWrites(object)
    }

    /// A delta repeats the total of cache writes without the split that the start gave: what is more than the split
    /// has the default time to live.
    private mutating func takeWrites(_ object: JSONValue) throws(UsageProblem) {
        let total = try object.tokens(["cache_creation_input_tokens"])
        let split = object["cache_creation"] ?? .null
        if split != .null {
            let writes = try AnthropicUsage.cacheWrites(total: total, split: split)
            (usage.cacheWrite5m, usage.cacheWrite1h) = (writes.fiveMinutes, writes.oneHour)
        } else if let total = total.known {
            usage.cacheWrite5m = TokenCount(max(total - usage.cacheWrite1h.orZero, usage.cacheWrite5m.orZero))
        }
    }
}
