/// How the provider answers: what a request's `x-fake` header, or the end of its model's name, asks for.
package struct FakeBehaviour: Sendable, Hashable {
    /// How an answer tells what was used.
    package enum UsageShape: String, Sendable, CaseIterable {
        /// As the provider does.
        case genuine
        /// Not at all.
        case none
        /// In a last chunk that carries choices, as some servers that imitate OpenAI do.
        case withChoices = "with_choices"
    }

    /// Answers with this HTTP status and the provider's error body.
    package var status: Int?
    /// The `Retry-After` of an error, in seconds.
    package var retryAfter: Int?
    /// So many requests with the same ``failKey`` fail, with ``status`` or 500; the next ones succeed.
    package var failFirst = 0
    /// Which requests count together.
    package var failKey = ""
    /// The time before the head, in milliseconds.
    package var delay = 0
    /// The number of a stream's deltas.
    package var deltas = 3
    /// The time between two deltas, in milliseconds.
    package var pace = 0
    /// The length of the answer's text; absent for a short sentence.
    package var bytes: Int?
    /// All tokens of the prompt, those read from and written to a cache included.
    package var inputTokens = 57
    /// All tokens of the answer, reasoning included.
    package var outputTokens = 17
    /// Tokens of the prompt that came from a cache.
    package var cachedTokens = 0
    /// Tokens of the prompt that were written to a cache.
    package var cacheWriteTokens = 0
    /// Tokens of the answer that were reasoning.
    package var reasoningTokens = 0
    /// How the usage is told.
    package var usage = UsageShape.genuine
    /// The tier that is said to have served the request; absent for the provider's usual one.
    package var serviceTier: String?
    /// Closes the connection after so many deltas, or bytes of a body that is no stream.
    package var cutAfter: Int?
    /// Falls silent after so many deltas.
    package var stallAfter: Int?
    /// Sends the provider's error event after so many deltas, and ends.
    package var errorAfter: Int?
    /// Compresses the body, asked for or not.
    package var gzip = false

    /// Creates the behaviour of a healthy provider.
    package init() {}
}

/// A behaviour that cannot be understood.
struct BehaviourError: Error {
    /// What is wrong, and what would be right.
    let message: String
}
