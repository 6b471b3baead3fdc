package import Domain
package import JSONScan

/// The `usageMetadata` of Gemini, as REST spells it or as Google's Python library dumps it.
///
/// The prompt includes the cached content; thoughts stand beside the candidates, not in them. Counts that are zero are
/// left out.
package enum GeminiUsage {
    /// Keys that only this shape has.
    static let keys = [
        "promptTokenCount", "candidatesTokenCount", "totalTokenCount", "thoughtsTokenCount", "cachedContentTokenCount",
        "prompt_token_count", "candidates_token_count", "total_token_count",
    ]

    /// Reads a whole usage.
    package static func read(_ usage: JSONValue) throws(UsageProblem) -> TokenUsage {
        let prompt = try usage.tokens(["promptTokenCount", "prompt_token_count"]).orNone()
        let cached = try usage.tokens(["cachedContentTokenCount", "cached_content_token_count"]).orNone()
        let toolUse = try usage.tokens(["toolUsePromptTokenCount", "tool_use_prompt_token_count"])
        let candidates = try usage.tokens(["candidatesTokenCount", "candidates_token_count"]).orNone()
        let thoughts = try usage.tokens(["thoughtsTokenCount", "thoughts_token_count"]).orNone()
        var result = TokenUsage(
            uncachedInput: try prompt.less([cached]).plus(toolUse), cacheRead: cached, cacheWrite5m: .zero,
            cacheWrite1h: .zero, output: candidates.plus(thoughts), reasoning: thoughts)
        let input = usage["promptTokensDetails"] ?? usage["prompt_tokens_details"] ?? .null
        let output = usage["candidatesTokensDetails"] ?? usage["candidates_tokens_details"] ?? .null
        result.audioInput = try modality("AUDIO", of: input)
        result.imageInput = try modality("IMAGE", of: input)
        result.audioOutput = try modality("AUDIO", of: output)
        result.imageOutput = try modality("IMAGE", of: output)
        return result
    }

    /// The count of a modality in `[{modality, tokenCount}]`.
    private static func modality(_ name: String, of details: JSONValue) throws(UsageProblem) -> TokenCount {
        for detail in details.elements where detail["modality"]?.text == name {
            return try detail.tokens(["tokenCount", "token_count"]).orNone()
        }
        return .unknown
    }
}
