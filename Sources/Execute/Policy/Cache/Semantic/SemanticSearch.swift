package import Domain

/// What a search among similar questions came to.
package struct SemanticFinding<Answer: Sendable>: Sendable {
    /// What may be served as far as similarity and guards go; whether it is served, the gate says.
    package let match: EmbeddingMatch<Answer>?
    /// Why alike questions were passed over, the most alike first.
    package let refusals: [AnswerGuard.Refusal]
    /// Why nothing was looked for; absent where it was.
    package let obstacle: SemanticObstacle?

    init(match: EmbeddingMatch<Answer>?, refusals: [AnswerGuard.Refusal] = [], obstacle: SemanticObstacle? = nil) {
        (self.match, self.refusals, self.obstacle) = (match, refusals, obstacle)
    }

    /// What came of it, for a person.
    package var reason: String {
        if let obstacle { return obstacle.reason }
        if match != nil { return "alike enough, and nothing speaks against it" }
        guard let refusal = refusals.first else { return "nothing is alike enough" }
        return "refused by the guard for \(refusal.rawValue.replacing("_", with: " "))"
    }
}

/// Why similar questions are not looked for.
package enum SemanticObstacle: Sendable, Hashable {
    /// The vectors are of another encoder than the threshold: thresholds do not carry over.
    case otherEncoder(String)
    /// The conversation has more turns than are compared.
    case tooManyTurns
    /// The encoder gives one vector to different questions.
    case degenerateEncoder

    /// Why, for a person.
    package var reason: String {
        switch self {
        case .otherEncoder(let name): "the similarity is of the encoder \(name), not of the rule's"
        case .tooManyTurns: "the conversation has more turns than are compared"
        case .degenerateEncoder: "the encoder gives one vector to different questions"
        }
    }
}

/// Where, and how strictly, similar questions are looked for.
package struct SemanticSearch: Sendable, Hashable {
    /// The least cosine, −1 to 1; not a distance. A caller may raise it, never lower it.
    package let similarity: Double
    /// Longer conversations are not looked up: each turn is one more that can differ.
    package let mostTurns: Int
    /// The encoder that the threshold is of.
    package let encoder: String

    /// Creates a search.
    package init(similarity: Double, encoder: String = LexicalEncoder.tag, mostTurns: Int = 8) {
        (self.similarity, self.encoder, self.mostTurns) = (similarity, encoder, mostTurns)
    }

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
        if let obstacle = obstacle(to: question, in: store, scope) {
            return SemanticFinding(match: nil, obstacle: obstacle)
        }
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

    private func obstacle<Answer>(
        to question: Conversation, in store: EmbeddingStore<Answer>, _ scope: EmbeddingScope
    ) -> SemanticObstacle? {
        if scope.encoder != encoder { return .otherEncoder(scope.encoder) }
        if question.turns.count > mostTurns { return .tooManyTurns }
        return store.isDegenerate(scope) ? .degenerateEncoder : nil
    }
}
