import JSONScan
import Statistics
import Testing

@testable import Savings

@Suite("What failures cost")
struct FailureCostTests {
    @Test("The published example is a day's cost, and thirty times as much a month")
    func published() throws {
        let model = try Models.example(FailureCost.self)
        #expect(Models.close(model.failuresPerDay, 50_000))
        #expect(Models.close(model.costPerFailure, 50.0 / 12))
        #expect(Models.close(model.costPerDay, 625_000.0 / 3))
        #expect(Models.close(model.costPerMonth, 6_250_000))
        #expect(Models.close(model.multipleOfInference, 125.0 / 3))
    }

    @Test("The same for programs and for people")
    func outputs() throws {
        let model = try Models.example(FailureCost.self)
        let json = try Models.json(of: model)
        let day = try #require(Models.number(json, "failure_cost_per_day_usd"))
        #expect((day * 100).rounded() == 20_833_333)
        #expect(Models.close(Models.number(json, "failure_cost_per_month_usd"), 6_250_000))
        #expect(Models.close(Models.number(json, "failure_cost_per_year_usd"), 625_000.0 / 3 * 365))
        #expect(Models.close(Models.number(json, "inference_cost_per_day_usd"), 5_000))
        #expect(Models.close(Models.number(json, "value_of_a_point_per_month_usd"), 1_250_000))
        #expect(json["automation_pays"] == .bool(true))
        let page = Models.page(of: model)
        #expect(page.contains("What failures cost"))
        #expect(page.contains("It pays"))
    }

    @Test("The example breaks even at 0.12 %: a call costs next to nothing against a person")
    func breakEven() throws {
        let model = try Models.example(FailureCost.self)
        #expect(Models.close(model.breakEvenSuccessRate, 0.0012))
    }

    @Test("At the break-even accuracy, a model and its failures cost what people cost", arguments: 1...30)
    func breakEvenBalances(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let (minutes, manual) = (1 + 59 * random.unit(), 1 + 59 * random.unit())
        let (hourly, call) = (10 + 90 * random.unit(), random.unit())
        let model = try Models.example(
            FailureCost.self,
            [
                "minutes_per_failure=\(minutes)", "manual_minutes_per_request=\(manual)", "hourly_rate=\(hourly)",
                "cost_per_request=\(call)",
            ])
        let accuracy = try #require(model.breakEvenSuccessRate)
        let automated = call + (1 - accuracy) * minutes / 60 * hourly
        #expect(Models.close(automated, manual / 60 * hourly))
    }

    @Test("Below the break-even it does not pay, above it does", arguments: [(0.74, false), (0.76, true)])
    func verdict(rate: Double, pays: Bool) throws {
        // A failure takes 20 minutes, a request by hand 5: without the price of calls, three in four have to be right.
        let model = try Models.example(
            FailureCost.self, ["minutes_per_failure=20", "cost_per_request=0", "success_rate=\(rate)"])
        #expect(Models.close(model.breakEvenSuccessRate, 0.75))
        let json = try Models.json(of: model)
        #expect(json["automation_pays"] == .bool(pays))
    }

    @Test("Calls dearer than the work never pay")
    func never() throws {
        let model = try Models.example(FailureCost.self, ["cost_per_request=6"])
        let accuracy = try #require(model.breakEvenSuccessRate)
        #expect(accuracy > 1)
        let page = Models.page(of: model)
        #expect(page.contains("does not pay at any accuracy"))
    }

    @Test("What is not stated gives no figure")
    func notStated() throws {
        let text = "requests_per_day: 100\nsuccess_rate: 0.9\nminutes_per_failure: 5\nhourly_rate: 50\n"
        let model = try Models.read(FailureCost.self, text)
        #expect(model.breakEvenSuccessRate == nil)
        #expect(model.multipleOfInference == nil)
        let json = try Models.json(of: model)
        #expect(json["automation_pays"] == .null)
        #expect(json["break_even_success_rate"] == .null)
        let page = Models.page(of: model)
        #expect(page.contains("from which accuracy automation pays"))
        let free = try Models.example(FailureCost.self, ["minutes_per_failure=0"])
        #expect(free.costPerDay == 0)
        #expect(free.breakEvenSuccessRate == nil)
    }

    @Test("No failures cost nothing; twice the requests cost twice as much")
    func scale() throws {
        let perfect = try Models.example(FailureCost.self, ["success_rate=1"])
        #expect(perfect.costPerDay == 0)
        let one = try Models.example(FailureCost.self)
        let two = try Models.example(FailureCost.self, ["requests_per_day=2000000"])
        #expect(Models.close(two.costPerMonth, 2 * one.costPerMonth))
        #expect(Models.close(two.breakEvenSuccessRate, one.breakEvenSuccessRate))
        #expect(Models.close(two.multipleOfInference, one.multipleOfInference))
    }

    @Test("As prices halve, failures cost twice as many times the inference")
    func pricePath() throws {
        let model = try Models.example(FailureCost.self, ["price_change_annual=-0.5", "horizon_months=12"])
        let json = try Models.json(of: model)
        #expect(Models.close(Models.number(json, "multiple_after_horizon"), 250.0 / 3, 1e-8))
    }
}
