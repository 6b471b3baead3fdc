import Domain
import Gateway
import GatewayTestSupport
import JSONScan
import Ledger
import NIOHTTP1
import Policy
import Testing

@Suite("Routing in the gateway")
struct RoutingTests {
    static let question = CallTests.question.replacing("gpt-4o-mini", with: "gpt-4o")

    static func answer(_ model: String, _ text: String = "Yes.") -> ScriptedUpstream.Step {
        Wire.json(
            CallTests.answer.replacing("gpt-4o-mini-2024-07-18", with: model)
                .replacing("Yes.", with: text))
    }

    static func model(_ body: String) -> String { (try? JSONValue.parse(body))?["model"]?.text ?? "" }

    @Test("What is proven goes to the other model, at its price; the saving is told")
    func proven() async throws {
        let rule = ProvenLever.route(to: "gpt-4o-mini")
        try await GatewayHarness.run(
            plan: ProvenLever.plan(rule), rows: ProvenLever.rows(rule),
            answer: { asked, _ in [Self.answer(Self.model(asked.body))] }
        ) { harness in
            var client = try harness.client()
            client.post("/v1/chat/completions", Self.question, headers: ExactCacheTests.acme)
            let answer = try client.answer()
            #expect(answer.status == 200 && answer.body.contains("gpt-4o-mini"))
            // 50 × 2.5 + 7 × 1.25 + 17 × 10 USD per million as asked; 0.000018225 at the other model's price.
            #expect(answer.header("x-payback-cost-usd") == "0.000018225")
            #expect(answer.header("x-payback-saving-usd") == "0.000285525")
            let (records, batch) = try await harness.records(count: 2)
            let served = try #require(records.first { $0.purpose == .serve })
            #expect(served.action == .routed && batch.vocabulary.text(served.requestedModel) == "gpt-4o")
            #expect(batch.vocabulary.text(served.baselineMethod) == "as_asked_same_tokens")
            let shadow = try #require(records.first { $0.purpose == .shadow })
            #expect(batch.vocabulary.text(shadow.model) == "gpt-4o" && shadow.cost > served.cost)
            #expect(batch.string(shadow.requestID) == batch.string(served.requestID))
        }
    }

    @Test("On trial the caller gets what was asked for; the other model is tried beside it until it is proven")
    func shadowToOn() async throws {
        let rule = ProvenLever.route(to: "gpt-4o-mini")
        try await GatewayHarness.run(
            plan: ProvenLever.plan(rule), answer: { asked, _ in [Self.answer(Self.model(asked.body))] }
        ) { harness in
            var client = try harness.client()
            var states: [LeverState] = []
            var served: [String] = []
            for number in 1...40 {
                let judged = harness.core.gates["cheaper"]?.process.judged ?? 0
                client.post(
                    "/v1/chat/completions", Self.question.replacing("Santa", with: "Santa \(number)"),
                    headers: ExactCacheTests.acme)
                let state = try #require(harness.core.gates["cheaper"]?.state)
                if states.last != state { states.append(state) }
                served.append(Self.model(try client.answer().body))
                try await harness.wait { harness.core.gates["cheaper"]?.process.judged ?? 0 > judged }
            }
            #expect(states == [.shadow, .canary, .on])
            #expect(served.first == "gpt-4o" && served.last == "gpt-4o-mini")
            let (records, _) = try harness.records()
            #expect(records.filter { $0.purpose == .serve }.count == 40)
            #expect(records.filter { $0.purpose == .shadow }.count == 40)
        }
    }

    @Test("A model that gets worse is taken back by itself, and callers get what they asked for again")
    func rolledBack() async throws {
        let rule = ProvenLever.route(to: "gpt-4o-mini")
        try await GatewayHarness.run(
            plan: ProvenLever.plan(rule), rows: ProvenLever.rows(rule),
            answer: { asked, _ in
                let model = Self.model(asked.body)
                return [Self.answer(model, model == "gpt-4o" ? "Yes." : "No.")]
            }
        ) { harness in
            var client = try harness.client()
            var models: [String] = []
            for number in 1...30 {
                let judged = harness.core.gates["cheaper"]?.process.judged ?? 0
                client.post(
                    "/v1/chat/completions", Self.question.replacing("Santa", with: "Santa \(number)"),
                    headers: ExactCacheTests.acme)
                models.append(Self.model(try client.answer().body))
                if harness.core.gates["cheaper"]?.state == .rolledBack { continue }
                try await harness.wait {
                    harness.core.gates["cheaper"]?.process.judged ?? 0 > judged
                        || harness.core.gates["cheaper"]?.state == .rolledBack
                }
            }
            let gate = try #require(harness.core.gates["cheaper"])
            #expect(gate.state == .rolledBack && gate.transitions.last?.cause == .alarm)
            #expect(models.first == "gpt-4o-mini" && models.last == "gpt-4o")
        }
    }

    @Test("Where the other model fails, the one asked for answers, and nothing is said to be saved")
    func fallback() async throws {
        let rule = ProvenLever.route(to: "gpt-4o-mini")
        try await GatewayHarness.run(
            plan: ProvenLever.plan(rule), rows: ProvenLever.rows(rule),
            answer: { asked, _ in
                let model = Self.model(asked.body)
                return [model == "gpt-4o" ? Self.answer(model) : Wire.json("{}", status: "500 Oh")]
            }
        ) { harness in
            var client = try harness.client()
            client.post("/v1/chat/completions", Self.question, headers: ExactCacheTests.acme)
            let answer = try client.answer()
            #expect(answer.status == 200 && Self.model(answer.body) == "gpt-4o")
            #expect(answer.header("x-payback-saving-usd") == "0")
            let (records, _) = try await harness.records(count: 2)
            #expect(records.map(\.purpose).sorted { $0.rawValue < $1.rawValue } == [.serve, .retry])
            #expect(records.first { $0.purpose == .serve }?.action == .pass)
        }
    }

    static let translated: [(caller: SurfaceCase, upstream: SurfaceCase, provider: String, model: String)] = [
        (.chat, .messages, "anthropic", "claude-haiku-4-5"), (.chat, .gemini, "google", "gemini-2.5-flash"),
        (.messages, .chat, "openai", "gpt-4o-mini"), (.gemini, .chat, "openai", "gpt-4o-mini"),
        (.messages, .gemini, "google", "gemini-2.5-flash"), (.gemini, .messages, "anthropic", "claude-haiku-4-5"),
    ]

    @Test("Across APIs: the caller's stream is in its own words, metered by the other's", arguments: translated)
    func acrossAPIs(
        _ pair: (caller: SurfaceCase, upstream: SurfaceCase, provider: String, model: String)
    ) async throws {
        let rule = ProvenLever.route(to: pair.model, of: pair.provider)
        try await GatewayHarness.run(
            plan: ProvenLever.plan(rule), rows: ProvenLever.rows(rule),
            answer: { asked, number in
                if number > 1 { return [Wire.json("{}", status: "400 No")] }
                return [pair.upstream.head] + (pair.upstream.parts + pair.upstream.end).map { .binaryChunk($0) }
                    + [Wire.streamEnd]
            }
        ) { harness in
            var client = try harness.client()
            let isAnthropic = pair.caller.name == "messages"
            client.post(
                pair.caller.path, pair.caller.body,
                headers: ExactCacheTests.acme + (isAnthropic ? [("anthropic-version", "2023-06-01")] : []))
            let answer = try client.answer()
            #expect(answer.status == 200 && answer.header("content-type")?.hasPrefix("text/event-stream") ?? false)
            #expect(answer.body.contains("Yes, he is ") && answer.body.contains("quite real."))
            let asked = try #require(harness.upstream.received.first)
            #expect(asked.headers["x-payback-customer"].isEmpty)
            let (records, _) = try await harness.records(count: 1)
            let record = try #require(records.first { $0.purpose == .serve })
            #expect(record.action == .routed && record.status == .ok)
            #expect(record.usage.totalInput == 57 && record.usage.output.known == 17)
        }
    }

    @Test("What the other API cannot say goes to the model asked for, and the reason is kept")
    func untranslatable() async throws {
        let rule = ProvenLever.route(to: "claude-haiku-4-5", of: "anthropic")
        let body = Self.question.dropLast() + #","logit_bias":{"50256":-100}}"#
        try await GatewayHarness.run(
            plan: ProvenLever.plan(rule), rows: ProvenLever.rows(rule),
            answer: { asked, _ in [Self.answer(Self.model(asked.body))] }
        ) { harness in
            var client = try harness.client()
            client.post("/v1/chat/completions", String(body), headers: ExactCacheTests.acme)
            #expect(Self.model(try client.answer().body) == "gpt-4o")
            let (records, batch) = try await harness.records(count: 1)
            let reason = try #require(records.first.flatMap { batch.vocabulary.text($0.actionReason) })
            #expect(reason == #"cheaper: claude-haiku-4-5 has no counterpart for "logit_bias""#)
        }
    }

    @Test(
        "A cascade serves what passes its checks, and escalates the rest; the cheap answer is in the books",
        arguments: [(#"{\"sum\": 3}"#, "gpt-4o-mini"), ("Well, three?", "gpt-4o")])
    func cascade(_ text: String, _ server: String) async throws {
        let rule = ProvenLever.route(to: "gpt-4o-mini") { $0.checks = [.json] }
        try await GatewayHarness.run(
            plan: ProvenLever.plan(rule), rows: ProvenLever.rows(rule),
            answer: { asked, _ in
                let model = Self.model(asked.body)
                return [Self.answer(model, model == "gpt-4o" ? "sure" : text)]
            }
        ) { harness in
            var client = try harness.client()
            client.post("/v1/chat/completions", Self.question, headers: ExactCacheTests.acme)
            #expect(Self.model(try client.answer().body) == server)
            let (records, batch) = try await harness.records(count: 2)
            let cheap = try #require(
                records.first { batch.vocabulary.text($0.model) == "gpt-4o-mini" })
            #expect(cheap.cost > .zero && cheap.purpose == (server == "gpt-4o" ? .shadow : .serve))
            #expect(records.filter(\.countsAsRequest).count == 1)
        }
    }
}

@Suite("What levers must not do")
struct LeverSafetyTests {
    private static func run(
        _ rule: PlanRule, change: @escaping (inout GatewayConfiguration) -> Void = { _ in },
        _ answer: @escaping @Sendable (String) -> [ScriptedUpstream.Step] = { [RoutingTests.answer($0)] },
        _ test: (GatewayHarness) async throws -> Void
    ) async throws {
        try await GatewayHarness.run(
            change: change, plan: ProvenLever.plan(rule), rows: ProvenLever.rows(rule),
            answer: { asked, _ in answer(RoutingTests.model(asked.body)) }, test)
    }

    @Test("An error of the other model's goes to nobody: the model asked for answers", arguments: [400, 401, 404, 429])
    func errors(_ status: Int) async throws {
        try await Self.run(
            ProvenLever.route(to: "gpt-4o-mini"), change: { $0.retries.budgetShare = 0 },
            { $0 == "gpt-4o" ? [RoutingTests.answer($0)] : [Wire.json("{}", status: "\(status) No")] }
        ) { harness in
            var client = try harness.client()
            client.post("/v1/chat/completions", RoutingTests.question, headers: ExactCacheTests.acme)
            let answer = try client.answer()
            #expect(answer.status == 200 && RoutingTests.model(answer.body) == "gpt-4o")
            let (records, batch) = try await harness.records(count: 2)
            let failed = try #require(records.first { $0.status == .failed })
            #expect(batch.vocabulary.text(failed.model) == "gpt-4o-mini", "the failure is the other model's")
        }
    }

    @Test("A model without a price does not meet a hard budget: the model asked for does")
    func unpriced() async throws {
        let budget = Budget(
            id: "b1", scope: .total, limit: try #require(NanoUSD(dollars: "5")), period: .day, enforcement: .hard)
        try await Self.run(ProvenLever.route(to: "made-up-model"), change: { $0.budgets = [budget] }) { harness in
            var client = try harness.client()
            client.post("/v1/chat/completions", RoutingTests.question, headers: ExactCacheTests.acme)
            let answer = try client.answer()
            #expect(answer.status == 200 && RoutingTests.model(answer.body) == "gpt-4o")
        }
    }

    @Test("Vectors of another model mean something else: embeddings are never routed")
    func embeddings() async throws {
        try await Self.run(ProvenLever.route(to: "text-embedding-3-small")) { harness in
            var client = try harness.client()
            client.post(
                "/v1/embeddings", #"{"model":"text-embedding-3-large","input":"Santa"}"#,
                headers: ExactCacheTests.acme)
            _ = try client.answer()
            #expect(harness.upstream.received.map { RoutingTests.model($0.body) } == ["text-embedding-3-large"])
        }
    }

    @Test("Who names an upstream gets it")
    func named() async throws {
        try await Self.run(ProvenLever.route(to: "gpt-4o-mini")) { harness in
            var client = try harness.client()
            client.post(
                "/v1/chat/completions", RoutingTests.question,
                headers: ExactCacheTests.acme + [("x-payback-upstream", "openai")])
            #expect(RoutingTests.model(try client.answer().body) == "gpt-4o")
        }
    }

    @Test("What a lever is tried with counts against no limit of the caller's")
    func limits() async throws {
        var key = VirtualKey(
            id: "key_1", secretHash: AttributionTests.hash(of: "sk-pb-one"), createdAt: Timestamp(seconds: 0))
        key.limits.requestsPerMinute = 8
        let limited = key
        try await Self.run(ProvenLever.route(to: "gpt-4o-mini"), change: { $0.keys = [limited] }) { harness in
            var client = try harness.client()
            for _ in 1...8 {
                client.post(
                    "/v1/chat/completions", RoutingTests.question, headers: [("authorization", "Bearer sk-pb-one")])
                #expect(try client.answer().status == 200)
            }
            let (records, _) = try await harness.records(count: 16)
            #expect(records.filter { $0.purpose == .shadow }.count == 8)
        }
    }

    @Test("A name is no proof: a key that bears none shares no answers with the key that does")
    func vouched() async throws {
        func key(_ id: String, _ secret: String, _ customer: String?) -> VirtualKey {
            var key = VirtualKey(
                id: id, secretHash: AttributionTests.hash(of: secret), createdAt: Timestamp(seconds: 0))
            key.customer = customer
            return key
        }
        let keys = [key("key_1", "sk-pb-one", "acme"), key("key_2", "sk-pb-two", nil), key("key_3", "sk-pb-3", "acme")]
        try await GatewayHarness.run(
            change: { $0.keys = keys }, plan: ExactCacheTests.plan(), answer: { _, _ in [Wire.json(CallTests.answer)] }
        ) { harness in
            var client = try harness.client()
            var seen: [String] = []
            for secret in ["sk-pb-one", "sk-pb-two", "sk-pb-3"] {
                client.post(
                    "/v1/chat/completions", CallTests.question,
                    headers: [("authorization", "Bearer \(secret)"), ("x-payback-customer", "acme")])
                seen.append(try client.answer().header("x-payback-cache") ?? "")
            }
            #expect(seen == ["miss", "miss", "hit"])
        }
    }

    @Test("An exact miss that a semantic answer ends leaves nobody waiting")
    func semanticBehindExact() async throws {
        let alike = SemanticCacheTests.rule()
        var plan = ExactCacheTests.plan()
        plan.rules.append(alike)
        let both = plan
        try await GatewayHarness.run(
            plan: both, rows: ProvenLever.rows(alike),
            answer: { _, _ in [RoutingTests.answer("gpt-4o-mini-2024-07-18")] }
        ) { harness in
            var client = try harness.client()
            var seen: [String] = []
            for text in ["reset the password of my account", "reset the password of my accounts"] {
                for _ in 1...2 {
                    client.post(
                        "/v1/chat/completions",
                        #"{"model":"gpt-4o-mini","messages":[{"role":"user","content":"How do I \#(text)?"}]}"#,
                        headers: ExactCacheTests.acme)
                    seen.append(try client.answer().header("x-payback-cache") ?? "")
                }
            }
            #expect(seen == ["miss", "hit", "semantic-hit", "semantic-hit"])
            #expect(harness.core.waitingCallers == 0)
        }
    }
}
