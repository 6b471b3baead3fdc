internal import Domain
internal import JSONScan
internal import Providers

/// The logged body of an answer: one object, or the events of a stream. InvokeModel keeps each maker's own shape,
/// Converse has one for all.
struct BedrockBody {
    private let parts: [JSONValue]

    init(_ body: JSONValue) {
        if case .array(let events) = body { parts = events } else { parts = [body] }
    }

    /// The tokens that were written to the cache, by their time to live, under Anthropic's keys.
    var writesByTime: JSONValue {
        for usage in usages {
            if let split = usage["cache_creation"] { return split }
            let split = BedrockUsage.cacheSplit(usage["cacheDetails"] ?? .null)
            if split != .null { return split }
        }
        return .null
    }

    /// Of the output, what was spent on reasoning.
    var reasoning: TokenCount {
        get throws(RowProblem) {
            for usage in usages.reversed() {
                let count = try (usage["output_tokens_details"] ?? .null).count(["thinking_tokens"])
                if count.isKnown { return count }
            }
            return .unknown
        }
    }

    /// The tier that served the call.
    var serviceTier: String? {
        let stated = parts.lazy.compactMap { $0["serviceTier"]?["type"]?.text ?? $0["serviceTier"]?.text }.first
        return stated ?? usages.lazy.compactMap { $0["service_tier"]?.text }.first
    }

    /// Whether the answer is an embedding, which has no output to count.
    var isEmbedding: Bool {
        parts.contains { $0["embedding"] != nil || $0["embeddings"] != nil || $0["embeddingsByType"] != nil }
    }

    /// The model that the answer names.
    var model: String? { parts.lazy.compactMap { $0["model"]?.text ?? $0["message"]?["model"]?.text }.first }

    /// Latency and time to the first token in microseconds, -1 where the body has none.
    var times: (latency: Int64, firstToken: Int64) {
        let metrics = parts.lazy.compactMap { $0["amazon-bedrock-invocationMetrics"] }.first
        let whole = metrics?["invocationLatency"] ?? parts.lazy.compactMap { $0.metrics?["latencyMs"] }.first
        return (Self.microseconds(whole), Self.microseconds(metrics?["firstByteLatency"]))
    }

    private var usages: [JSONValue] {
        parts.flatMap { part in
            [part["usage"], part["message"]?["usage"], part["metadata"]?["usage"]].compactMap { $0 }
        }
    }

    private static func microseconds(_ milliseconds: JSONValue?) -> Int64 {
        guard let count = milliseconds?.integer, count >= 0, count < 1_000_000_000_000 else { return -1 }
        return count * 1000
    }
}

extension JSONValue {
    /// Converse's metrics, which stand in the answer or in a stream's last event.
    fileprivate var metrics: JSONValue? { self["metrics"] ?? self["metadata"]?["metrics"] }
}
