import Policy
import Testing

@Suite("The embedded encoder")
struct LexicalEncoderTests {
    private let encoder = LexicalEncoder()

    private func cosine(_ first: Conversation, _ second: Conversation) throws -> Float {
        let (a, b) = (try #require(encoder.encode(first)), try #require(encoder.encode(second)))
        return zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
    }

    private func cosine(_ first: String, _ second: String) throws -> Float {
        try cosine(Conversation(question: first), Conversation(question: second))
    }

    @Test("Vectors have length 1, and case, signs and white space do not move them")
    func vectors() throws {
        let vector = try #require(encoder.encode("How do I reset my PIN?"))
        #expect(vector.count == 384 && LexicalEncoder.tag == "lexical-384-1")
        #expect(abs(vector.reduce(0) { $0 + $1 * $1 } - 1) < 1e-5)
        #expect(vector == encoder.encode("how do i   reset my pin"))
        #expect(encoder.encode("") == nil && encoder.encode(" ?! ") == nil)
    }

    @Test("The vector of a text never changes: kept vectors rest on it")
    func stability() throws {
        let vector = try #require(encoder.encode("Where is my card? 卡 é"))
        let places = vector.indices.filter { vector[$0] != 0 }
        let sum = places.reduce(0.0) { $0 + Double($1) * Double(vector[$1]) }
        #expect(places.count == 30)
        #expect(abs(sum + 154.072_332) < 1e-3)
    }

    @Test("Typing errors stay near, other questions far")
    func neighbours() throws {
        let question = "How do I reset the PIN of my card?"
        #expect(try cosine(question, "How do I resett the PIN of my card") > 0.85)
        #expect(try cosine(question, "Which currencies do you support in Norway") < 0.3)
        #expect(try cosine("请问如何重置密码", "请问如何重置密码呢") > 0.5)
    }

    @Test("The conversation counts, not its last line")
    func conversations() throws {
        func asked(about company: String) -> Conversation {
            Conversation([
                .init(speaker: "user", text: "Who founded \(company)?"),
                .init(speaker: "assistant", text: "\(company) was founded by several people."),
                .init(speaker: "user", text: "How old is he?"),
            ])
        }
        let (apple, openAI) = (asked(about: "Apple"), asked(about: "OpenAI"))
        #expect(try cosine(apple, openAI) < 0.9)
        #expect(try cosine(apple, Conversation(question: "How old is he?")) < 0.7)
        #expect(AnswerGuard.refusal(of: apple, answeredFor: openAI) == .conversation)
        #expect(AnswerGuard.refusal(of: apple, answeredFor: apple) == nil)
        #expect(AnswerGuard.refusal(of: apple, answeredFor: Conversation(question: "How old is he?")) == .conversation)
    }

    @Test("In a long conversation one other turn is seen")
    func longConversation() throws {
        func talk(_ place: String) -> Conversation {
            let turns = (0..<30).map { Conversation.Turn(speaker: "user", text: "This is remark number \($0) of mine") }
            return Conversation([.init(speaker: "user", text: "I live in \(place)")] + turns)
        }
        #expect(try cosine(talk("Nantes"), talk("Lille")) > 0.95, "the whole hardly moves")
        #expect(AnswerGuard.refusal(of: talk("Nantes"), answeredFor: talk("Lille")) != nil)
    }
}
