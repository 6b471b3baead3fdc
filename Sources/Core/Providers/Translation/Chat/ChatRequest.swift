package import JSONScan

/// What a request for an answer asks, in no provider's words.
package struct ChatRequest: Sendable, Hashable {
    /// The model, by the name that the caller or the target uses.
    package var model: String
    /// The texts of the system prompt, in order.
    package var system: [String] = []
    /// The conversation.
    package var messages: [ChatMessage] = []
    /// The functions that the model may call.
    package var tools: [ChatTool] = []
    /// Which of them it has to call; `nil` where the request leaves that to the provider.
    package var toolChoice: Stated<ChatToolChoice>?
    /// Whether several calls may stand in one answer.
    package var parallelToolCalls: Stated<Bool>?
    /// How tokens are drawn, and how many.
    package var sampling = ChatSampling()
    /// What the answer has to be.
    package var format = Stated(ChatFormat.text)
    /// How much the model may think before it answers.
    package var reasoning = ChatReasoning()
    /// The service tier that is asked for.
    package var tier: Stated<ChatTier>?
    /// The end user, for the provider's abuse detection.
    package var user: Stated<String>?
    /// Labels of the caller's own, with no influence on the answer.
    package var labels: [JSONValue.Member] = []
    /// Whether the answer is to be streamed.
    package var streams = false
    /// Whether a stream of chat completions is to end with its usage.
    package var includesUsage = false

    /// Creates a request without messages.
    package init(model: String) { self.model = model }
}

/// The service tiers that more than one provider knows.
package enum ChatTier: Sendable, Hashable, CaseIterable {
    /// What the provider's account is set to.
    case auto
    /// The ordinary one.
    case standard
    /// Cheaper and slower.
    case flex
    /// Dearer and faster.
    case priority
}
