internal import Domain
internal import JSONScan
internal import NIOCore
internal import Policy
internal import Prompts
internal import Providers

extension Exchange {
    /// Nanoseconds that an embedding is waited for; after that the request goes on without the cache.
    static let longestEmbedding: UInt64 = 2_000_000_000

    /// Looks for a question that means the same.
    func askSemanticCache() {
        guard let position = course?.semantic, case .cache(let terms) = course?.rule(position).action,
            course?.directives.mayRead ?? true, course?.directives.mayMatchAlike ?? true
        else { return askRouter() }
        guard let question = semanticQuestion(terms, position) else {
            course?.note(position, "the request cannot be compared by meaning")
            return askRouter()
        }
        course?.learning = question
        if terms.encoder == LexicalEncoder.tag {
            return embedded(LexicalEncoder().encode(question.conversation.withoutInstructions))
        }
        course?.embedsSince = loop.now
        embed(question.conversation.withoutInstructions, by: terms.encoder) { [self] in embedded($0) }
    }

    /// Goes on with the vector of the question; without one it is a miss.
    func embedded(_ vector: [Float]?) {
        guard !isOver, let position = course?.semantic, var question = course?.learning, question.vector.isEmpty else {
            return
        }
        course?.embedsSince = nil
        guard let vector else {
            course?.learning = nil
            course?.note(position, CacheOutcome.needsEmbedding.text)
            return askRouter()
        }
        question.vector = vector
        course?.learning = question
        look(question, at: position)
    }

    private func look(_ question: SemanticQuestion, at position: Int) {
        guard let rule = course?.rule(position), let shelf = loop.core.levers.shelf(of: rule.name) else {
            return askRouter()
        }
        let finding = shelf.find(question, at: startedAt)
        let age = finding.match.map { startedAt.microseconds - $0.storedAt.microseconds } ?? 0
        guard let match = finding.match, course?.directives.accepts(age: age) ?? true else {
            course?.note(position, finding.match == nil ? finding.reason : CacheOutcome.expired.text)
            return askRouter()
        }
        if course?.match.semanticCache == position {
            course?.learning = nil
            course?.similarity = match.similarity
            return serve(match.answer, by: position, as: .semanticCacheHit)
        }
        // On trial: what would have been served is compared with the answer that comes.
        if course?.trials.contains(position) ?? false { course?.candidate = match.answer.reading(route.surface) }
        course?.note(position, "on trial: an answer was found, and not served")
        askRouter()
    }

    /// Keeps the answer with its question. Calls of tools are not: what they are for has happened.
    func learn(_ question: SemanticQuestion, _ answer: StoredAnswer?) {
        course?.learning = nil
        guard let answer, course?.directives.mayStore ?? true, !question.vector.isEmpty,
            let reading = answer.reading(route.surface), reading.isComplete, reading.toolCalls.isEmpty,
            let rule = course?.rule(question.rule)
        else { return }
        loop.core.levers.shelf(of: rule.name)?.keep(answer, for: question)
    }

    // MARK: The question

    private func semanticQuestion(_ terms: CacheTerms, _ position: Int) -> SemanticQuestion? {
        guard let tenant = tenant(terms.scope), let body, let conversation = conversation(of: body),
            conversation.turns.count <= terms.mostTurns,
            let identity = answerIdentity(tenant, folding: true), !identity.hasServerTools,
            identity.surroundings != identity.exact, terms.isSampled || !identity.isSampled
        else { return nil }
        // Instructions are not compared by meaning: other instructions, another answer.
        let instructions = conversation.turns.filter { $0.speaker == "system" }.map(\.text).joined(separator: "\u{0}")
        let key = loop.core.promptKey
        var whole = "\(identity.surroundings.high)\u{0}\(identity.surroundings.low)\u{0}\(instructions)"
        let hash = whole.withUTF8 { key.hash(UnsafeRawBufferPointer($0)) }
        return SemanticQuestion(
            rule: position, conversation: conversation, vector: [],
            scope: EmbeddingScope(tenant: hash.high, terms: hash.low, encoder: terms.encoder),
            leastSimilarity: course?.directives.leastSimilarity)
    }

    // MARK: Embeddings by a model

    /// Asks a model for the vector of a conversation; the encoder's name is `UPSTREAM/MODEL`.
    private func embed(_ conversation: Conversation, by encoder: String, _ done: @escaping ([Float]?) -> Void) {
        let parts = encoder.split(separator: "/", maxSplits: 1).map(String.init)
        guard parts.count == 2, let upstream = snapshot.upstream(parts[0]), upstream.kind.family == .openAI,
            let address = snapshot.address(of: upstream)
        else { return done(nil) }
        let said = conversation.turns
        let text = said.count == 1 ? said[0].text : said.map { "\($0.speaker): \($0.text)" }.joined(separator: "\n")
        let body = JSONValue.object([
            JSONValue.Member(key: "model", value: .string(parts[1])),
            JSONValue.Member(key: "input", value: .string(text)),
            JSONValue.Member(key: "encoding_format", value: .string("float")),
        ])
        var call = ErrandCall(uri: "/v1/embeddings", body: ByteBuffer(bytes: body.compactBytes))
        call.headers = ["content-type": "application/json"]
        let target = CallTarget(upstream: upstream, address: address, model: parts[1])
        let isBegun = run(.embedding, call, to: target) { done($0?.body.flatMap(Self.vector)) }
        if !isBegun { done(nil) }
    }

    private static func vector(_ body: [UInt8]) -> [Float]? {
        let document = body.withUnsafeBufferPointer { try? JSONValue.parse($0) }
        let numbers = document?["data"]?.elements.first?["embedding"]?.elements ?? []
        let vector = numbers.compactMap { value -> Float? in
            guard case .number(let text) = value else { return nil }
            return Float(text)
        }
        return vector.isEmpty || vector.count != numbers.count ? nil : vector
    }
}

extension Conversation {
    /// What is compared by meaning: instructions are part of the scope, and long ones would make all questions look alike.
    fileprivate var withoutInstructions: Conversation { Conversation(turns.filter { $0.speaker != "system" }) }
}
