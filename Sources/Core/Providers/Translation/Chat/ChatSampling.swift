/// How tokens are drawn, and how many.
package struct ChatSampling: Sendable, Hashable {
    /// 0 to 1 with Anthropic, 0 to 2 with the others.
    package var temperature: Stated<ChatNumber>?
    /// The probability mass that is drawn from, 0 to 1.
    package var topP: Stated<ChatNumber>?
    /// How many of the likeliest tokens are drawn from.
    package var topK: Stated<Int64>?
    /// The most output tokens, thoughts included.
    package var outputLimit: Stated<Int64>?
    /// Texts that end the answer.
    package var stops: Stated<[String]>?
    /// For answers that can be repeated.
    package var seed: Stated<Int64>?
    /// −2 to 2.
    package var frequencyPenalty: Stated<ChatNumber>?
    /// −2 to 2.
    package var presencePenalty: Stated<ChatNumber>?

    /// States nothing.
    package init() {}
}

/// How much a model may think before it answers.
package struct ChatReasoning: Sendable, Hashable {
    /// Steps of effort that providers name.
    package enum Effort: String, Sendable, Hashable, CaseIterable {
        case minimal
        case low
        case medium
        case high
        case xhigh
        case max
    }

    /// Whether and how much.
    package enum Amount: Sendable, Hashable {
        /// Not at all.
        case off
        /// As much as the model finds right.
        case adaptive
        /// At most so many tokens.
        case budget(Int64)
    }

    /// Whether and how much; `nil` where the model's own default is good.
    package var amount: Stated<Amount>?
    /// The effort; `nil` where the model's own default is good.
    package var effort: Stated<Effort>?
    /// Whether the answer shows the thoughts; `nil` where the model's own default is good.
    package var isShown: Stated<Bool>?

    /// States nothing.
    package init() {}
}
