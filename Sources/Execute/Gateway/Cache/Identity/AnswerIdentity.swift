package import Domain

/// What identifies the answer to a request: everything in its body that changes it, hashed; no text is kept.
///
/// The tenant, the namespace and the model that a path names are not in it: they are the ``AnswerKey``'s.
package struct AnswerIdentity: Sendable, Hashable {
    /// Equal for requests that ask for the same byte for byte, but for white space outside of strings, the order of the
    /// outermost members, and members that change no answer.
    package let exact: PromptHash
    /// The same after folding case and white space in what is said in messages; tools, sampling, formats, roles and the
    /// model count byte for byte as before.
    ///
    /// Equal to ``exact`` where nothing is said in messages (embeddings, plain completions), and for texts too long to
    /// be worth folding.
    package let normalised: PromptHash
    /// Of everything that changes the answer but what is said in messages: two questions that mean the same may share an
    /// answer only where it is equal.
    package let surroundings: PromptHash
    /// Whether chance has a part in the answer: the temperature is not 0.
    package let isSampled: Bool
    /// Whether the request offers tools.
    package let hasTools: Bool
    /// Whether the provider may call tools of its own, whose results change with the world: searches, code.
    package let hasServerTools: Bool
    /// Whether the body asks for a stream; Gemini's path says that instead. Streams and documents have one identity.
    package let streams: Bool
}
