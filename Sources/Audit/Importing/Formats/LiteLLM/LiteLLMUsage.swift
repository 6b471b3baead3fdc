internal import Domain
internal import JSONScan

/// The tokens of a spend log. `prompt_tokens` includes the cache, whoever the provider is; the cache's share stands in
/// the raw usage that the metadata keeps.
struct LiteLLMUsage {
    private let row: FieldRow
    private let raw: JSONValue

    init(_ row: FieldRow, _ metadata: JSONValue) {
        self.row = row
        let objects = [metadata["usage_object"], metadata["additional_usage_values"]]
        raw = objects.compactMap(\.self).first { !$0.members.isEmpty } ?? .null
    }

    func read(_ builder: inout RecordBuilder) throws(RowProblem) -> TokenUsage {
        var usage = TokenUsage(output: try row.tokens(LiteLLMFormat.Field.completionTokens.slot, "completion_tokens"))
        if !usage.output.isKnown { usage.output = try raw.count(["completion_tokens", "output_tokens"]) }
        try readCache(&usage)
        try readDetails(&usage)
        var input = try row.tokens(LiteLLMFormat.Field.promptTokens.slot, "prompt_tokens")
        if !input.isKnown { input = try raw.count(["prompt_tokens"]) }
        let cached = usage.cacheRead.orZero + usage.cacheWrite5m.orZero + usage.cacheWrite1h.orZero
        guard let total = input.known, total < cached else {
            usage.uncachedInput = try input.minusCached(usage)
            return usage
        }
        // Less than its own part: this version has not counted the cache in.
        builder.note(
            "prompt_excludes_cache", "prompt_tokens is less than the cached tokens; it was read as not including them.")
        usage.uncachedInput = input
        return usage
    }

    private func readCache(_ usage: inout TokenUsage) throws(RowProblem) {
        if raw == .null { return }
        let details = raw["prompt_tokens_details"] ?? .null
        usage.cacheRead = try details.count(["cached_tokens"])
        if !usage.cacheRead.isKnown { usage.cacheRead = try raw.count(["cache_read_input_tokens"]) }
        var written = try raw.count(["cache_creation_input_tokens"])
        if !written.isKnown { written = try details.count(["cache_creation_tokens", "cache_write_tokens"]) }
        let splits = [raw["cache_creation"], details["cache_creation_token_details"]]
        let split = splits.compactMap(\.self).first { !$0.members.isEmpty } ?? .null
        let writes = try split.cacheWrites(total: written)
        // A provider whose usage names no writes does not charge for them.
        usage.cacheWrite5m = writes.fiveMinutes.isKnown ? writes.fiveMinutes : .zero
        usage.cacheWrite1h = writes.oneHour.isKnown ? writes.oneHour : .zero
    }

    private func readDetails(_ usage: inout TokenUsage) throws(RowProblem) {
        let input = raw["prompt_tokens_details"] ?? .null
        let output = raw["completion_tokens_details"] ?? .null
        usage.reasoning = try output.count(["reasoning_tokens"])
        usage.audioInput = try input.count(["audio_tokens"])
        usage.imageInput = try input.count(["image_tokens"])
        usage.audioOutput = try output.count(["audio_tokens"])
        usage.imageOutput = try output.count(["image_tokens"])
    }
}
