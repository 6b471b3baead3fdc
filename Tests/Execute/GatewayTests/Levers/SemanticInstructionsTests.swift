import Domain
import Gateway
import GatewayTestSupport
import Policy
import Testing

@Suite("Instructions before a semantic cache")
struct SemanticInstructionsTests {
    private static func ask(_ text: String) -> String {
        let instructions = String(
            repeating: "You answer for a shop, briefly, and name the page that has more. ", count: 20)
        return
            #"{"model":"gpt-4o-mini","messages":[{"role":"system","content":"\#(instructions)"},{"role":"user","content":"\#(text)"}]}"#
    }

    private static var rule: PlanRule {
        var terms = CacheTerms()
        (terms.match, terms.encoder, terms.similarity) = (.semantic, LexicalEncoder.tag, 0.8)
        var rule = PlanRule(name: "alike", action: .cache(terms))
        var quality = QualityTerms()
        (quality.judge, quality.gate) = (.normalised, ProvenLever.quickTerms)
        rule.quality = quality
        return rule
    }

    @Test(
        "However long they are, questions are alike by what is asked",
        arguments: [
            ("How do I reset the password of my accounts?", "semantic-hit"),
            ("Where does yesterday's parcel wait?", "miss"),
        ])
    func apart(_ text: String, _ expected: String) async throws {
        try await GatewayHarness.run(
            plan: ProvenLever.plan(Self.rule), rows: ProvenLever.rows(Self.rule),
            answer: { _, _ in [RoutingTests.answer("gpt-4o-mini-2024-07-18")] }
        ) { harness in
            var client = try harness.client()
            let first = Self.ask("How do I reset the password of my account?")
            client.post("/v1/chat/completions", first, headers: ExactCacheTests.acme)
            #expect(try client.answer().header("x-payback-cache") == "miss")
            client.post("/v1/chat/completions", Self.ask(text), headers: ExactCacheTests.acme)
            #expect(try client.answer().header("x-payback-cache") == expected)
        }
    }
}
