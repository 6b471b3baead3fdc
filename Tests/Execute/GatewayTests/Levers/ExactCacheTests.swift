import Domain
import Gateway
import GatewayTestSupport
import Ledger
import NIOHTTP1
import Testing

@Suite("The exact cache in the gateway")
struct ExactCacheTests {
    static func plan(_ change: (inout CacheTerms) -> Void = { _ in }) -> Plan {
        var terms = CacheTerms()
        change(&terms)
        var plan = Plan()
        plan.rules = [PlanRule(name: "repeats", action: .cache(terms))]
        return plan
    }

    static let acme = [("x-payback-customer", "acme")]

    @Test("A repetition is answered from the cache: the same bytes, no call, no cost, the saving in its head")
    func hit() async throws {
        try await GatewayHarness.run(plan: Self.plan(), answer: { _, _ in [Wire.json(CallTests.answer)] }) { harness in
            var client = try harness.client()
            for _ in 1...2 { client.post("/v1/chat/completions", CallTests.question, headers: Self.acme) }
            let (first, second) = (try client.answer(), try client.answer())
            #expect(second.body == first.body && second.status == 200)
            #expect(second.header("x-payback-cache") == "hit" && second.header("age") == "0")
            #expect(second.header("x-payback-cost-usd") == "0")
            #expect(second.header("x-payback-saving-usd") == "0.000018225")
            #expect(harness.upstream.received.count == 1)
            let (records, batch) = try await harness.records(count: 2)
            let record = try #require(records.first { $0.action == .exactCacheHit })
            #expect(record.countsAsRequest && record.cost == .zero && record.costKind == .priced)
            #expect(record.baseline == NanoUSD(dollars: "0.000018225") && record.usage.total == 0)
            #expect(batch.vocabulary.text(record.actionReason) == "repeats: answered from the cache")
            #expect(records.filter { $0.action == .pass }.count == 1)
        }
    }

    @Test(
        "A stream is kept and replayed as a stream, event by event",
        arguments: [SurfaceCase.chat, .responses, .messages, .gemini, .azure])
    func streams(_ surface: SurfaceCase) async throws {
        let events = surface.parts + surface.end
        try await GatewayHarness.run(
            plan: Self.plan(), answer: { _, _ in [surface.head] + events.map { .binaryChunk($0) } + [Wire.streamEnd] }
        ) { harness in
            var client = try harness.client()
            let isAnthropic = surface.path.hasSuffix("/messages")
            let headers = Self.acme + (isAnthropic ? [("anthropic-version", "2023-06-01")] : [])
            for _ in 1...2 {
                client.post(surface.path, surface.body, headers: headers)
                let answer = try client.answer()
                #expect(answer.bytes == surface.visible)
            }
            #expect(harness.upstream.received.count == 1)
            let (records, _) = try await harness.records(count: 2)
            #expect(records.filter { $0.action == .exactCacheHit }.count == 1)
        }
    }

    @Test(
        "Nobody gets another's answer, and nobody's are shared by nobody",
        arguments: [
            ("another customer", [("x-payback-customer", "globex")], CallTests.question),
            ("no customer", [], CallTests.question),
            ("another system prompt", acme, question(#"[{"role":"system","content":"Lie."},"#)),
            ("another model", acme, CallTests.question.replacing("gpt-4o-mini", with: "gpt-4o")),
            (
                "a tool", acme,
                CallTests.question.dropLast() + #","tools":[{"type":"function","function":{"name":"f"}}]}"#
            ),
            ("a format", acme, CallTests.question.dropLast() + #","response_format":{"type":"json_object"}}"#),
            ("an account of their own", acme + [("authorization", "Bearer sk-theirs")], CallTests.question),
        ] as [(String, [(String, String)], String)])
    func apart(_ name: String, _ headers: [(String, String)], _ body: String) async throws {
        try await GatewayHarness.run(plan: Self.plan(), answer: { _, _ in [Wire.json(CallTests.answer)] }) { harness in
            var client = try harness.client()
            client.post("/v1/chat/completions", CallTests.question, headers: Self.acme)
            #expect(try client.answer().status == 200)
            for _ in 1...(headers.isEmpty ? 2 : 1) {
                client.post("/v1/chat/completions", body, headers: headers)
                #expect(try client.answer().header("x-payback-cache") != "hit", "\(name)")
            }
            #expect(harness.upstream.received.count == (headers.isEmpty ? 3 : 2))
        }
    }

    private static func question(_ start: String) -> String {
        CallTests.question.replacing(#""messages":["#, with: #""messages":"# + start)
    }

    @Test("Callers who ask the same at once make one call; all get its answer")
    func coalescing() async throws {
        try await GatewayHarness.run(
            plan: Self.plan(), answer: { _, _ in [.wait, Wire.json(CallTests.answer)] }
        ) { harness in
            var first = try harness.client()
            var second = try harness.client()
            var third = try harness.client()
            first.post("/v1/chat/completions", CallTests.question, headers: Self.acme)
            second.post("/v1/chat/completions", CallTests.question, headers: Self.acme)
            third.post("/v1/chat/completions", CallTests.question, headers: Self.acme)
            try await harness.wait { harness.core.waitingCallers == 2 }
            harness.upstream.goOn()
            let answers = [try first.answer(), try second.answer(), try third.answer()]
            #expect(answers.allSatisfy { $0.body == CallTests.answer })
            #expect(harness.upstream.received.count == 1)
            let (records, _) = try await harness.records(count: 3)
            #expect(records.filter { $0.action == .exactCacheHit }.count == 2)
        }
    }

    @Test("Where the call that others wait for fails, each calls for itself, and the failure is not kept")
    func failedLeader() async throws {
        try await GatewayHarness.run(
            change: { $0.retries.attempts = 1 }, plan: Self.plan(),
            answer: { _, number in
                number == 1 ? [.wait, Wire.json("{}", status: "500 Oh")] : [Wire.json(CallTests.answer)]
            }
        ) { harness in
            var first = try harness.client()
            var second = try harness.client()
            var third = try harness.client()
            first.post("/v1/chat/completions", CallTests.question, headers: Self.acme)
            try await harness.wait { harness.upstream.waiting == 1 }
            second.post("/v1/chat/completions", CallTests.question, headers: Self.acme)
            third.post("/v1/chat/completions", CallTests.question, headers: Self.acme)
            try await harness.wait { harness.core.waitingCallers == 2 }
            harness.upstream.goOn()
            #expect(try first.answer().status == 500)
            #expect(try second.answer().body == CallTests.answer)
            #expect(try third.answer().body == CallTests.answer)
            #expect(harness.upstream.received.count == 3)
        }
    }

    @Test("A stream that breaks off is not kept")
    func cutStream() async throws {
        let surface = SurfaceCase.chat
        try await GatewayHarness.run(
            plan: Self.plan(),
            answer: { _, number in
                let events = number == 1 ? surface.parts : surface.parts + surface.end
                return [surface.head] + events.map { .binaryChunk($0) } + (number == 1 ? [.close] : [Wire.streamEnd])
            }
        ) { harness in
            var client = try harness.client()
            client.post(surface.path, surface.body, headers: Self.acme)
            _ = try? client.answer()
            var second = try harness.client()
            second.post(surface.path, surface.body, headers: Self.acme)
            #expect(try second.answer().bytes == surface.visible)
            #expect(harness.upstream.received.count == 2)
        }
    }

    @Test("A hard budget that is spent does not refuse what costs nothing; a limit of requests does")
    func limits() async throws {
        var key = VirtualKey(
            id: "key_1", secretHash: AttributionTests.hash(of: "sk-pb-one"), createdAt: Timestamp(seconds: 0))
        key.customer = "acme"
        key.limits.requestsPerMinute = 3
        let limited = key
        try await GatewayHarness.run(
            change: { $0.keys = [limited] },
            plan: Self.plan(), answer: { _, _ in [Wire.json(CallTests.answer)] }
        ) { harness in
            var client = try harness.client()
            var statuses: [Int] = []
            for _ in 1...4 {
                client.post(
                    "/v1/chat/completions", CallTests.question, headers: [("authorization", "Bearer sk-pb-one")])
                statuses.append(try client.answer().status)
            }
            #expect(statuses == [200, 200, 200, 429])
        }
    }

    @Test("What is held out is left untouched, and warms no cache")
    func holdout() async throws {
        var plan = Self.plan()
        plan.holdout.share = 0.9
        let everyone = plan
        try await GatewayHarness.run(plan: everyone, answer: { _, _ in [Wire.json(CallTests.answer)] }) { harness in
            var client = try harness.client()
            for number in 1...40 {
                for _ in 1...2 {
                    let body = CallTests.question.replacing("Santa", with: "Santa \(number)")
                    client.post("/v1/chat/completions", body, headers: Self.acme)
                    #expect(try client.answer().status == 200)
                }
            }
            let (records, batch) = try await harness.records(count: 80)
            let held = records.filter { $0.action == .heldOut }
            #expect((60...80).contains(held.count), "nine of ten prompts, each twice")
            #expect(held.allSatisfy { batch.vocabulary.text($0.experimentArm) == "holdout" })
            let treated = records.filter { $0.action != .heldOut }
            #expect(treated.allSatisfy { batch.vocabulary.text($0.experimentArm) == "treated" })
            #expect(treated.filter { $0.action == .exactCacheHit }.count * 2 == treated.count)
        }
    }
}

@Suite("What callers ask of the cache")
struct CacheWishTests {
    /// The statuses of a first call, a repetition with headers, and one more repetition; and how often was called.
    private func three(
        _ headers: [(String, String)], body: String = CallTests.question
    ) async throws -> (answers: [String], calls: Int) {
        var found: [String] = []
        var calls = 0
        try await GatewayHarness.run(
            plan: ExactCacheTests.plan(), answer: { _, _ in [Wire.json(CallTests.answer)] }
        ) { harness in
            var client = try harness.client()
            for (extra, body) in [([], CallTests.question), (headers, body), ([], CallTests.question)] {
                client.post("/v1/chat/completions", body, headers: ExactCacheTests.acme + extra)
                let answer = try client.answer()
                found.append("\(answer.status) \(answer.header("x-payback-cache") ?? "")")
            }
            calls = harness.upstream.received.count
            #expect(harness.upstream.received.allSatisfy { !$0.body.contains("no-cache") })
        }
        return (found, calls)
    }

    @Test(
        "The words of each gateway",
        arguments: [
            ("cache-control", "no-cache", "200 refresh", 2), ("cache-control", "no-store", "200 hit", 1),
            ("cache-control", "no-cache, no-store", "200 bypass", 2), ("cache-control", "max-age=3600", "200 hit", 1),
            ("cf-aig-skip-cache", "true", "200 bypass", 2), ("helicone-cache-enabled", "false", "200 bypass", 2),
            ("x-portkey-cache-force-refresh", "true", "200 refresh", 2), ("x-payback-cache", "off", "200 bypass", 2),
            ("x-payback-cache-namespace", "other", "200 miss", 2), ("x-payback-cache", "odd", "200 bypass", 2),
        ])
    func words(_ name: String, _ value: String, _ second: String, _ calls: Int) async throws {
        let (answers, made) = try await three([(name, value)])
        #expect(answers == ["200 miss", second, "200 hit"] && made == calls)
    }

    @Test("LiteLLM's member of the body is followed, and not sent on")
    func member() async throws {
        for body in [
            String(CallTests.question.dropLast()) + #", "cache" : {"no-cache": true} }"#,
            #"{"cache":{"no-cache":true},"# + String(CallTests.question.dropFirst()),
        ] {
            let (answers, made) = try await three([], body: body)
            #expect(answers == ["200 miss", "200 refresh", "200 hit"] && made == 2)
        }
    }

    @Test("Nothing but a kept answer: 504 where there is none, and no call")
    func onlyCached() async throws {
        try await GatewayHarness.run(
            plan: ExactCacheTests.plan(), answer: { _, _ in [Wire.json(CallTests.answer)] }
        ) { harness in
            var client = try harness.client()
            let headers = ExactCacheTests.acme + [("cache-control", "only-if-cached")]
            client.post("/v1/chat/completions", CallTests.question, headers: headers)
            let refused = try client.answer()
            #expect(refused.status == 504 && refused.body.contains("not_cached"))
            client.post("/v1/chat/completions", CallTests.question, headers: ExactCacheTests.acme)
            #expect(try client.answer().status == 200)
            client.post("/v1/chat/completions", CallTests.question, headers: headers)
            #expect(try client.answer().header("x-payback-cache") == "hit")
            #expect(harness.upstream.received.count == 1 && harness.core.waitingCallers == 0)
        }
    }
}
