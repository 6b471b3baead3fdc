import Domain
import Policy
import Statistics
import Testing

@Suite("The store of embeddings")
struct EmbeddingStoreTests {
    private let scope = EmbeddingScope(tenant: 1, terms: 7)
    private let encoder = LexicalEncoder()
    private let search = SemanticSearch(similarity: 0.8)

    private func at(_ seconds: Int64) -> Timestamp { Timestamp(seconds: seconds) }

    private func keep(
        _ text: String, _ store: inout EmbeddingStore<String>, scope: EmbeddingScope? = nil, tags: Set<String> = [],
        at seconds: Int64 = 1
    ) throws {
        let vector = try #require(encoder.encode(text))
        let isKept = store.store(
            "answer to \(text)", for: Conversation(question: text), vector: vector, scope: scope ?? self.scope,
            tags: tags, at: at(seconds))
        #expect(isKept)
    }

    private func answer(
        _ text: String, _ store: inout EmbeddingStore<String>, scope: EmbeddingScope? = nil, at seconds: Int64 = 2
    ) throws -> String? {
        let vector = try #require(encoder.encode(text))
        return search.find(
            Conversation(question: text), vector: vector, in: &store, scope: scope ?? self.scope, at: at(seconds)
        ).match?.answer
    }

    @Test("A threshold is of one encoder; what came of a search is said")
    func obstacles() throws {
        var store = EmbeddingStore<String>(timeToLive: 10_000_000)
        let scope = EmbeddingScope(tenant: 1, terms: 7, encoder: "minilm-fp32")
        try keep("Is my card open?", &store, scope: scope)
        func find(_ text: String, _ search: SemanticSearch) throws -> SemanticFinding<String> {
            search.find(
                Conversation(question: text), vector: try #require(encoder.encode(text)), in: &store, scope: scope,
                at: at(2))
        }
        let right = SemanticSearch(similarity: 0.5, encoder: "minilm-fp32")
        #expect(try find("Is the card open?", right).match?.answer == "answer to Is my card open?")
        #expect(try find("Is the card open?", right).reason.contains("nothing speaks against it"))
        #expect(try find("Is my card closed?", right).reason.contains("antonym"))
        #expect(try find("How is the weather in Oslo", right).reason == "nothing is alike enough")
        let other = try find("Is the card open?", SemanticSearch(similarity: 0.5, encoder: "minilm-int8"))
        #expect(
            other.match == nil && other.obstacle == .otherEncoder("minilm-fp32") && other.reason.contains("minilm-fp32")
        )
        let short = try find("Is the card open?", SemanticSearch(similarity: 0.5, encoder: "minilm-fp32", mostTurns: 0))
        #expect(short.obstacle == .tooManyTurns && !short.reason.isEmpty)
    }

    @Test("A paraphrase of the same tenant hits; another tenant, encoder or other terms never do")
    func scopes() throws {
        var store = EmbeddingStore<String>(timeToLive: 10_000_000)
        try keep("How do I reset my PIN?", &store)
        #expect(try answer("how can I reset my pin", &store) == "answer to How do I reset my PIN?")
        for other in [
            EmbeddingScope(tenant: 2, terms: 7), EmbeddingScope(tenant: 1, terms: 8),
            EmbeddingScope(tenant: 1, terms: 7, encoder: "minilm-fp32"),
        ] {
            #expect(try answer("How do I reset my PIN?", &store, scope: other) == nil)
        }
    }

    @Test("Two tenants with the same prompts never see each other's answers")
    func tenants() throws {
        var random = SeededRandom(seed: 8)
        var store = EmbeddingStore<UInt64>(capacity: 50, mostScopes: 3, timeToLive: 1_000_000_000)
        for step in Int64(0)..<2_000 {
            let tenant = UInt64(random.below(5))
            let text = "How do I pay invoice \(["one", "alpha", "beta", "gamma"][random.below(4)]) at once?"
            let vector = try #require(encoder.encode(text))
            let scope = EmbeddingScope(tenant: tenant, terms: 7)
            let finding = search.find(
                Conversation(question: text), vector: vector, in: &store, scope: scope, at: at(step))
            #expect(finding.match == nil || finding.match?.answer == tenant)
            store.store(tenant, for: Conversation(question: text), vector: vector, scope: scope, at: at(step))
        }
        #expect(store.count <= 3 * 50)
    }

    @Test("A repetition always hits, even at a threshold of 1; unrelated questions never")
    func repetition() throws {
        var store = EmbeddingStore<String>(timeToLive: 10_000_000)
        let exact = SemanticSearch(similarity: 1)
        for number in 0..<200 {
            let text = "Question \(number * 7919) about the \(["card", "loan", "fee"][number % 3])"
            try keep(text, &store)
            let vector = try #require(encoder.encode(text))
            let found = exact.find(Conversation(question: text), vector: vector, in: &store, scope: scope, at: at(2))
            #expect(found.match?.answer == "answer to \(text)")
        }
        #expect(try answer("Sing a song of sixpence", &store) == nil)
    }

    @Test("What is too old is gone, and a newer answer takes an older one's place")
    func ages() throws {
        var store = EmbeddingStore<String>(timeToLive: 10_000_000)
        try keep("Where is my card?", &store, at: 1)
        #expect(try answer("where is my card", &store, at: 11) != nil)
        #expect(try answer("where is my card", &store, at: 12) == nil)
        #expect(store.count == 0)
        try keep("Where is my card?", &store, at: 20)
        try keep("Where is my card?", &store, at: 28)
        #expect(store.count == 1)
        #expect(try answer("where is my card", &store, at: 37) != nil)
        #expect(try answer("where is my card", &store, at: .max / 2_000_000) == nil)
    }

    @Test("A full shelf loses what was used least recently")
    func eviction() throws {
        var store = EmbeddingStore<String>(capacity: 3, timeToLive: 1_000_000_000)
        for (second, word) in ["apple pie", "banana bread", "cherry cake"].enumerated() {
            try keep("recipe of \(word)", &store, at: Int64(second) + 1)
        }
        #expect(try answer("recipe of apple pie", &store, at: 5) != nil)
        try keep("recipe of date muffins", &store, at: 6)
        #expect(try answer("recipe of banana bread", &store, at: 7) == nil)
        #expect(try answer("recipe of apple pie", &store, at: 7) != nil)
        #expect(store.count == 3)
    }

    @Test("A tag drops every answer that bears it at once")
    func tags() throws {
        var store = EmbeddingStore<String>(timeToLive: 1_000_000_000)
        try keep("price of gold", &store, tags: ["prices", "metal"])
        try keep("colour of grass", &store)
        let other = EmbeddingScope(tenant: 2, terms: 7)
        try keep("price of silver", &store, scope: other, tags: ["prices"])
        #expect(store.invalidate(tag: "prices", tenant: 1) == 1 && store.count == 2)
        #expect(store.invalidate(tag: "prices") == 1 && store.invalidate(tag: "prices") == 0)
        #expect(try answer("colour of grass", &store) != nil)
    }

    @Test("It agrees with a plain list on random traffic")
    func model() throws {
        var random = SeededRandom(seed: 13)
        var store = EmbeddingStore<Int>(capacity: 20, timeToLive: 60_000_000)
        var list: [(vector: [Float], answer: Int, at: Int64)] = []
        for step in 1...1_500 {
            let vector = (0..<21).map { _ in Float(random.unit() - 0.5) }
            let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
            let unit = vector.map { $0 / length }
            list.removeAll { Int64(step) - $0.at > 60 }
            let best = list.map { (Self.product($0.vector, unit), $0.answer) }.max { $0.0 < $1.0 }
            let found = store.nearest(to: vector, scope: scope, atLeast: -1, most: 1, at: at(Int64(step))).first
            #expect(found?.answer == best?.1)
            if list.count == 20 { list.removeFirst() }
            list.append((unit, step, Int64(step)))
            store.store(
                step, for: Conversation(question: "\(step)"), vector: vector, scope: scope, at: at(Int64(step)))
        }
    }

    private static func product(_ a: [Float], _ b: [Float]) -> Float { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }

    @Test("Vectors that are none are refused, and so is an encoder that gives one to all")
    func badVectors() throws {
        var store = EmbeddingStore<Int>(timeToLive: 1_000_000_000)
        let question = Conversation(question: "a")
        func isKept(_ vector: [Float]) -> Bool {
            store.store(1, for: question, vector: vector, scope: scope, at: at(1))
        }
        let bad: [[Float]] = [[], [0, 0], [.nan, 1], [.infinity, 1], [1e30, 0]]
        for vector in bad { #expect(isKept(vector) == false, "\(vector)") }
        #expect(isKept([1, 0]))
        #expect(isKept([1, 0, 0]) == false, "another length")
        #expect(!store.isDegenerate(scope))
        for number in 0..<20 {
            store.store(number, for: Conversation(question: "q\(number)"), vector: [1, 0], scope: scope, at: at(1))
        }
        #expect(store.isDegenerate(scope))
        #expect(search.find(question, vector: [1, 0], in: &store, scope: scope, at: at(2)).match == nil)
    }

    @Test("A caller may raise the threshold, never lower it; long conversations are not looked up")
    func limits() throws {
        #expect(search.raised(to: 0.5) == 0.8 && search.raised(to: 0.9) == 0.9)
        #expect(search.raised(to: nil) == 0.8 && search.raised(to: .nan) == 0.8)
        var store = EmbeddingStore<String>(timeToLive: 10_000_000)
        let long = Conversation((0..<9).map { _ in Conversation.Turn(speaker: "user", text: "again and again") })
        let vector = try #require(encoder.encode(long))
        store.store("x", for: long, vector: vector, scope: scope, at: at(1))
        #expect(search.find(long, vector: vector, in: &store, scope: scope, at: at(1)).match == nil)
        let patient = SemanticSearch(similarity: 0.8, mostTurns: 9)
        #expect(patient.find(long, vector: vector, in: &store, scope: scope, at: at(1)).match?.answer == "x")
    }

    @Test("What a guard refuses is named, and the next that is alike may serve")
    func guards() throws {
        var store = EmbeddingStore<String>(timeToLive: 10_000_000)
        try keep("How do I top up 20 dollars to my card?", &store)
        let text = "How do I top up 200 dollars to my card?"
        let vector = try #require(encoder.encode(text))
        func find() -> SemanticFinding<String> {
            search.find(Conversation(question: text), vector: vector, in: &store, scope: scope, at: at(2))
        }
        #expect(find().match == nil && find().refusals == [.number])
        try keep("how do i top up 200 dollars to the card", &store)
        #expect(find().match != nil)
    }
}
