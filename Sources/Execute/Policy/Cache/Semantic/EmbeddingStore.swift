package import Domain

/// Whose vectors are compared: compared exactly, never folded into the text, for near is near whoever asks.
package struct EmbeddingScope: Sendable, Hashable {
    /// The customer or credential; equal for all where everybody shares.
    package var tenant: UInt64
    /// All else that changes the answer: model, tools, response format, sampling, namespace.
    package var terms: UInt64
    /// The encoder's tag.
    package var encoder: String

    /// Creates a scope.
    package init(tenant: UInt64, terms: UInt64, encoder: String = LexicalEncoder.tag) {
        (self.tenant, self.terms, self.encoder) = (tenant, terms, encoder)
    }
}

/// Answers by what their questions mean, shelf by shelf: each scope has its own, so that none is served, or crowded out, by
/// another's.
package struct EmbeddingStore<Answer: Sendable>: Sendable {
    private var shelves: [EmbeddingScope: EmbeddingShelf<Answer>] = [:]
    /// How many answers a shelf keeps.
    package let capacity: Int
    /// How many shelves there are; the one that was used least recently goes first.
    package let mostScopes: Int
    /// How long an answer is served, in microseconds.
    package let timeToLive: Int64

    /// Creates an empty store. A full shelf of 10,000 answers and 384 dimensions takes 15 MB beside the answers.
    package init(capacity: Int = 10_000, mostScopes: Int = 64, timeToLive: Int64) {
        (self.capacity, self.mostScopes, self.timeToLive) = (max(capacity, 1), max(mostScopes, 1), timeToLive)
    }

    /// How many answers there are, those included that are too old.
    package var count: Int { shelves.values.reduce(0) { $0 + $1.count } }

    /// Keeps an answer.
    ///
    /// A vector that is not finite, is zero, or has another length than the shelf's is refused.
    ///
    /// - Returns: whether it was kept.
    @discardableResult
    package mutating func store(
        _ answer: Answer, for question: Conversation, vector: [Float], scope: EmbeddingScope, tags: Set<String> = [],
        at moment: Timestamp
    ) -> Bool {
        guard let vector = LexicalEncoder.normalised(vector) else { return false }
        if shelves[scope] == nil {
            makeRoom()
            shelves[scope] = EmbeddingShelf(dimensions: vector.count, capacity: capacity, timeToLive: timeToLive)
        }
        return shelves[scope]?.store(answer, for: question, vector: vector, tags: tags, at: moment) ?? false
    }

    /// The answers of one scope whose questions are most alike, the best first; those that are too old are dropped.
    ///
    /// - Parameters:
    ///   - least: the least cosine, −1 to 1; not a distance.
    ///   - most: how many.
    package mutating func nearest(
        to vector: [Float], scope: EmbeddingScope, atLeast least: Double, most: Int = 4, at now: Timestamp
    ) -> [EmbeddingMatch<Answer>] {
        guard let vector = LexicalEncoder.normalised(vector) else { return [] }
        // A vector's product with itself may miss 1 by its last bits, and a repetition has to be found.
        return shelves[scope]?.nearest(to: vector, atLeast: Float(min(least, 0.999_99)), most: most, at: now) ?? []
    }

    /// Notes that an answer was served, so that it stays.
    package mutating func used(_ match: EmbeddingMatch<Answer>, scope: EmbeddingScope, at now: Timestamp) {
        shelves[scope]?.used(match.identity, at: now)
    }

    /// Drops every answer that bears a tag, of one tenant or of all.
    ///
    /// - Returns: how many there were.
    @discardableResult
    package mutating func invalidate(tag: String, tenant: UInt64? = nil) -> Int {
        var dropped = 0
        for scope in shelves.keys where tenant == nil || scope.tenant == tenant {
            dropped += shelves[scope]?.removeAll { $0.contains(tag) } ?? 0
        }
        return dropped
    }

    /// Whether the encoder gives one vector to different questions, so that nothing it finds may be served.
    package func isDegenerate(_ scope: EmbeddingScope) -> Bool { shelves[scope]?.isDegenerate ?? false }

    private mutating func makeRoom() {
        guard shelves.count >= mostScopes else { return }
        let stalest = shelves.min { $0.value.usedAt < $1.value.usedAt }?.key
        if let stalest { shelves[stalest] = nil }
    }
}

/// An answer whose question is alike.
package struct EmbeddingMatch<Answer: Sendable>: Sendable {
    /// The answer.
    package let answer: Answer
    /// The question that it was given to.
    package let question: Conversation
    /// The cosine, −1 to 1.
    package let similarity: Double
    /// When it was stored.
    package let storedAt: Timestamp
    let identity: UInt64
}
