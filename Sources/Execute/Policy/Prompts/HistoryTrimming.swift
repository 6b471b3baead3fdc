/// Which turns of a conversation are still sent.
package struct HistoryTrimming: Sendable, Hashable {
    /// The most tokens that the conversation may take.
    package var mostTokens: Int
    /// Turns at its end that always stay, the question included.
    package var lastTurns: Int

    /// Creates a rule.
    package init(mostTokens: Int, lastTurns: Int = 2) { (self.mostTokens, self.lastTurns) = (mostTokens, lastTurns) }

    /// A turn, as far as the rule looks at it.
    package struct Turn: Sendable, Hashable {
        /// Its tokens.
        package var tokens: Int
        /// Instructions stay whatever happens.
        package var isInstruction: Bool
        /// An answer to a tool call, which has no meaning without the call before it.
        package var belongsToPrevious: Bool

        /// Creates a turn.
        package init(tokens: Int, isInstruction: Bool = false, belongsToPrevious: Bool = false) {
            (self.tokens, self.isInstruction, self.belongsToPrevious) = (tokens, isInstruction, belongsToPrevious)
        }
    }

    /// What to send, and why.
    package struct Decision: Sendable, Hashable {
        /// Positions of the turns that stay, ascending.
        package let kept: [Int]
        /// Why, for a person.
        package let reason: String
    }

    /// Decides: the oldest turns go first, in whole exchanges; instructions and the last turns stay.
    ///
    /// Dropping a turn changes the prefix, so whoever relies on the provider's prompt cache drops many at once and
    /// seldom: the rule goes down to three quarters of the limit once it is passed.
    package func decide(_ turns: [Turn]) -> Decision {
        let total = turns.reduce(0) { $0 + $1.tokens }
        guard total > mostTokens else {
            return Decision(kept: Array(turns.indices), reason: "\(total) tokens are within \(mostTokens)")
        }
        var dropped: Set<Int> = []
        var left = total
        let goal = mostTokens * 3 / 4
        for position in turns.indices.dropLast(lastTurns) where left > goal || dropped.contains(position - 1) {
            let follows = turns[position].belongsToPrevious
            if turns[position].isInstruction || (left <= goal && !follows) { continue }
            dropped.insert(position)
            left -= turns[position].tokens
        }
        let kept = turns.indices.filter { !dropped.contains($0) }
        return Decision(
            kept: kept,
            reason: "\(total) tokens are above \(mostTokens): \(dropped.count) old turns dropped, \(left) left")
    }
}
