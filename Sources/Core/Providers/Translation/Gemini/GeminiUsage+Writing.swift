import Domain
import JSONScan

extension GeminiUsage {
    /// The `usageMetadata` of an answer; `nil` where the input is unknown.
    static func json(of usage: TokenUsage) -> JSONValue? {
        guard usage.uncachedInput.isKnown else { return nil }
        let thoughts = usage.reasoning.orZero
        return .members([
            "promptTokenCount": .integer(usage.totalInput),
            "cachedContentTokenCount": usage.cacheRead.orZero > 0 ? .integer(usage.cacheRead.orZero) : nil,
            "candidatesTokenCount": usage.output.known.map { .integer(max($0 - thoughts, 0)) },
            "thoughtsTokenCount": thoughts > 0 ? .integer(thoughts) : nil,
            "totalTokenCount": .integer(usage.total),
        ])
    }
}
