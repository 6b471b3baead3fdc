import Domain
import Inputs
import Policy
import Pricing
import Statistics
import Testing

@testable import Savings

@Suite("Replay of recorded traffic")
struct ReplayTests {
    private func plan(_ text: String) throws -> Plan {
        try PlanReader.read(try YAMLDocument(text: text, file: "plan.yaml"))
    }

    /// Traffic of three weeks: two models, three features, prompts that repeat, some records without a price.
    private func traffic(_ count: Int, scale: Int64 = 1, seed: UInt64 = 5) -> RecordBatch {
        var random = SeededRandom(seed: seed)
        var batch = RecordBatch()
        for number in 0..<count {
            var record = UsageRecord()
            record.identity = UInt64(number + 1)
            record.startedAt = Timestamp(
                microseconds: Timestamp(year: 2026, month: 10, day: 1).microseconds + Int64(number)
                    * (21 * Timestamp.microsecondsPerDay / Int64(count)))
            record.latency = 400_000
            record.provider = batch.vocabulary.term("openai")
            record.model = batch.vocabulary.term(random.below(3) == 0 ? "gpt-5-mini" : "gpt-5")
            record.feature = batch.vocabulary.term(["search", "chat", "mail"][random.below(3)])
            record.customer = batch.vocabulary.term("customer \(random.below(5))")
            let prompt = UInt64(random.below(count / 3) + 1)
            record.prompt.exact = PromptHash(high: prompt &* 0x9e37_79b9_7f4a_7c15, low: prompt)
            record.prompt.normalised = record.prompt.exact
            let start = UInt32(batch.prefixHashes.count)
            batch.prefixHashes += (0..<4).map { prompt % 7 &* 1_000 &+ UInt64($0) &+ 1 }
            record.prompt.prefix = ItemSpan(start: start, count: 4)
            record.prompt.prefixBlockTokens = 512
            record.usage.uncachedInput = TokenCount(2_048 + Int64(random.below(900)))
            record.usage.cacheRead = .zero
            record.usage.output = TokenCount(Int64(random.below(400)))
            if random.below(20) == 0 {
                record.costKind = .unpriced
            } else {
                record.costKind = .reported
                record.cost = NanoUSD(nanos: Int64(random.below(9_000_000)) * scale)
            }
            batch.records.append(record)
        }
        return batch
    }

    private func replay(_ text: String, _ batch: RecordBatch) throws -> ReplayResult {
        var replay = Replay(try plan(text), prices: try PriceBook.shipped())
        replay.take(batch)
        return replay.result
    }

    private static let whole = """
        name: All levers
        holdout: {share: 0.05}
        rules:
          - {name: repeats, lever: cache, match: exact, ttl_seconds: 86400, when: {features: [search, mail]}}
          - {name: small, lever: routing, to: {provider: openai, model: gpt-5-mini}, share: 0.6, escalation_share: 0.05}
          - {name: shorter, lever: prompt_reduction, reduction: 0.1}
          - {name: brief, lever: output_reduction, reduction: 0.2}
          - {name: prefixes, lever: prompt_caching, ttl_seconds: 3600}
          - {name: flex, lever: service_tier, tier: flex, share: 0.3}
        """

    @Test("An empty plan saves exactly nothing, to the nano-dollar")
    func empty() throws {
        let result = try replay("name: nothing", traffic(3_000))
        #expect(result.saving == .zero && result.sums.planned == result.sums.asked)
        #expect(result.sums.asked == result.sums.recorded && result.sums.asked > .zero)
        #expect(result.sums.unpricedRequests > 50, "what has no price is counted, not dropped")
    }

    @Test("The levers' savings sum to the whole, each day's to the same, and twice the money is twice the saving")
    func sums() throws {
        let one = try replay(Self.whole, traffic(4_000))
        let parts = one.rows.reduce(NanoUSD.zero) { $0 + $1.tally.saving }
        #expect(parts == one.saving && one.saving > .zero && one.saving < one.sums.asked)
        let days = one.days.reduce(NanoUSD.zero) { $0 + ($1.asked - $1.planned) }
        #expect(days == one.saving && one.days.count == 21)
        let touched = one.rows.map(\.tally.touched)
        #expect(touched.allSatisfy { $0 > 0 } && one.heldOut.requests > 100)
        // A cache costs nothing here, so what it saves is what its hits cost: that doubles exactly.
        let caching = "rules: [{name: repeats, lever: cache, match: exact}]"
        let single = try replay(caching, traffic(4_000))
        let double = try replay(caching, traffic(4_000, scale: 2))
        #expect(double.saving.nanos == 2 * single.saving.nanos && single.saving > .zero)
    }

    @Test("Alone a lever saves at least what it saves behind the others, where they only take from it")
    func alone() throws {
        let result = try replay(
            """
            rules:
              - {name: repeats, lever: cache}
              - {name: shorter, lever: prompt_reduction, reduction: 0.2}
            """, traffic(3_000))
        #expect(result.rows[0].alone == result.rows[0].tally.saving)
        #expect(result.rows[1].alone > result.rows[1].tally.saving)
    }

    @Test("Alone is what a plan of that rule alone would save")
    func aloneIsSingle() throws {
        let whole = try replay(Self.whole, traffic(2_000))
        let lines = Self.whole.split(separator: "\n").filter { $0.contains("- {name") }
        for (position, line) in lines.enumerated() {
            let single = try replay("holdout: {share: 0.05}\nrules:\n\(line)\n", traffic(2_000))
            #expect(whole.rows[position].alone == single.saving, "\(line)")
        }
    }

    @Test("A recorded cache hit has no tokens, so no lever can save on its call")
    func recordedHit() throws {
        var batch = traffic(1)
        batch.records[0].action = .exactCacheHit
        batch.records[0].model = batch.vocabulary.term("gpt-5")
        batch.records[0].usage = TokenUsage(uncachedInput: .zero, output: .zero)
        (batch.records[0].costKind, batch.records[0].cost) = (.priced, .zero)
        (batch.records[0].baseline, batch.records[0].baselineMethod) = (
            NanoUSD(nanos: 16_000_000), batch.vocabulary.term("as_asked")
        )
        let result = try replay(
            "rules: [{name: small, lever: routing, to: {provider: openai, model: gpt-5-mini}}]", batch)
        #expect(result.saving == .zero && result.sums.asked.nanos == 16_000_000)
        #expect(result.rows[0].tally.unpriced == 1)
    }

    @Test("An interval needs eight days, and holds the estimate")
    func interval() throws {
        let result = try replay(Self.whole, traffic(4_000))
        let range = try #require(result.interval)
        let share = try #require(result.savingShare)
        #expect(range.contains(share) && range.upperBound - range.lowerBound < 0.2)
        var week = traffic(4_000)
        let start = Timestamp(year: 2026, month: 10, day: 1)
        week.records.removeAll { $0.startedAt.day - start.day >= 7 }
        #expect(try replay(Self.whole, week).interval == nil)
    }

    @Test("What a routed request costs is the other model's price, with escalations, shadows and judges")
    func routing() throws {
        var batch = traffic(1)
        batch.records[0].costKind = .priced
        batch.records[0].cost = NanoUSD(nanos: 10_000_000)
        batch.records[0].model = batch.vocabulary.term("gpt-5")
        batch.records[0].usage = TokenUsage(
            uncachedInput: TokenCount(1_000), cacheRead: TokenCount(1_000), cacheWrite5m: .zero, cacheWrite1h: .zero,
            output: TokenCount(100))
        let result = try replay(
            "rules: [{name: small, lever: routing, to: {provider: openai, model: gpt-5-mini}, escalation_share: 0.1, shadow_share: 0.05, judge_cost_usd: 0.001}]",
            batch)
        // 2,000 × 0.25 + 100 × 2.00 USD per million: the small model's cache knows nothing of the prompt yet.
        let small: Int64 = 700_000
        let extra: Int64 = 1_000_000 + 550_000
        #expect(result.sums.planned.nanos == small + extra)
    }

    @Test("Provisioned throughput is freed, not saved in cash; going elsewhere costs cash")
    func commitment() throws {
        var batch = traffic(400)
        for position in batch.records.indices {
            batch.records[position].serviceTier = batch.vocabulary.term("provisioned")
        }
        let cached = try replay("rules: [{name: repeats, lever: cache}]", batch)
        #expect(cached.sums.freedCommitment == cached.saving && cached.sums.cashSaving == .zero)
        let stated = try replay(
            "commitments: [openai]\nrules: [{name: repeats, lever: cache}]", traffic(400))
        #expect(stated.sums.freedCommitment == stated.saving && stated.saving > .zero)
    }

    @Test("A reference plan is a baseline of its own; the baseline as asked stays beside it")
    func reference() throws {
        let result = try replay(
            "reference: [{feature: search, provider: openai, model: gpt-5, input_tokens: 3000, output_tokens: 500}]",
            traffic(900))
        let reference = try #require(result.reference)
        #expect(reference.requests > 200 && reference.cost != result.sums.asked && result.saving == .zero)
    }

    @Test("Expected quality follows the judged sample; without one nobody knows")
    func exposure() throws {
        let head = "rules: [{name: small, lever: routing, to: {provider: openai, model: gpt-5-mini}"
        let judged = try replay(head + ", evidence: {judged: 300, wrong: 3}}]", traffic(2_000))
        let worse = try #require(judged.rows[0].expectedWorse)
        let touched = Double(judged.rows[0].tally.touched)
        #expect(abs(worse.expected - touched * 0.01) < 1e-9 && worse.most > touched * 0.02)
        let unknown = try replay(head + "}]", traffic(2_000))
        #expect(unknown.rows[0].expectedWorse == nil)
        #expect(unknown.notes.contains { $0.contains("no judged sample") })
    }

    @Test("The weighed plan switches off what loses money, and is read back")
    func weighed() throws {
        let result = try replay(
            """
            rules:
              - {name: dear cache, lever: cache, ttl_seconds: 1, lookup_cost_usd: 1}
              - {name: shorter, lever: prompt_reduction, reduction: 0.2}
            """, traffic(500))
        let plan = result.weighedPlan
        #expect(plan.rules.map(\.state) == [.off, .on])
        #expect((plan.rules[1].predictedMonthly ?? .zero) > .zero)
    }
}
