import Domain
import Gateway
import GatewayTestSupport
import Ledger
import NIOHTTP1
import Policy
import Testing

@Suite("The semantic cache in the gateway")
struct SemanticCacheTests {
    static func rule(_ change: (inout CacheTerms) -> Void = { _ in }) -> PlanRule {
        var terms = CacheTerms()
        (terms.match, terms.encoder, terms.similarity) = (.semantic, LexicalEncoder.tag, 0.8)
        change(&terms)
        var rule = PlanRule(name: "alike", action: .cache(terms))
        var quality = QualityTerms()
        (quality.judge, quality.gate) = (.normalised, ProvenLever.quickTerms)
        rule.quality = quality
        return rule
    }

    private static func ask(_ text: String, _ rest: String = "") -> String {
        #"{"model":"gpt-4o-mini","messages":[{"role":"user","content":"\#(text)"}]\#(rest)}"#
    }

    private static let first = "How do I reset the password of my account?"
    private static let alike = "How do I reset the password of my accounts?"

    @Test(
        "What is proven answers a question that means the same, says how alike it is, and is still compared now and then"
    )
    func hit() async throws {
        let rule = Self.rule()
        try await GatewayHarness.run(
            plan: ProvenLever.plan(rule), rows: ProvenLever.rows(rule),
            answer: { _, _ in [RoutingTests.answer("gpt-4o-mini-2024-07-18")] }
        ) { harness in
            var client = try harness.client()
            for text in [Self.first, Self.alike] {
                client.post("/v1/chat/completions", Self.ask(text), headers: ExactCacheTests.acme)
            }
            #expect(try client.answer().header("x-payback-cache") == "miss")
            let answer = try client.answer()
            #expect(answer.header("x-payback-cache") == "semantic-hit" && answer.status == 200)
            #expect(answer.header("x-payback-cache-similarity")?.hasPrefix("0.") ?? false)
            let (records, _) = try await harness.records(count: 3)
            let hit = try #require(records.first { $0.action == .semanticCacheHit })
            #expect(hit.cost == .zero && hit.baseline == NanoUSD(dollars: "0.000018225"))
            #expect(records.filter { $0.purpose == .shadow }.count == 1, "the baseline is asked to compare")
        }
    }

    @Test(
        "On trial nothing is served; what would have been is compared with the answer that comes, without a call of its own"
    )
    func trial() async throws {
        let rule = Self.rule()
        try await GatewayHarness.run(
            plan: ProvenLever.plan(rule), answer: { _, _ in [RoutingTests.answer("gpt-4o-mini-2024-07-18")] }
        ) { harness in
            var client = try harness.client()
            for text in [Self.first, Self.alike] {
                client.post("/v1/chat/completions", Self.ask(text), headers: ExactCacheTests.acme)
                #expect(try client.answer().header("x-payback-cache") == "miss")
            }
            #expect(harness.upstream.received.count == 2)
            try await harness.wait { harness.core.gates["alike"]?.process.judged == 1 }
            #expect(harness.core.gates["alike"]?.process.judged == 1)
            #expect(harness.core.gates["alike"]?.process.lossSum == 0)
        }
    }

    @Test(
        "Never across tenants, instructions, tools, formats or numbers",
        arguments: [
            ("another customer", [("x-payback-customer", "globex")], ask(alike)),
            (
                "instructions", ExactCacheTests.acme,
                ask(alike).replacing(
                    #""messages":["#, with: #""messages":[{"role":"system","content":"You lie."},"#)
            ),
            ("a tool", ExactCacheTests.acme, ask(alike, #","tools":[{"type":"function","function":{"name":"f"}}]"#)),
            ("a format", ExactCacheTests.acme, ask(alike, #","response_format":{"type":"json_object"}"#)),
            ("a number", ExactCacheTests.acme, ask("How do I reset the password of my 2 accounts?")),
            ("a negation", ExactCacheTests.acme, ask("How do I not reset the password of my account?")),
            ("a higher threshold", ExactCacheTests.acme + [("x-bf-cache-threshold", "0.999")], ask(alike)),
        ] as [(String, [(String, String)], String)])
    func apart(_ name: String, _ headers: [(String, String)], _ body: String) async throws {
        let rule = Self.rule()
        try await GatewayHarness.run(
            plan: ProvenLever.plan(rule), rows: ProvenLever.rows(rule),
            answer: { _, _ in [RoutingTests.answer("gpt-4o-mini-2024-07-18")] }
        ) { harness in
            var client = try harness.client()
            client.post("/v1/chat/completions", Self.ask(Self.first), headers: ExactCacheTests.acme)
            _ = try client.answer()
            client.post("/v1/chat/completions", body, headers: headers)
            #expect(try client.answer().header("x-payback-cache") == "miss", "\(name)")
        }
    }

    @Test("A lower threshold than the rule's is not followed")
    func onlyHigher() async throws {
        let rule = Self.rule { $0.similarity = 0.999 }
        try await GatewayHarness.run(
            plan: ProvenLever.plan(rule), rows: ProvenLever.rows(rule),
            answer: { _, _ in [RoutingTests.answer("gpt-4o-mini-2024-07-18")] }
        ) { harness in
            var client = try harness.client()
            for text in [Self.first, Self.alike] {
                client.post(
                    "/v1/chat/completions", Self.ask(text),
                    headers: ExactCacheTests.acme + [("x-bf-cache-threshold", "0.1")])
                #expect(try client.answer().header("x-payback-cache") == "miss")
            }
        }
    }

    @Test("Embeddings of a model: asked for each question, in the books; one that is down is a miss")
    func remote() async throws {
        let rule = Self.rule { ($0.encoder, $0.similarity) = ("openai/text-embedding-3-small", 0.9) }
        try await GatewayHarness.run(
            plan: ProvenLever.plan(rule), rows: ProvenLever.rows(rule),
            answer: { asked, _ in
                guard asked.uri == "/v1/embeddings" else { return [RoutingTests.answer("gpt-4o-mini-2024-07-18")] }
                if asked.body.contains("down") { return [Wire.json("{}", status: "500 Oh")] }
                return [
                    Wire.json(
                        #"{"object":"list","data":[{"object":"embedding","index":0,"embedding":[0.6,0.8]}],"model":"text-embedding-3-small","usage":{"prompt_tokens":9,"total_tokens":9}}"#
                    )
                ]
            }
        ) { harness in
            var client = try harness.client()
            var seen: [String] = []
            for text in [Self.first, Self.alike, "Is the embedder down?", Self.first] {
                client.post("/v1/chat/completions", Self.ask(text), headers: ExactCacheTests.acme)
                let answer = try client.answer()
                #expect(answer.status == 200)
                seen.append(answer.header("x-payback-cache") ?? "")
            }
            #expect(seen == ["miss", "semantic-hit", "miss", "semantic-hit"])
            let (records, batch) = try await harness.records(count: 10)
            let embeddings = records.filter { $0.purpose == .embedding && $0.status == .ok }
            #expect(embeddings.count == 3 && embeddings.allSatisfy { $0.cost > .zero && $0.usage.totalInput == 9 })
            #expect(embeddings.allSatisfy { batch.vocabulary.text($0.customer) == "acme" })
        }
    }
}
