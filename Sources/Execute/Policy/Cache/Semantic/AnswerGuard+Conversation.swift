extension AnswerGuard {
    /// How alike earlier turns have to be, a cosine of the embedded encoder. In a long conversation one turn that differs
    /// hardly moves the whole, so each is compared by itself.
    static let leastTurnSimilarity = 0.9

    /// Compares a conversation with one that was answered before: turn by turn.
    ///
    /// - Returns: `nil` where nothing speaks against serving the answer.
    package static func refusal(of question: Conversation, answeredFor other: Conversation) -> Refusal? {
        guard question.turns.map(\.speaker) == other.turns.map(\.speaker) else { return .conversation }
        let pairs = Array(zip(question.turns, other.turns))
        if pairs.dropLast().contains(where: { !isAlike($0.text, $1.text) }) { return .conversation }
        // No rule has anything against what is the same; system prompts mostly are.
        for (turn, answered) in pairs where turn.text != answered.text {
            if let refusal = refusal(of: turn.text, answeredFor: answered.text) { return refusal }
        }
        return nil
    }

    private static func isAlike(_ text: String, _ other: String) -> Bool {
        if text == other { return true }
        let encoder = LexicalEncoder()
        guard let first = encoder.encode(text), let second = encoder.encode(other) else { return false }
        return Double(zip(first, second).reduce(0) { $0 + $1.0 * $1.1 }) >= leastTurnSimilarity
    }
}
