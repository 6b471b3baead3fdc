package import Domain
package import JSONScan

/// The `usage` of OpenAI's APIs. Azure OpenAI, vLLM and most compatible servers send the same.
///
/// Input includes what was read from and written to the cache. Without details the cached share is unknown: OpenAI
/// sends them always, others only when they are told to.
package enum OpenAIUsage {
    /// The usage of a chat completion or an embedding.
    package static func chat(_ usage: JSONValue) throws(UsageProblem) -> TokenUsage {
        try read(usage, input: "prompt", output: "completion")
    }

    /// The usage of a response of the responses API.
    package static func responses(_ usage: JSONValue) throws(UsageProblem) -> TokenUsage {
        try read(usage, input: "input", output: "output")
    }

    private static func read(_ usage: JSONValue, input: String, output: String) throws(UsageProblem) -> TokenUsage {
        let inputDetails = usage["\(input)_tokens_details"] ?? .null
        let outputDetails = usage["\(output)_tokens_details"] ?? .null
        var result = TokenUsage(
            cacheRead: try inputDetails.tokens(["cached_tokens"]),
            // No server that leaves this out charges for writing.
            cacheWrite5m: try inputDetails.tokens(["cache_write_tokens"]).orNone(),
            cacheWrite1h: .zero,
            output: try usage.tokens(["\(output)_tokens"]),
            reasoning: try outputDetails.tokens(["reasoning_tokens"]))
        let total = try usage.tokens(["\(input)_tokens"])
        result.uncachedInput = try total.less([result.cacheRead, result.cacheWrite5m])
        if !result.output.isKnown, total.isKnown, isEmbedding(usage) { result.output = .zero }
        result.audioInput = try inputDetails.tokens(["audio_tokens"])
        result.imageInput = try inputDetails.tokens(["image_tokens"])
        result.audioOutput = try outputDetails.tokens(["audio_tokens"])
        result.imageOutput = try outputDetails.tokens(["image_tokens"])
        return result
    }

    /// An embedding's usage has a prompt and a total that equals it, and no completion.
    private static func isEmbedding(_ usage: JSONValue) -> Bool {
        guard let total = usage["total_tokens"]?.integer else { return false }
        return total == usage["prompt_tokens"]?.integer
    }
}
