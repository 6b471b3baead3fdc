internal import Domain
internal import JSONScan

/// A logged answer of Vertex AI: one body, or the chunks or events of a stream.
struct VertexAnswer {
    let parts: [JSONValue]

    /// What the answer used. Of Gemini's chunks the last count is the whole one; of Claude's events the input stands in
    /// the first and the output in the last.
    func usage() throws(RowProblem) -> TokenUsage {
        let metadata = parts.compactMap { $0["usageMetadata"] ?? $0["usage_metadata"] }
        if let last = metadata.last, let usage = try last.providerUsage() { return usage }
        let started = parts.lazy.compactMap { $0["message"]?["usage"] }.first
        let counted = parts.compactMap { $0["usage"] }.last
        guard let started else { return try counted?.providerUsage() ?? .unknown }
        var usage = try started.providerUsage() ?? .unknown
        // The count in the last event includes that of the first.
        let output = try (counted ?? .null).count(["output_tokens"])
        if output.isKnown { usage.output = output }
        return usage
    }

    /// The tier that served the call, by the kind of traffic.
    var serviceTier: String? {
        switch parts.compactMap({ $0["usageMetadata"]?["trafficType"]?.text }).last {
        case "ON_DEMAND_PRIORITY": "priority"
        case "ON_DEMAND_FLEX": "flex"
        case "PROVISIONED_THROUGHPUT": "provisioned"
        default: parts.lazy.compactMap { ($0["usage"] ?? $0["message"]?["usage"])?["service_tier"]?.text }.first
        }
    }

    var responseID: String? {
        parts.lazy.compactMap { $0.firstText(["responseId", "id"]) ?? $0["message"]?["id"]?.text }.first
    }

    var model: String? {
        parts.lazy.compactMap { $0.firstText(["modelVersion", "model"]) ?? $0["message"]?["model"]?.text }.first
    }
}
