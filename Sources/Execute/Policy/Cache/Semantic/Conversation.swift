/// What was said before an answer: all of it, since "how old is he" means nothing by itself.
package struct Conversation: Sendable, Hashable {
    /// One message.
    package struct Turn: Sendable, Hashable {
        /// Who speaks: `system`, `user`, `assistant`, `tool`.
        package let speaker: String
        /// What is said.
        package let text: String

        /// Creates a message.
        package init(speaker: String, text: String) { (self.speaker, self.text) = (speaker, text) }
    }

    /// The messages, the oldest first.
    package let turns: [Turn]

    /// Creates a conversation.
    package init(_ turns: [Turn]) { self.turns = turns }

    /// A single question.
    package init(question: String) { turns = [Turn(speaker: "user", text: question)] }
}
