import JSONScan
import Testing

@testable import Savings

@Suite("What tokens really cost")
struct TokenCostsTests {
    @Test("The published example, line by line")
    func published() throws {
        let bill = try Models.example(TokenCosts.self).published
        #expect(Models.close(bill.baseInput, 666))
        #expect(Models.close(bill.baseOutput, 1_350))
        #expect(Models.close(bill.retries, 157.5))
        #expect(Models.close(bill.validation, 450))
        #expect(Models.close(bill.total, 2_623.5))
        #expect(Models.close(bill.calls, 315_000))
        #expect(bill.cascade == 0)
        #expect(bill.batch == 0)
    }

    @Test("The same for programs and for people")
    func outputs() throws {
        let model = try Models.example(TokenCosts.self)
        let json = try Models.json(of: model)
        #expect(Models.number(json, "base_input_cost") == 666)
        #expect(Models.number(json, "base_output_cost") == 1_350)
        #expect(Models.number(json, "retry_cost") == 157.5)
        #expect(Models.number(json, "validation_cost") == 450)
        #expect(Models.number(json, "total_cost") == 2_623.5)
        #expect(Models.number(json, "cost_per_request") == 0.008745)
        #expect(Models.number(json, "effective_requests") == 315_000)
        #expect(json["form"]?.text == "published")
        let corrected = model.corrected.total
        #expect(Models.close(Models.number(json, "corrected", "total_cost"), corrected, 1e-8))
        let page = Models.page(of: model)
        #expect(page.contains("2,623.50"))
        #expect(page.contains("0.008745"))
    }

    @Test("A retry can fail as well: 1 / (1 − r) calls", arguments: [0, 0.05, 0.5, 0.99])
    func calls(rate: Double) throws {
        let model = try Models.example(TokenCosts.self, ["retry_rate=\(rate)"])
        #expect(Models.close(model.expectedCalls, 1 / (1 - rate)))
        #expect(Models.close(model.corrected.calls, 300_000 / (1 - rate)))
    }

    @Test("With at most k retries: the first k + 1 terms", arguments: [0, 0.05, 0.5, 0.99], [0, 1, 2, 7])
    func limitedCalls(rate: Double, limit: Int) throws {
        let model = try Models.example(TokenCosts.self, ["retry_rate=\(rate)", "retry_limit=\(limit)"])
        var (sum, term) = (0.0, 1.0)
        for _ in 0...limit {
            sum += term
            term *= rate
        }
        #expect(Models.close(model.expectedCalls, sum))
    }

    @Test("The corrected form retries and validates every call")
    func corrected() throws {
        let bill = try Models.example(TokenCosts.self).corrected
        #expect(Models.close(bill.baseInput, 666))
        #expect(Models.close(bill.retries, (1 / 0.95 - 1) * 2_016))
        #expect(Models.close(bill.validation, 450 / 0.95))
        #expect(Models.close(bill.total, 2_466 / 0.95))
    }

    @Test("Without retries, and where all of a prompt is cached at no extra cost, both forms agree")
    func agreement() throws {
        let model = try Models.example(TokenCosts.self, ["retry_rate=0"])
        #expect(Models.close(model.published.total, 2_466))
        #expect(Models.close(model.corrected.total, 2_466))
    }

    @Test(
        "The prefix is what a cache holds; writes and overhead count",
        arguments: [
            (["cacheable_share=0.5"], 1_233), (["cacheable_share=0"], 1_800), (["cache_write_price=3.75"], 801),
            (["overhead_share=0.1"], 732.6), (["cache_hit_rate=0", "cache_write_price=3.75"], 1_800),
            (["cache_hit_rate=1", "cache_write_price=3.75"], 180),
        ] as [([String], Double)])
    func input(overrides: [String], expected: Double) throws {
        let bill = try Models.example(TokenCosts.self, overrides).corrected
        #expect(Models.close(bill.baseInput, expected))
    }

    @Test("A cascade asks the cheap model always and the dear one for what goes on", arguments: [0, 0.2, 1])
    func cascade(escalation: Double) throws {
        let model = try Models.example(
            TokenCosts.self,
            ["cascade.input_price=0.3", "cascade.output_price=1.5", "cascade.escalation_rate=\(escalation)"])
        // Both models are retried (÷ 0.95), and each answer is validated.
        let expected: Double = (315 + 450 * (1 + escalation) + 2_016 * escalation) / 0.95
        #expect(Models.close(model.corrected.total, expected))
        #expect(Models.close(model.published.total, 2_623.5))
    }

    @Test("A batch takes its discount off its share, after a cascade too")
    func batch() throws {
        let plain = try Models.example(TokenCosts.self).corrected.total
        let half = try Models.example(TokenCosts.self, ["batch_share=0.5"]).corrected
        #expect(Models.close(half.batch, -0.25 * plain))
        #expect(Models.close(half.total, 0.75 * plain))
        let whole = try Models.example(TokenCosts.self, ["batch_share=1", "batch_discount=0.3"]).corrected
        #expect(Models.close(whole.total, 0.7 * plain))
        let both = try Models.example(
            TokenCosts.self,
            [
                "batch_share=1", "cascade.input_price=0.3", "cascade.output_price=1.5", "cascade.escalation_rate=0.2",
            ])
        let cascaded: Double = (315 + 450 * 1.2 + 2_016 * 0.2) / 0.95
        #expect(Models.close(both.corrected.total, 0.5 * cascaded))
    }

    @Test("Twice the requests cost twice as much, and each as much as before")
    func doubled() throws {
        let (one, two) = (
            try Models.example(TokenCosts.self), try Models.example(TokenCosts.self, ["requests_per_day=20000"])
        )
        #expect(Models.close(two.published.total, 2 * one.published.total))
        #expect(Models.close(two.corrected.total, 2 * one.corrected.total))
        let (first, second) = (try Models.json(of: one), try Models.json(of: two))
        #expect(Models.number(first, "cost_per_request") == Models.number(second, "cost_per_request"))
    }

    @Test("As prices halve in a year, so does the bill")
    func pricePath() throws {
        let model = try Models.example(TokenCosts.self, ["price_change_annual=-0.5", "horizon_months=12"])
        let json = try Models.json(of: model)
        let path = try #require(json["price_path"]).elements
        let months = path.compactMap { Models.number($0, "month") }
        #expect(months == [0, 3, 6, 9, 12])
        let costs = path.compactMap { Models.number($0, "total_cost") }
        let (first, last) = (try #require(costs.first), try #require(costs.last))
        #expect(Models.close(first, model.corrected.total, 1e-8))
        #expect(Models.close(last, first / 2, 1e-8))
    }
}
