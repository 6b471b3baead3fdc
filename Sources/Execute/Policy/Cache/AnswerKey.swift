package import Domain

/// Who shares an answer, and to what: the scope is compared exactly, never folded into the prompt.
package struct AnswerKey: Sendable, Hashable {
    /// The customer or credential; equal for all where everybody shares.
    package var scope: UInt64
    /// The model asked for: another model gives another answer.
    package var model: UInt64
    /// The prompt.
    package var prompt: PromptHash

    /// Creates a key.
    package init(scope: UInt64, model: UInt64, prompt: PromptHash) {
        (self.scope, self.model, self.prompt) = (scope, model, prompt)
    }

    /// Prompts are keyed hashes already, so a few of their bits part keys well; equality compares all.
    package func hash(into hasher: inout Hasher) { hasher.combine(prompt.high ^ scope ^ model) }
}

/// What a look-up found.
package enum CacheOutcome: Sendable, Hashable {
    /// The answer is there.
    case hit
    /// It never was, or was evicted.
    case miss
    /// It was there, and is too old.
    case expired
    /// The request has no prompt identity to look up.
    case unidentified
    /// The request does not say whose it is, so nobody may share its answer.
    case unscoped
    /// What means the same cannot be told without embeddings.
    case needsEmbedding
}
