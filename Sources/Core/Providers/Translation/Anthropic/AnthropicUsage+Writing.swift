import Domain
import JSONScan

extension AnthropicUsage {
    /// The `usage` of a message. Clients need the two counts: what is not known yet, or never, is 0 in them.
    static func json(of usage: TokenUsage, tier: ChatTier? = nil) -> JSONValue {
        let writes = usage.cacheWrite5m.orZero &+ usage.cacheWrite1h.orZero
        let split = JSONValue.members([
            "ephemeral_5m_input_tokens": .integer(usage.cacheWrite5m.orZero),
            "ephemeral_1h_input_tokens": .integer(usage.cacheWrite1h.orZero),
        ])
        return .members([
            "input_tokens": .integer(usage.uncachedInput.orZero),
            "cache_creation_input_tokens": .integer(writes),
            "cache_read_input_tokens": .integer(usage.cacheRead.orZero),
            "cache_creation": writes > 0 ? split : nil,
            "output_tokens": .integer(usage.output.orZero),
            "output_tokens_details": usage.reasoning.known.map { .members(["thinking_tokens": .integer($0)]) },
            "service_tier": tier == .standard ? "standard" : tier == .priority ? "priority" : nil,
        ])
    }
}
