internal import Domain
internal import JSONScan

/// The tokens of a span under their current and their old names. Input includes the cache.
struct GenAIUsage {
    private let object: JSONValue

    init(_ attributes: SpanAttributes) { object = attributes.under("gen_ai.usage.") }

    func read() throws(RowProblem) -> TokenUsage {
        var usage = TokenUsage(
            cacheRead: try object.count([
                "cache_read.input_tokens", "cache_read_input_tokens", "prompt_tokens_details.cached_tokens",
                "input_tokens.cached",
            ]),
            cacheWrite5m: try object.count([
                "cache_creation.input_tokens", "cache_creation_input_tokens",
                "prompt_tokens_details.cache_creation_tokens",
            ]),
            output: try object.count(["output_tokens", "completion_tokens"]),
            reasoning: try object.count([
                "reasoning.output_tokens", "reasoning_tokens", "output_tokens.reasoning",
                "completion_tokens_details.reasoning_tokens",
            ]))
        let input = try object.count(["input_tokens", "prompt_tokens"])
        // The conventions have one count of writes; they say nothing of how long they live.
        if usage.cacheWrite5m.isKnown { usage.cacheWrite1h = .zero }
        usage.uncachedInput = try input.minusCached(usage)
        usage.audioInput = try object.count(["audio.input_tokens"])
        usage.imageInput = try object.count(["image.input_tokens"])
        return usage
    }
}
