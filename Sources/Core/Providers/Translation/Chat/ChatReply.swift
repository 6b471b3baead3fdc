package import Domain

/// A whole answer, in no provider's words.
package struct ChatReply: Sendable, Hashable {
    /// The provider's id of it.
    package var id: String?
    /// The model that answered.
    package var model: String?
    /// When, in seconds since 1970, where the provider says so.
    package var created: Int64?
    /// What it says: texts, thoughts, refusals and calls.
    package var parts: [ChatPart] = []
    /// Why it ended.
    package var stop = ChatStop.endTurn
    /// What it used; unknown where the provider does not say.
    package var usage = TokenUsage.unknown
    /// The service tier that was served.
    package var tier: ChatTier?

    /// Creates an empty answer.
    package init() {}
}

/// Why an answer ended.
package enum ChatStop: Sendable, Hashable {
    /// It is complete.
    case endTurn
    /// It reached the limit of its output or the end of the model's context.
    case outputLimit
    /// It reached one of the texts that end it; which one, where the provider says so.
    case stopText(String?)
    /// It waits for the results of calls.
    case toolUse
    /// The model or the provider refuses to go on.
    case refusal
}

/// A step of a streamed answer.
package enum ChatEvent: Sendable, Hashable {
    /// The answer begins; members that are not known yet may come with a later one.
    case start(id: String?, model: String?, created: Int64?, tier: ChatTier?)
    /// More text.
    case text(String)
    /// More of a refusal.
    case refusal(String)
    /// More of a thought.
    case thought(String)
    /// The signature that ends a thought.
    case signature(String, ProviderFamily)
    /// A thought in the provider's encryption.
    case redacted(String, ProviderFamily)
    /// A call begins; `index` counts the calls of the answer.
    case callStart(index: Int, id: String, name: String, signature: String?)
    /// More of the JSON text of a call's arguments.
    case callArguments(index: Int, String)
    /// A call's arguments are whole.
    case callEnd(index: Int)
    /// What has been used so far; later counts replace earlier ones.
    case usage(TokenUsage)
    /// The answer has ended, and why; its usage may still come.
    case stop(ChatStop)
    /// The stream has come to its proper end.
    case end
    /// The provider fails; nothing comes behind it.
    case failure(CallerError)
}
