/// What a provider asks for its prompt cache, as factors on the price of an ordinary input token.
package struct PromptCacheTerms: Sendable, Hashable {
    /// A token written for 5 minutes.
    package var shortWrite = 1.25
    /// A token written for an hour.
    package var longWrite = 2.0
    /// A token read.
    package var read = 0.1
    /// Shorter prefixes are not cached.
    package var leastTokens: Int64

    /// Anthropic's terms for a model (its documentation of prompt caching). Where sources disagree about the least tokens
    /// the larger number counts, and for a model that is not known the largest: a mark on a prefix that is too short does
    /// nothing, so a number that is too large only forgoes some saving.
    package init(model: String) {
        leastTokens = Self.least.first { model.contains($0.part) }?.tokens ?? 4_096
    }

    private static let least: [(part: String, tokens: Int64)] = [
        ("opus-4-5", 4_096), ("opus-4-6", 4_096), ("opus-4-7", 4_096), ("haiku-4-5", 4_096), ("sonnet-4-6", 2_048),
        ("haiku", 2_048), ("opus-5", 512), ("fable-5", 512), ("mythos-5", 512), ("sonnet-5", 1_024),
        ("opus-4-8", 1_024), ("sonnet-4", 1_024), ("opus-4", 1_024), ("claude-3", 1_024),
    ]
}
