import Documents
import Domain
import Inputs
import Policy
import Testing

@Suite("Deciding by a plan")
struct PolicyEngineTests {
    private func plan(_ text: String) throws -> Plan {
        try PlanReader.read(try YAMLDocument(text: text, file: "plan.yaml"))
    }

    /// A request of a customer for a feature.
    private func request(
        _ batch: inout RecordBatch, at seconds: Int64, prompt: UInt64, customer: String = "acme",
        feature: String = "search",
        model: String = "large", session: String = "", input: Int64 = 100
    ) -> PolicyRequest {
        var record = UsageRecord()
        record.startedAt = Timestamp(seconds: seconds)
        record.latency = 500_000
        record.customer = batch.vocabulary.term(customer)
        record.feature = batch.vocabulary.term(feature)
        record.model = batch.vocabulary.term(model)
        record.prompt.exact = PromptHash(high: StableShare.salt("\(prompt)"), low: prompt)
        record.prompt.normalised = record.prompt.exact
        record.usage.uncachedInput = TokenCount(input)
        record.session = batch.append(session)
        return PolicyRequest.of(record, in: batch)
    }

    private static let text = """
        rules:
          - {name: repeats, lever: cache, scope: customer, ttl_seconds: 60, when: {features: [search]}}
          - {name: small, lever: routing, to: {provider: openai, model: small}, share: 0.5, when: {max_input_tokens: 500}}
          - {name: never, lever: service_tier, tier: batch, state: shadow}
        """

    @Test("A repeated prompt is answered from its own customer's cache, once the first answer is complete")
    func cache() throws {
        var engine = PolicyEngine(try plan(Self.text))
        var batch = RecordBatch()
        func decide(_ request: PolicyRequest) -> PolicyDecision {
            let decision = engine.decide(request, batch.vocabulary)
            if !decision.isHit { engine.answered(request, by: decision) }
            return decision
        }
        let first = decide(request(&batch, at: 100, prompt: 1))
        #expect(first.cache?.outcome == .miss)
        let again = decide(request(&batch, at: 101, prompt: 1))
        #expect(again.isHit && again.route == nil, "a hit is not routed as well")
        let other = decide(request(&batch, at: 102, prompt: 1, customer: "other"))
        #expect(other.cache?.outcome == .miss, "never across customers")
        let model = decide(request(&batch, at: 102, prompt: 1, model: "medium"))
        #expect(model.cache?.outcome == .miss, "another model gives another answer")
        #expect(decide(request(&batch, at: 200, prompt: 1)).cache?.outcome == .expired)
        #expect(decide(request(&batch, at: 200, prompt: 1, feature: "chat")).cache == nil)
        #expect(again.reason(in: engine.plan).contains("repeats: answered from the cache"))
    }

    @Test("Shares are drawn by hash: alike for the same prompt, as large as stated; rules that are not on do nothing")
    func shares() throws {
        var engine = PolicyEngine(try plan(Self.text))
        var batch = RecordBatch()
        var routed = 0
        for prompt in UInt64(0)..<4_000 {
            let one = engine.decide(request(&batch, at: 1, prompt: prompt, feature: "chat"), batch.vocabulary)
            let two = engine.decide(request(&batch, at: 900, prompt: prompt, feature: "chat"), batch.vocabulary)
            #expect(one == two && one.tier == nil)
            if one.route != nil { routed += 1 }
        }
        #expect((1_900...2_100).contains(routed))
        let long = engine.decide(request(&batch, at: 1, prompt: 9, input: 900), batch.vocabulary)
        #expect(long.route == nil, "too long for the rule")
        let already = engine.decide(request(&batch, at: 1, prompt: 9, model: "small"), batch.vocabulary)
        #expect(already.route == nil, "it asks for that model anyway")
    }

    @Test("A holdout takes its share of each customer's sessions, whole, and warms no cache")
    func holdout() throws {
        let held = try plan("holdout: {share: 0.2}\n" + Self.text)
        var engine = PolicyEngine(held)
        var batch = RecordBatch()
        for customer in ["acme", "other"] {
            var count = 0
            for number in 0..<2_000 {
                let ask = { (batch: inout RecordBatch, prompt: Int) in
                    self.request(
                        &batch, at: 1, prompt: UInt64(prompt), customer: customer, session: "\(customer)-\(number)")
                }
                let first = engine.decide(ask(&batch, number), batch.vocabulary)
                let second = engine.decide(ask(&batch, number + 70_000), batch.vocabulary)
                #expect(first.isHeldOut == second.isHeldOut, "a session stays on one side")
                if first.isHeldOut {
                    count += 1
                    #expect(first.cache == nil && first.route == nil)
                    #expect(first.reason(in: held).contains("held out"))
                }
            }
            #expect((340...460).contains(count))
        }
    }

    @Test("A plan that is written is read back the same")
    func roundTrip() throws {
        var made = try plan(
            """
            name: October
            holdout: {share: 0.05, salt: autumn}
            commitments: [azure]
            reference: [{feature: search, provider: openai, model: large, input_tokens: 900, output_tokens: 80}]
            rules:
              - {name: a, lever: cache, match: semantic, encoder: minilm, similarity: 0.97, lookup_cost_usd: 0.00002}
              - name: b
                lever: routing
                to: {provider: openai, model: small}
                escalation_share: 0.1
                shadow_share: 0.02
                judge_cost_usd: 0.001
                largest_loss: 0.02
                when: {teams: [t], min_input_tokens: 10, max_input_tokens: 20}
                evidence: {judged: 300, wrong: 2, judge: exact}
              - {name: c, lever: prompt_reduction, reduction: 0.15}
              - {name: d, lever: output_reduction, reduction: 0.3, of: reasoning}
              - {name: e, lever: prompt_caching, ttl_seconds: 3600, writes: predicted}
              - {name: f, lever: service_tier, tier: flex, share: 0.3, state: canary}
            """)
        made.rules[0].predictedMonthly = NanoUSD(nanos: 123_456_789)
        #expect(try plan(made.json.text) == made)
    }

    @Test(
        "Bad plans are refused with the key and the line",
        arguments: [
            ("rules:\n  - {name: a, lever: magic}", "plan.yaml:2: rules.0.lever", "none of cache"),
            ("rules:\n  - {name: a}", "rules.0.lever", "missing"),
            (
                "rules:\n  - {name: a, lever: routing, share: 1.5, to: {provider: p, model: m}}", "rules.0.share",
                "0.0 to 1.0"
            ),
            ("rules:\n  - {name: a, lever: routing}", "rules.0.to", "missing"),
            ("rules:\n  - {name: a, lever: cache, match: semantic}", "rules.0.encoder", "do not carry over"),
            ("rules:\n  - {name: a, lever: cache, similarity: 1.2}", "rules.0.similarity", "0.0 to 1.0"),
            ("rules:\n  - {name: a, lever: cache, lookup_cost_usd: -1}", "rules.0.lookup_cost_usd", "0.0"),
            ("rules:\n  - {name: a, lever: cache}\n  - {name: a, lever: cache}", "plan.yaml:3: rules.1", "two rules"),
            (
                "rules: [{name: a, lever: cache, when: {min_input_tokens: 9, max_input_tokens: 3}}]",
                "max_input_tokens", "at least"
            ),
            ("rules: [{name: a, lever: cache, evidence: {judged: 3, wrong: 9}}]", "evidence.wrong", "at most"),
            ("holdout: {share: 2}", "plan.yaml:1: holdout.share", "0.9"), ("rulez: []", "rulez", "is rules meant"),
            ("format_version: 9", "format_version", "newer Payback"),
        ])
    func refused(text: String, place: String, words: String) {
        #expect { try plan(text) } throws: { "\($0)".contains(place) && "\($0)".contains(words) }
    }
}
