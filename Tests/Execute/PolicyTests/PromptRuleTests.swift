import Policy
import Testing

@Suite("Rules for prompts")
struct PromptRuleTests {
    @Test("Idle space goes, indentation and paragraphs stay")
    func space() {
        let text = "One  \n\n\n\n  two\t\n    three\n\n"
        #expect(TextReduction.withoutIdleSpace(text) == "One\n\n  two\n    three")
    }

    @Test(
        "JSON loses blanks between its parts only",
        arguments: [
            ("{ \"a\" : [1, 2],\n \"b c\": \"d  e\" }", "{\"a\":[1,2],\"b c\":\"d  e\"}"),
            (#"{"a": "x \" y  z"}"#, #"{"a":"x \" y  z"}"#), (#"{"a": "\\"}"#, #"{"a":"\\"}"#),
            ("no json  here", "no json  here"), ("{\"open: 1 }", "{\"open: 1 }"),
        ])
    func json(text: String, expected: String) { #expect(TextReduction.minifiedJSON(text) == expected) }

    @Test("History goes from its oldest turns, with their tool answers; instructions and the last turns stay")
    func history() {
        let rule = HistoryTrimming(mostTokens: 100)
        let turns = [
            HistoryTrimming.Turn(tokens: 20, isInstruction: true), HistoryTrimming.Turn(tokens: 40),
            HistoryTrimming.Turn(tokens: 30, belongsToPrevious: true), HistoryTrimming.Turn(tokens: 20),
            HistoryTrimming.Turn(tokens: 10),
        ]
        let decision = rule.decide(turns)
        #expect(decision.kept == [0, 3, 4] && decision.reason.contains("2 old turns"))
        #expect(rule.decide(Array(turns.prefix(3))).kept == [0, 1, 2], "within the limit nothing goes")
    }

    @Test(
        "What changes early in a prompt is found",
        arguments: [
            ("Today is 2026-10-01T00:00:04Z. Help.", PrefixAlignment.VolatileSpan.Kind.timestamp, 9),
            ("Session 123e4567-e89b-12d3-a456-426614174000", .uuid, 8), ("Ünder: 1234567890", .longNumber, 8),
        ])
    func volatile(prompt: String, kind: PrefixAlignment.VolatileSpan.Kind, offset: Int) throws {
        let span = try #require(PrefixAlignment.firstVolatileSpan(in: prompt))
        #expect(span.kind == kind && span.offset == offset)
        #expect(PrefixAlignment.firstVolatileSpan(in: "You are a helpful assistant.") == nil)
    }

    @Test("A write pays above (w − 1) / (w − r)", arguments: [(1.25, 0.2174), (2, 0.5263)])
    func writes(write: Double, limit: Double) {
        #expect(PrefixAlignment.writePays(reuse: limit + 0.001, write: write, read: 0.1).pays)
        let below = PrefixAlignment.writePays(reuse: limit - 0.001, write: write, read: 0.1)
        #expect(!below.pays && below.reason.contains("do not write"))
    }

    @Test("A checker that cannot be asked never lets a cheap answer through")
    func cascade() {
        #expect(Cascade().next(after: .good) == .serve("the checker accepted the cheap answer"))
        let steps = [Cascade().next(after: .bad("no JSON")), Cascade().next(after: .unavailable("down"))]
        for case .serve in steps { Issue.record("a cheap answer was served") }
        #expect(steps[0].reason.contains("no JSON") && steps[1].reason.contains("down"))
    }
}
