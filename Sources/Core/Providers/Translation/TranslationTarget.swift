/// What a request is translated for.
package struct TranslationTarget: Sendable, Hashable {
    /// Whose API it is.
    package var family: ProviderFamily
    /// The model as that provider calls it.
    package var model: String
    /// The output limit that is asked for where the caller states none, in tokens; Anthropic's API needs one.
    package var outputLimit: Int64?
    /// Whether the model takes `temperature`, `top_p` and `top_k`. Anthropic's newer models refuse them.
    package var acceptsSampling = true
    /// Whether the model takes system messages within a conversation; all of OpenAI's do.
    package var acceptsSystemTurns = false
    /// Whether the model refuses calls in the conversation that its thoughts have not signed, as Gemini's do from 3 on.
    package var needsSignedCalls: Bool
    /// Whether the output limit is called `max_tokens`, as most servers do that are compatible with OpenAI's.
    package var usesOldOutputLimit = false

    /// Whether it is Azure OpenAI, whose paths differ; the model is the deployment's name.
    package var isAzure = false

    /// Creates a target.
    package init(family: ProviderFamily, model: String, outputLimit: Int64? = nil) {
        (self.family, self.model, self.outputLimit) = (family, model, outputLimit)
        let unsigned = ["gemini-1", "gemini-2"].contains { model.hasPrefix($0) }
        needsSignedCalls = family == .gemini && !unsigned
    }
}

/// What an answer is translated with: what the provider may leave out and the caller's API has to have.
package struct ReplyContext: Sendable, Hashable {
    /// How a stream of Gemini's answers is framed.
    package enum GeminiFraming: Sendable, Hashable {
        /// Server-sent events, `alt=sse`.
        case events
        /// One JSON array.
        case array
    }

    /// The model's name where the provider gives none.
    package var model: String
    /// The time, in seconds since 1970.
    package var created: Int64
    /// What ids are made of where the provider gives none; letters and digits.
    package var fallbackID: String
    /// Whether a caller of chat completions asked for the usage of its stream.
    package var includesUsage: Bool
    /// How a caller of Gemini's API wants its stream.
    package var framing: GeminiFraming

    /// Creates a context.
    package init(
        model: String, created: Int64, fallbackID: String, includesUsage: Bool = false,
        framing: GeminiFraming = .events
    ) {
        (self.model, self.created, self.fallbackID) = (model, created, fallbackID)
        (self.includesUsage, self.framing) = (includesUsage, framing)
    }
}
