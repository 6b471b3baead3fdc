internal import Domain
internal import Policy
internal import Synchronization

/// Questions and their answers, of one semantic rule.
final class SemanticShelf: Sendable {
    private let terms: CacheTerms
    private let search: SemanticSearch
    private let store: Mutex<EmbeddingStore<StoredAnswer>>

    private init(_ terms: CacheTerms) {
        self.terms = terms
        search = SemanticSearch(similarity: terms.similarity, encoder: terms.encoder, mostTurns: terms.mostTurns)
        store = Mutex(
            EmbeddingStore(capacity: min(terms.entries, 10_000), mostScopes: 4_096, timeToLive: terms.timeToLive))
    }

    /// The shelves of a plan's rules; those whose terms stay keep what they know.
    static func shelves(of rules: [PlanRule], present: [String: SemanticShelf]) -> [String: SemanticShelf] {
        var shelves: [String: SemanticShelf] = [:]
        for rule in rules {
            guard case .cache(let terms) = rule.action, terms.match == .semantic else { continue }
            let known = present[rule.name].flatMap { $0.terms == terms ? $0 : nil }
            shelves[rule.name] = known ?? SemanticShelf(terms)
        }
        return shelves
    }

    /// The answer to the most alike question that no guard refuses.
    func find(_ question: SemanticQuestion, at now: Timestamp) -> SemanticFinding<StoredAnswer> {
        store.withLock { store in
            search.find(
                question.conversation, vector: question.vector, in: &store, scope: question.scope,
                raisedTo: question.leastSimilarity, at: now)
        }
    }

    /// Takes back every answer with a tag.
    ///
    /// - Returns: how many there were.
    func takeBack(tag: String) -> Int { store.withLock { $0.invalidate(tag: tag) } }

    /// Keeps an answer.
    func keep(_ answer: StoredAnswer, for question: SemanticQuestion) {
        store.withLock { store in
            _ = store.store(
                answer, for: question.conversation, vector: question.vector, scope: question.scope,
                tags: Set(answer.tags),
                at: answer.storedAt)
        }
    }
}

/// A question as a semantic cache sees it.
struct SemanticQuestion: Sendable {
    /// The semantic rule's position.
    var rule: Int
    var conversation: Conversation
    var vector: [Float]
    var scope: EmbeddingScope
    /// What the caller asks for; it may only raise the rule's.
    var leastSimilarity: Double?
}
