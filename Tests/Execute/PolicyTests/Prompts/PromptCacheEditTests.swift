import Domain
import JSONScan
import Policy
import Statistics
import Testing

@Suite("Marks for the provider's prompt cache")
struct PromptCacheEditTests {
    private let terms = PromptCacheTerms(model: "claude-opus-5")
    private static let long = String(repeating: "Answer in the words of the handbook. ", count: 100)

    private func outline(_ body: String) -> PromptOutline? {
        Array(body.utf8).withUnsafeBufferPointer { PromptOutlineReader().read($0) }
    }

    /// What becomes of a body after so many requests like it.
    private func edited(
        _ body: String, after requests: Int = 20, apart seconds: Int64 = 10, terms: PromptCacheTerms? = nil
    ) throws -> (text: String?, plan: PromptCachePlan) {
        let outline = try #require(self.outline(body))
        var reuse = PrefixReuse()
        var expectation = PrefixReuse.Expectation()
        for request in 0..<requests {
            let now = Timestamp(seconds: 1_000_000 + Int64(request) * seconds)
            expectation = reuse.observe(outline, template: 1, scope: 2, at: now)
        }
        let plan = PromptCachePlan(outline, expectation, terms ?? self.terms)
        let bytes = Array(body.utf8).withUnsafeBufferPointer { PromptCacheEdit.anthropic($0, outline, plan) }
        return (bytes.map { String(decoding: $0, as: UTF8.self) }, plan)
    }

    /// A body without the marks, and with the texts that they had turned into blocks as texts again.
    private func withoutMarks(_ text: String) -> String {
        text.replacing(#","cache_control":{"type":"ephemeral","ttl":"1h"}"#, with: "")
            .replacing(#","cache_control":{"type":"ephemeral"}"#, with: "")
            .replacing(/\[\{"type":"text","text":("(?:[^"\\]|\\.)*")\}\]/) { "\($0.output.1)" }
    }

    private static let bodies = [
        #"{"model":"m","system":"\#(long)","messages":[{"role":"user","content":"Hi \"there\""}]}"#,
        #"{ "messages" : [ { "content" : [ {"type":"text","text":"\#(long)", "x" : 1 } ] , "role":"user"} ] , "system":[{"type":"image"}], "tools":[{"name":"a"},{"name":"b","input_schema":{"p":[1,2]} }]}"#,
        #"{"tools":[{"name":"f","description":"\#(long)"}],"system":"Be \\ brief.","messages":[{"role":"user","content":"a"},{"role":"assistant","content":[{"type":"tool_use","id":"1","name":"f","input":{}}]},{"role":"user","content":[{"type":"tool_result","content":"x"}]}]}"#,
    ]

    @Test("What is taken out again leaves the bytes as they were", arguments: bodies)
    func roundTrip(body: String) throws {
        let (text, plan) = try edited(body)
        let marked = try #require(text)
        #expect(!plan.marks.isEmpty && plan.marks.count <= 4 && marked != body)
        #expect(marked.ranges(of: "cache_control").count == plan.marks.count)
        #expect(withoutMarks(marked) == body)
        let tree = try JSONValue.parse(marked)
        #expect(tree["messages"]?.elements.count == (try JSONValue.parse(body))["messages"]?.elements.count)
        #expect(outline(marked) == nil, "a body with marks is left alone")
    }

    @Test("Marks stand at the end of the tools, of the system prompt and of the conversation")
    func places() throws {
        let body =
            #"{"tools":[{"name":"a"},{"name":"f","description":"\#(Self.long)"}],"system":[{"type":"text","text":"x"},{"type":"text","text":"y"}],"messages":[{"role":"user","content":"q"}]}"#
        let (text, plan) = try edited(body)
        let tree = try JSONValue.parse(try #require(text))
        let mark = JSONValue.object([.init(key: "type", value: "ephemeral")])
        #expect(tree["tools"]?.elements.map { $0["cache_control"] } == [nil, mark])
        #expect(tree["system"]?.elements.map { $0["cache_control"] } == [nil, mark])
        #expect(tree["messages"]?.elements.first?["content"]?.elements.first?["cache_control"] == mark)
        #expect(plan.marks.map(\.part) == [0, 1, 2], "what came before and the end are one place here")
        #expect(plan.marks.allSatisfy { $0.reason.contains("write: reuse of") })
    }

    @Test("Nothing is paid for what was not seen to come again", arguments: [1, 2])
    func unproven(requests: Int) throws {
        let (text, plan) = try edited(Self.bodies[0], after: requests)
        #expect(text == nil && plan.marks.isEmpty)
    }

    @Test(
        "Prefixes that come again after minutes are kept for 5 minutes, after half an hour for an hour, after two not at all"
    )
    func lifetimes() throws {
        for (seconds, lifetime) in [(60, PromptCachePlan.Lifetime.short), (1_800, .long)] {
            let (text, plan) = try edited(Self.bodies[0], after: 60, apart: Int64(seconds))
            #expect(plan.marks.map(\.lifetime) == [lifetime, lifetime])
            #expect(text?.contains(#""ttl":"1h""#) == (lifetime == .long))
        }
        #expect(try edited(Self.bodies[0], after: 60, apart: 7_200).text == nil)
    }

    @Test("A prompt shorter than the model's least is left alone")
    func tooShort() throws {
        #expect(try edited(Self.bodies[0], terms: PromptCacheTerms(model: "claude-haiku-4-5-20251001")).text == nil)
        #expect(PromptCacheTerms(model: "something new").leastTokens == 4_096)
        #expect(PromptCacheTerms(model: "claude-sonnet-4-20250514").leastTokens == 1_024)
    }

    @Test(
        "A conversation that grows is marked where it came from and where it ends; one-off questions at the system prompt"
    )
    func conversation() throws {
        var reuse = PrefixReuse()
        func plan(_ turns: [String], at seconds: Int64) throws -> (PromptOutline, PromptCachePlan) {
            let messages = turns.map { #"{"role":"user","content":"\#($0)"}"# }.joined(separator: ",")
            let outline = try #require(self.outline(#"{"system":"\#(Self.long)","messages":[\#(messages)]}"#))
            let expectation = reuse.observe(outline, template: 9, scope: 1, at: Timestamp(seconds: seconds))
            return (outline, PromptCachePlan(outline, expectation, terms))
        }
        var turns = ["first"]
        var last: (PromptOutline, PromptCachePlan)?
        for turn in 0..<30 {
            last = try plan(turns, at: 1_000 + Int64(turn) * 20)
            turns += ["answer \(turn)", "question \(turn)"]
        }
        let (outline, grown) = try #require(last)
        #expect(grown.marks.map { outline.parts[$0.part].kind } == [.system, .message(56), .message(58)])

        reuse = PrefixReuse()
        for question in 0..<30 { last = try plan(["question \(question)"], at: 1_000 + Int64(question) * 20) }
        let (single, once) = try #require(last)
        #expect(once.marks.map { single.parts[$0.part].kind } == [.system])
    }

    @Test("A shorter lifetime never stands before a longer one")
    func order() throws {
        let outline = try #require(self.outline(Self.bodies[2]))
        var reuse = PrefixReuse()
        var random = SeededRandom(seed: 4)
        for _ in 0..<400 {
            let now = Timestamp(seconds: 1_000 + Int64(random.below(20_000)))
            let expectation = reuse.observe(outline, template: UInt64(random.below(3)), scope: 1, at: now)
            let lives = PromptCachePlan(outline, expectation, terms).marks.map(\.lifetime)
            #expect(lives == lives.filter { $0 == .long } + lives.filter { $0 == .short })
        }
    }

    @Test(
        "Where no mark may stand none is placed",
        arguments: [
            #"{"system":"","messages":[{"role":"user","content":"x"}]}"#,
            #"{"system":[],"messages":[{"role":"user","content":[]}]}"#,
            #"{"tools":[{"name":"f","defer_loading":true}],"messages":[{"role":"user","content":""}]}"#,
            #"{"messages":[{"role":"assistant","content":[{"type":"thinking","thinking":"x","signature":"s"}]}]}"#,
            #"{"messages":[{"role":"user","content":[{"type":"text","text":""}]}]}"#, #"{"messages":[{},7,"x"]}"#,
        ])
    func unmarkable(body: String) throws {
        let parts = try #require(self.outline(body)).parts.filter(\.takesMark)
        #expect(parts.count == (body.contains(#""content":"x""#) ? 1 : 0))
    }

    @Test(
        "What has marks, or cannot be read in one way, is not touched",
        arguments: [
            #"{"cache_control":{"type":"ephemeral"},"messages":[]}"#,
            #"{"messages":[{"role":"user","content":[{"type":"text","text":"x","cache_control":{}}]}]}"#,
            #"{"messages":[],"messages":[{}]}"#, #"{"mess\u0061ges":[]}"#, "", "[]", "{}", #"{"messages":[}"#, "{",
        ])
    func untouched(body: String) { #expect(outline(body) == nil) }

    @Test("A long conversation is read at its last messages only, with hashes over all of it")
    func longConversation() throws {
        func body(_ first: String) -> String {
            let turns = [first] + (0..<99).map(String.init)
            return "{\"messages\":[" + turns.map { "{\"content\":\"\($0)\"}" }.joined(separator: ",") + "]}"
        }
        let (one, other) = (try #require(self.outline(body("a"))), try #require(outline(body("b"))))
        #expect(one.parts.count == PromptOutline.mostMessages && one.parts.last?.kind == .message(99))
        #expect(zip(one.parts, other.parts).allSatisfy { $0.hash != $1.hash })
    }

    @Test("Random damage never crashes the reader, and what it edits stays JSON")
    func fuzz() throws {
        var random = SeededRandom(seed: 12)
        let reader = PromptOutlineReader()
        var read = 0
        for _ in 0..<5_000 {
            var bytes = Array(Self.bodies[2].utf8)
            for _ in 0...random.below(3) {
                let place = random.below(2) == 0 ? random.below(60) : bytes.count - 1 - random.below(250)
                bytes[max(place, 0)] = Array("{}[]\",:\\0e".utf8)[random.below(10)]
            }
            let edited = bytes.withUnsafeBufferPointer { body -> [UInt8]? in
                guard let outline = reader.read(body) else { return nil }
                read += 1
                var reuse = PrefixReuse(prefixes: 64, templates: 4)
                var expectation = PrefixReuse.Expectation()
                for second in 0..<20 {
                    expectation = reuse.observe(
                        outline, template: 1, scope: 1, at: Timestamp(seconds: 1_000 + Int64(second)))
                }
                return PromptCacheEdit.anthropic(body, outline, PromptCachePlan(outline, expectation, terms))
            }
            guard let edited, (try? JSONValue.parse(bytes)) != nil else { continue }
            #expect((try? JSONValue.parse(edited)) != nil, "\(String(decoding: edited.suffix(400), as: UTF8.self))")
        }
        #expect(read > 100)
    }
}
