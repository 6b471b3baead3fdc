package import Domain
package import JSONScan

/// Reads a provider's usage object without being told which provider it is.
package enum ProviderUsage {
    /// The usage of an object whose shape is recognised by its keys; `nil` where it is none that is known.
    ///
    /// - Throws: ``UsageProblem`` where the counts contradict each other or are no counts.
    package static func read(_ usage: JSONValue) throws(UsageProblem) -> TokenUsage? {
        if usage.hasAny(GeminiUsage.keys) { return try GeminiUsage.read(usage) }
        if usage.hasAny(OllamaUsage.keys) { return try OllamaUsage.read(usage) }
        // Chat shapes first: gateways add Anthropic's cache fields to them, in which input still includes the cache.
        if usage.hasAny(["prompt_tokens"]) { return try OpenAIUsage.chat(usage) }
        if usage.hasAny(AnthropicUsage.keys) { return try AnthropicUsage.read(usage) }
        guard usage.hasAny(["input_tokens", "output_tokens"]) else { return nil }
        // Responses always come with a total; messages never do.
        let isResponses = usage.hasAny(["input_tokens_details", "total_tokens"])
        return try isResponses ? OpenAIUsage.responses(usage) : AnthropicUsage.read(usage)
    }
}
