import JSONScan
import Statistics
import Testing

@testable import Savings

@Suite("Levers together")
struct LeverTests {
    // MARK: The worked example

    @Test("The worked example: 68.735 %, and 71.27 % if all spend were input")
    func worked() throws {
        let model = try Models.example(LeverModel.self)
        #expect(Models.close(model.blendedShare, 0.68735))
        let allInput = try Models.example(LeverModel.self, ["input_share=1"])
        #expect(Models.close(allInput.blendedShare, 0.7127))
        let base = model.base
        #expect(Models.close(model.share(base, inputShare: 1), 0.7127))
    }

    @Test("Added up as published it would be 35 + 48 + 15 = 98 %")
    func publishedSum() throws {
        let allInput = try Models.example(LeverModel.self, ["input_share=1"])
        let parts = allInput.levers.indices.compactMap { allInput.published($0) }
        #expect(parts.count == 3)
        for (part, expected) in zip(parts, [0.35, 0.48, 0.15]) { #expect(Models.close(part, expected)) }
        #expect(Models.close(allInput.publishedSum, 0.98))
        let half = try Models.example(LeverModel.self)
        #expect(Models.close(half.publishedSum, 0.905))
    }

    @Test("Eligible is not hit: the claim takes 12.68 to 27.23 %, or 4.98 to 20.81 % of all requests")
    func hitRateForClaim() throws {
        let model = try Models.example(LeverModel.self)
        let rates = try #require(model.hitRateForClaim)
        let (low, high) = (try #require(rates.stated.low), try #require(rates.stated.high))
        #expect((low * 10_000).rounded() == 1_268)
        #expect((high * 10_000).rounded() == 2_723)
        let (first, last) = (try #require(rates.allInput.low), try #require(rates.allInput.high))
        #expect((first * 10_000).rounded() == 498)
        #expect((last * 10_000).rounded() == 2_081)
        // Put back, they give the claim.
        let shares = ["levers.semantic_cache.eligible_share=\(low)", "levers.semantic_cache.hit_share=1"]
        let claimed = try Models.example(LeverModel.self, shares)
        #expect(Models.close(claimed.blendedShare, 0.58))
    }

    @Test("In the order of their return, each on what those before it leave")
    func order() throws {
        let model = try Models.example(LeverModel.self)
        let rows = LeverResults(model).rows
        let kinds = rows.map(\.lever.kind)
        #expect(kinds == [.routing, .semanticCache, .promptOptimisation])
        for (row, expected) in zip(rows, [19_200.0, 7_280, 1_014]) { #expect(Models.close(row.inPlan, expected)) }
        for (row, expected) in zip(rows, [19_200.0, 14_000, 3_000]) { #expect(Models.close(row.alone, expected)) }
        let first = try #require(rows.first)
        #expect(Models.close(first.paybackMonths, 40_000.0 / 19_200))
    }

    @Test("The same for programs and for people")
    func outputs() throws {
        let model = try Models.example(LeverModel.self)
        let json = try Models.json(of: model)
        #expect(Models.close(Models.number(json, "saving_monthly_usd"), 27_494))
        #expect(Models.close(Models.number(json, "saving_share"), 0.68735))
        #expect(Models.close(Models.number(json, "published_sum_share"), 0.905))
        #expect(Models.close(Models.number(json, "saving_share_if_all_spend_is_input"), 0.7127))
        #expect(Models.close(Models.number(json, "hit_rate_for_claim", "low"), 1 - 0.42 / 0.481, 1e-8))
        #expect(
            Models.close(
                Models.number(json, "hit_rate_for_claim", "high_if_all_spend_is_input"), 1 - 0.35 / 0.442, 1e-8))
        let levers = try #require(json["levers"]).elements
        let savings = levers.compactMap { Models.number($0, "saving_monthly_usd") }
        #expect(Models.close(savings.reduce(0, +), 27_494))
        let page = Models.page(of: model)
        #expect(page.contains("68.7 %"))
        #expect(page.contains("71.3 %"))
        #expect(page.contains("Eligible is not hit"))
    }

    // MARK: What is uncertain, and what would have to be true

    @Test("Beliefs below the best guess pull the interval below the point")
    func interval() throws {
        let results = LeverResults(try Models.example(LeverModel.self))
        let interval = try #require(results.interval)
        let median = try #require(results.median)
        #expect(interval.lowerBound < median)
        #expect(median < interval.upperBound)
        #expect(interval.upperBound < results.blended)
        // With a fifth of the hits and half of the routes, at worst.
        #expect(interval.lowerBound > 1 - 0.93 * 0.76 * 0.925)
        let again = LeverResults(try Models.example(LeverModel.self))
        #expect(again.interval == interval)
    }

    @Test("Without ranges there is a point and no interval")
    func withoutRanges() throws {
        let model = try Models.example(
            LeverModel.self, ["levers.semantic_cache.hit_share=1", "levers.routing.acceptance_share=1"])
        let results = LeverResults(model)
        #expect(results.interval == nil)
        #expect(results.median == nil)
        #expect(Models.close(results.blended, 0.68735))
        let intervals = results.rows.compactMap(\.interval)
        #expect(intervals.isEmpty)
    }

    @Test("What would have to be true gives the claim when it is put in")
    func requirements() throws {
        let requirements = LeverResults(try Models.example(LeverModel.self)).requirements
        #expect(requirements.count == 5)
        for requirement in requirements {
            let key = "levers.\(requirement.lever.rawValue).\(requirement.parameter)"
            for (value, share) in [(requirement.values.low, 0.58), (requirement.values.high, 0.65)] {
                guard let value = value.value else { continue }
                let model = try Models.example(LeverModel.self, ["\(key)=\(value)"])
                #expect(Models.close(model.blendedShare, share))
            }
        }
        let routable = try #require(requirements.first { $0.parameter == "routable_share" })
        let needed = try #require(routable.values.low.value)
        #expect(needed < routable.assumed)
    }

    @Test("A claim that one lever alone cannot reach has no value for it")
    func unreachable() throws {
        let model = try Models.example(LeverModel.self, ["claimed_saving.high=0.9"])
        let requirements = LeverResults(model).requirements
        let shorter = try #require(requirements.first { $0.parameter == "token_reduction" })
        #expect(shorter.values.high == .impossible)
        #expect(shorter.values.low == .nothing, "the other levers reach 58 % without it")
    }

    @Test("Without a claim nothing is solved for; without a cache no hit rate is")
    func withoutClaim() throws {
        let head = "monthly_spend: 1000\ninput_share: 0.5\n"
        let plain = try Models.read(LeverModel.self, head + "levers: {batch: {share: 0.5}}\n")
        #expect(LeverResults(plain).requirements.isEmpty)
        #expect(plain.hitRateForClaim == nil)
        #expect(plain.publishedSum == nil)
        #expect(Models.close(plain.blendedShare, 0.25))
        let claimed = try Models.read(
            LeverModel.self, head + "claimed_saving: {low: 0.1, high: 0.2}\nlevers: {batch: {share: 0.5}}\n")
        #expect(claimed.hitRateForClaim == nil)
        #expect(LeverResults(claimed).requirements.count == 1)
    }

    // MARK: Single levers

    @Test(
        "Each lever by itself",
        arguments: [
            ("semantic_cache: {eligible_share: 0.4, hit_share: 0.5}", 0.2),
            ("semantic_cache: {eligible_share: 0.4, hit_share: 0.5, embedding_cost_ratio: 0.01}", 0.19),
            ("semantic_cache: {eligible_share: 0.4, hit_share: 0.5, judge_cost_ratio: 0.1}", 0.18),
            ("semantic_cache: {eligible_share: 1, hit_share: 0.5, cost_weight: 4}", 1),
            ("routing: {routable_share: 0.5, price_reduction: 0.8}", 0.4),
            ("routing: {routable_share: 0.5, price_reduction: 0.8, acceptance_share: 0.5}", 0.2),
            ("routing: {routable_share: 0.5, price_reduction: 0.8, escalation_share: 0.1}", 0.35),
            ("routing: {routable_share: 0.5, price_reduction: 0.8, token_ratio: 10}", -0.5),
            ("prompt_optimisation: {token_reduction: 0.2}", 0.12),
            ("provider_caching: {prefix_share: 0.5, reuse_share: 1}", 0.27),
            ("provider_caching: {prefix_share: 0.5, reuse_share: 0}", -0.075),
            ("batch: {share: 0.5}", 0.25), ("flex: {share: 0.5, discount: 0.2}", 0.1),
            ("reasoning_effort: {reasoning_share: 0.5, reduction: 0.5}", 0.1),
            ("output_limits: {reduction: 0.25, share: 0.5}", 0.05),
            ("batch: {share: 0.5, monthly_cost: 100}", 0.15),
        ] as [(String, Double)])
    func single(lever: String, expected: Double) throws {
        let model = try Models.read(
            LeverModel.self, "monthly_spend: 1000\ninput_share: 0.6\nlevers: {\(lever)}\n")
        #expect(Models.close(model.blendedShare, expected))
    }

    // MARK: Properties

    private func rounded(_ value: Double) -> Double { (value * 1_000).rounded() / 1_000 }

    /// Levers with made numbers and without running cost; batches are always among them.
    private func made(_ seed: UInt64, spend: Int = 40_000) throws -> LeverModel {
        var random = SeededRandom(seed: seed)
        var text = "monthly_spend: \(spend)\ninput_share: \(rounded(random.unit()))\nlevers:\n"
        for kind in LeverKind.allCases {
            let isIn = random.unit() < 0.6
            guard isIn || kind == .batch else { continue }
            text += "  \(kind.rawValue):\n"
            for parameter in kind.parameters {
                let (low, high) = (parameter.range.lowerBound, parameter.range.upperBound)
                text += "    \(parameter.name): \(rounded(low + (high - low) * random.unit()))\n"
            }
        }
        return try Models.read(LeverModel.self, text)
    }

    @Test("Without running cost nothing saves more than there is", arguments: 1...60)
    func atMostAll(seed: UInt64) throws {
        let model = try made(seed)
        #expect(model.blendedShare <= 1 + 1e-12)
        for position in model.levers.indices {
            let alone = model.alone(position, model.base)
            #expect(alone <= model.spend * (1 + 1e-12))
        }
    }

    @Test("The order of levers does not change the total", arguments: 1...60)
    func anyOrder(seed: UInt64) throws {
        let model = try made(seed)
        let base = model.base
        var random = SeededRandom(seed: seed + 1_000)
        let total = model.blendedShare * model.spend
        for _ in 0..<4 {
            let order = Array(model.levers.indices).shuffled(using: &random)
            let sum = model.steps(order, base).reduce(0, +)
            #expect(Models.close(sum, total))
            let left = model.cost(with: order, base)
            #expect(Models.close(model.spend - left, total))
        }
    }

    @Test("The steps of the plan sum to the blended saving", arguments: 1...30)
    func steps(seed: UInt64) throws {
        let model = try made(seed)
        let results = LeverResults(model)
        #expect(results.rows.count == model.levers.count)
        let sum = results.rows.reduce(0) { $0 + $1.inPlan }
        #expect(Models.close(sum, results.blended * model.spend))
    }

    @Test("Twice the spend doubles dollars and leaves shares", arguments: 1...30)
    func doubled(seed: UInt64) throws {
        let (one, two) = (try made(seed), try made(seed, spend: 80_000))
        #expect(Models.close(two.blendedShare, one.blendedShare))
        let (first, second) = (LeverResults(one).rows, LeverResults(two).rows)
        #expect(first.count == second.count)
        for (a, b) in zip(first, second) {
            #expect(a.lever.kind == b.lever.kind)
            #expect(Models.close(b.inPlan, 2 * a.inPlan))
            #expect(Models.close(b.alone, 2 * a.alone))
            #expect(a.published == b.published)
        }
    }

    @Test("Running cost comes off the saving, dollar for dollar")
    func runningCost() throws {
        let model = try Models.example(LeverModel.self, ["levers.routing.monthly_cost=500"])
        #expect(Models.close(model.blendedShare * model.spend, 27_494 - 500))
    }
}
