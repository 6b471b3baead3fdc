package import Domain

/// What a search among similar questions came to.
package struct SemanticFinding<Answer: Sendable>: Sendable {
    /// What may be served as far as similarity and guards go; whether it is served, the gate says.
    package let match: EmbeddingMatch<Answer>?
    /// Why alike questions were passed over, the most alike first.
    package let refusals: [AnswerGuard.Refusal]
}

/// Where, and how strictly, similar questions are looked for.
package struct SemanticSearch: Sendable, Hashable {
    /// The least cosine, −1 to 1; not a distance. A caller may raise it, never lower it.
    package let similarity: Double
    /// Longer conversations are not looked up: each turn is one more that can differ.
    package let mostTurns: Int

    /// Creates a search.
    package init(similarity: Double, mostTurns: Int = 8) { (self.similarity, self.mostTurns) = (similarity, mostTurns) }

    /// The threshold for a caller who asks for one.
    package func raised(to wanted: Double?) -> Double {
        guard let wanted, wanted.isFinite else { return similarity }
        return max(similarity, wanted)
    }

    /// Looks for the most alike question whose answer no guard refuses, and marks it as used.
    ///
    /// - Parameter vector: the conversation's, by the scope's encoder.
    package func find<Answer>(
        _ question: Conversation, vector: [Float], in store: inout EmbeddingStore<Answer>, scope: EmbeddingScope,
        raisedTo wanted: Double? = nil, at now: Timestamp
    ) -> SemanticFinding<Answer> {
        let none = SemanticFinding<Answer>(match: nil, refusals: [])
        guard question.turns.count <= mostTurns, !store.isDegenerate(scope) else { return none }
        var refusals: [AnswerGuard.Refusal] = []
        for match in store.nearest(to: vector, scope: scope, atLeast: raised(to: wanted), at: now) {
            if let refusal = AnswerGuard.refusal(of: question, answeredFor: match.question) {
                refusals.append(refusal)
            } else {
                store.used(match, scope: scope, at: now)
                return SemanticFinding(match: match, refusals: refusals)
            }
        }
        return SemanticFinding(match: nil, refusals: refusals)
    }
}
