import Domain
import Gateway
import GatewayTestSupport
import JSONScan
import NIOHTTP1
import Policy
import Testing

@Suite("Prompt caching in the gateway")
struct PromptCacheLeverTests {
    private static var plan: Plan {
        var terms = PrefixTerms()
        terms.writes = .predicted
        var plan = Plan()
        plan.rules = [PlanRule(name: "prefixes", action: .alignPrefix(terms))]
        return plan
    }

    private static let mark = #","cache_control":{"type":"ephemeral"}"#
    private static let answer =
        #"{"id":"m1","type":"message","role":"assistant","model":"claude-3-7-sonnet-20250219","content":[{"type":"text","text":"Yes."}],"stop_reason":"end_turn","usage":{"input_tokens":20,"cache_creation_input_tokens":0,"cache_read_input_tokens":3000,"output_tokens":4}}"#

    private static func body(_ number: Int) -> String {
        let instructions = String(repeating: "Answer as the handbook says, page by page. ", count: 300)
        return
            #"{"model":"claude-3-7-sonnet-20250219","max_tokens":9,"system":[{"type":"text","text":"\#(instructions)"}],"messages":[{"role":"user","content":"Question \#(number)?"}]}"#
    }

    @Test(
        "Anthropic's prefixes are marked once their reuse pays; nothing else of the body changes, and the saving is told"
    )
    func marks() async throws {
        try await GatewayHarness.run(plan: Self.plan, answer: { _, _ in [Wire.json(Self.answer)] }) { harness in
            var client = try harness.client()
            for number in 1...12 {
                client.post(
                    "/v1/messages", Self.body(number),
                    headers: [("anthropic-version", "2023-06-01"), ("x-payback-feature", "handbook")])
                #expect(try client.answer().status == 200)
            }
            let bodies = harness.upstream.received.map(\.body)
            #expect(bodies.first == Self.body(1), "what is not known to come again is not paid for")
            #expect(bodies.last?.contains("cache_control") ?? false)
            let unmarked = bodies.map { body in
                body.replacing(Self.mark, with: "").replacing(
                    #","cache_control":{"type":"ephemeral","ttl":"1h"}"#, with: "")
            }
            #expect(unmarked == (1...12).map { Self.body($0) })
            let (records, batch) = try await harness.records(count: 12)
            let marked = records.filter { $0.action == .promptAdjusted }
            #expect(!marked.isEmpty && marked.allSatisfy { $0.baseline > $0.cost })
            #expect(marked.allSatisfy { batch.vocabulary.text($0.baselineMethod) == "as_asked_without_marks" })
        }
    }

    @Test("Who places marks is left alone")
    func ownMarks() async throws {
        let own = Self.body(1).replacing(#"page. "}]"#, with: #"page. ","cache_control":{"type":"ephemeral"}}]"#)
        try await GatewayHarness.run(plan: Self.plan, answer: { _, _ in [Wire.json(Self.answer)] }) { harness in
            var client = try harness.client()
            for _ in 1...12 {
                client.post("/v1/messages", own, headers: [("anthropic-version", "2023-06-01")])
                #expect(try client.answer().status == 200)
            }
            #expect(harness.upstream.received.allSatisfy { $0.body == own })
        }
    }

    @Test("OpenAI's alike prompts get one key, of each customer its own")
    func keys() async throws {
        try await GatewayHarness.run(plan: Self.plan, answer: { _, _ in [Wire.json(CallTests.answer)] }) { harness in
            var client = try harness.client()
            for customer in ["acme", "acme", "globex"] {
                client.post(
                    "/v1/chat/completions", CallTests.question, headers: [("x-payback-customer", customer)])
                #expect(try client.answer().status == 200)
            }
            let keys = harness.upstream.received.map {
                (try? JSONValue.parse($0.body))?["prompt_cache_key"]?.text ?? ""
            }
            #expect(keys.allSatisfy { $0.hasPrefix("pb-") } && keys[0] == keys[1] && keys[1] != keys[2])
        }
    }
}
