import JSONScan
import Testing

@testable import Savings

@Suite("When caching pays")
struct CachingTests {
    private func provider(_ overrides: [String] = []) throws -> ProviderCache {
        let model = try Models.example(CachingBreakEven.self, overrides.map { "provider_cache.\($0)" })
        return try #require(model.provider)
    }

    private func semantic(_ overrides: [String] = []) throws -> SemanticCache {
        let model = try Models.example(CachingBreakEven.self, overrides.map { "semantic_cache.\($0)" })
        return try #require(model.semantic)
    }

    // MARK: A provider's prompt cache

    @Test(
        "Published break-even points: 21.7 % and one read for five minutes, 52.6 % and two reads for an hour",
        arguments: [(1, 0, 0), (1.25, 217, 1), (2, 526, 2)] as [(Double, Double, Double)])
    func published(write: Double, tenths: Double, reads: Double) {
        let share = ProviderCache.breakEvenShare(write: write, read: 0.1)
        #expect((share * 1_000).rounded() == tenths)
        #expect(ProviderCache.breakEvenReads(write: write, read: 0.1) == reads)
    }

    @Test("Reads that cost as much as prompts never pay for a write")
    func neverRead() { #expect(ProviderCache.breakEvenReads(write: 1.25, read: 1) == .infinity) }

    @Test("Binary fractions do not add a read", arguments: [(1.1, 0.9), (1.25, 0.75), (1.3, 0.7), (1.9, 0.1)])
    func wholeReads(write: Double, read: Double) {
        #expect(ProviderCache.breakEvenReads(write: write, read: read) == 1)
    }

    @Test("The prefix of the example costs 56 % and saves 2,640 USD")
    func prefix() throws {
        let cache = try provider()
        #expect(Models.close(cache.costShare, 0.56))
        #expect(Models.close(cache.savingMonthly, 2_640))
    }

    @Test(
        "At the break-even share nothing is saved; below it writes lose money", arguments: [1.1, 1.25, 2], [0.1, 0.5])
    func breakEvenShare(write: Double, read: Double) throws {
        let share = ProviderCache.breakEvenShare(write: write, read: read)
        let factors = ["write_factor=\(write)", "read_factor=\(read)"]
        let level = try provider(factors + ["reuse_share=\(share)"])
        #expect(Models.close(level.costShare, 1))
        #expect(abs(level.savingMonthly) < 1e-6)
        let below = try provider(factors + ["reuse_share=\(share - 0.01)"])
        #expect(below.savingMonthly < 0)
        let above = try provider(factors + ["reuse_share=\(share + 0.01)"])
        #expect(above.savingMonthly > 0)
    }

    @Test("Twice the requests save twice the dollars, at the same shares")
    func doubledProvider() throws {
        let (one, two) = (try provider(), try provider(["requests_per_month=2000000"]))
        #expect(Models.close(two.savingMonthly, 2 * one.savingMonthly))
        #expect(two.costShare == one.costShare)
    }

    // MARK: A cache of one's own

    @Test("Net of look-ups and running cost, with the hit rate that pays for them")
    func net() throws {
        let cache = try semantic()
        #expect(Models.close(cache.netMonthly, 1_480))
        #expect(Models.close(cache.breakEvenHitRate, 0.152))
        #expect(Models.close(cache.breakEvenHitRate(within: 12), 0.652))
        #expect(Models.close(cache.paybackMonths, 60_000.0 / 1_480))
        #expect(Models.close(cache.breakEvenRequests(within: 12), 6_500 / 0.00298))
    }

    @Test("At the hit rate that pays for running it, it leaves nothing; at the other one, what building it cost")
    func breakEvenHitRate() throws {
        let cache = try semantic()
        let running = try semantic(["hit_rate=\(cache.breakEvenHitRate)"])
        #expect(abs(running.netMonthly) < 1e-6)
        let whole = try semantic(["hit_rate=\(cache.breakEvenHitRate(within: 12))"])
        #expect(Models.close(12 * whole.netMonthly, 60_000))
        #expect(Models.close(whole.paybackMonths, 12))
    }

    @Test("At the volume that breaks even, building it is paid back in time")
    func breakEvenVolume() throws {
        let volume = try #require(try semantic().breakEvenRequests(within: 12))
        let cache = try semantic(["requests_per_month=\(volume)"])
        #expect(Models.close(cache.paybackMonths, 12))
    }

    @Test("Hits that spare less than look-ups cost never pay, at any volume")
    func never() throws {
        let cache = try semantic(["lookup_cost=0.004"])
        #expect(cache.netMonthly < 0)
        #expect(cache.breakEvenRequests(within: 12) == nil)
        #expect(cache.paybackMonths == nil)
    }

    @Test("Twice the requests leave twice the dollars before what is fixed, and halve what is fixed")
    func doubledSemantic() throws {
        let (one, two) = (try semantic(), try semantic(["requests_per_month=2000000"]))
        #expect(Models.close(two.netMonthly + 1_500, 2 * (one.netMonthly + 1_500)))
        #expect(Models.close(two.breakEvenHitRate - 0.002, (one.breakEvenHitRate - 0.002) / 2))
        let (first, second) = (
            try semantic(["monthly_cost=0"]), try semantic(["monthly_cost=0", "requests_per_month=2000000"])
        )
        #expect(Models.close(second.netMonthly, 2 * first.netMonthly))
        #expect(Models.close(second.breakEvenHitRate, first.breakEvenHitRate))
    }

    @Test("A hit rate takes repeats: 1 / (1 − h)")
    func repeats() {
        #expect(SemanticCache.repeats(for: 0) == 1)
        #expect(SemanticCache.repeats(for: 0.5) == 2)
        #expect(SemanticCache.repeats(for: 1) == nil)
        #expect(SemanticCache.repeats(for: 1.3) == nil)
    }

    @Test("Where all questions are alike, the expected hit rate is what drawing with replacement says")
    func uniformPopularity() throws {
        let cache = try semantic(["distinct_prompts=100", "zipf_exponent=0", "requests_per_ttl=200"])
        var missing = 1.0
        for _ in 0..<200 { missing *= 0.99 }
        #expect(Models.close(cache.expectedHitRate, 1 - 100 * (1 - missing) / 200))
        let one = try semantic(["distinct_prompts=1", "zipf_exponent=0", "requests_per_ttl=4"])
        #expect(Models.close(one.expectedHitRate, 0.75))
    }

    @Test("More requests and a more uneven popularity hit more often")
    func popularity() throws {
        func rate(_ exponent: Double, _ requests: Int) throws -> Double {
            let cache = try semantic([
                "distinct_prompts=5000", "zipf_exponent=\(exponent)", "requests_per_ttl=\(requests)",
            ])
            return try #require(cache.expectedHitRate)
        }
        let (flat, uneven, busy) = (try rate(0.5, 5_000), try rate(1.2, 5_000), try rate(0.5, 50_000))
        #expect(flat > 0)
        #expect(uneven > flat)
        #expect(busy > flat)
        #expect(busy < 1)
    }

    // MARK: Now or later

    @Test("As prices halve, the example is not worth building; cheaper to build, it is")
    func timing() throws {
        let dear = try #require(try Models.example(CachingBreakEven.self).timing)
        #expect(dear.word == "do_not_build")
        #expect(dear.bestMonth == nil)
        #expect(dear.valueNow < 0)
        let cheap = try #require(
            try Models.example(CachingBreakEven.self, ["semantic_cache.engineering_cost=1000"]).timing)
        #expect(cheap.word == "build_now")
        #expect(cheap.bestMonth == 0)
        #expect(cheap.valueNow == cheap.bestValue)
    }

    @Test("Where prices rise, building can wait until a month leaves something")
    func waiting() throws {
        var path = try Models.example(CachingBreakEven.self).path
        path.changeAnnual = 1
        let decision = TimingDecision(cost: 100, saving: 2_980, running: 4_000, path: path)
        #expect(decision.word == "wait")
        #expect(decision.bestMonth == 5)
        #expect(decision.bestValue > decision.valueNow)
    }

    @Test("At the break-even change of prices, building now is worth nothing")
    func breakEvenChange() throws {
        var path = try Models.example(CachingBreakEven.self).path
        let decision = TimingDecision(cost: 10_000, saving: 2_980, running: 1_500, path: path)
        path.changeAnnual = try #require(decision.breakEvenChange)
        let level = TimingDecision(cost: 10_000, saving: 2_980, running: 1_500, path: path)
        #expect(abs(level.valueNow) < 1e-6)
    }

    // MARK: Files

    @Test("The same for programs and for people")
    func outputs() throws {
        let model = try Models.example(CachingBreakEven.self)
        let json = try Models.json(of: model)
        #expect(Models.close(Models.number(json, "semantic_cache", "net_saving_monthly_usd"), 1_480))
        #expect(Models.close(Models.number(json, "semantic_cache", "break_even_hit_rate"), 0.652))
        #expect(Models.close(Models.number(json, "provider_cache", "saving_monthly_usd"), 2_640))
        #expect(Models.number(json, "provider_cache", "break_even_reads_per_write") == 1)
        let factors = try #require(json["provider_cache"]?["break_even_by_write_factor"]).elements
        let reads = factors.compactMap { Models.number($0, "break_even_reads_per_write") }
        #expect(reads == [0, 1, 2])
        let page = Models.page(of: model)
        #expect(page.contains("A semantic cache of your own"))
        #expect(page.contains("21.7"))
        #expect(page.contains("52.6"))
    }

    @Test("One cache alone is enough")
    func alone() throws {
        let text =
            "provider_cache: {requests_per_month: 10, prefix_tokens: 1000, input_price: 3, reuse_share: 0.5}\n"
        let model = try Models.read(CachingBreakEven.self, text)
        #expect(model.semantic == nil)
        #expect(model.timing == nil)
        let cache = try #require(model.provider)
        #expect(Models.close(cache.costShare, 0.675))
        let json = try Models.json(of: model)
        #expect(json["semantic_cache"] == .null)
    }
}
