import Inputs
import JSONScan
import Testing

@testable import Savings

@Suite("What better quality returns")
struct QualityTests {
    private static let stated =
        "current_quality: 0.8\ntarget_quality: 0.9\nvalue_per_quality_point: 0.02\nrequests_per_month: 1000\n"

    @Test("The published example")
    func published() throws {
        let model = try Models.example(QualityReturn.self)
        #expect(Models.close(model.points, 13))
        #expect(Models.close(model.costIncrease, 1_900))
        #expect(Models.close(model.valueIncrease, 260_000))
        #expect(Models.close(model.netBenefit, 258_100))
        let roi = try #require(model.roiPercent)
        #expect((roi * 100).rounded() == 1_358_421)
        let payback = try #require(model.publishedPayback)
        #expect((payback * 10_000).rounded() == 73)
        #expect(Models.close(model.breakEvenValue, 0.0019 / 13, 1e-12))
    }

    @Test("The same for programs and for people")
    func outputs() throws {
        let model = try Models.example(QualityReturn.self)
        let json = try Models.json(of: model)
        #expect(Models.close(Models.number(json, "quality_improvement_pct"), 13))
        #expect(Models.close(Models.number(json, "monthly_cost_increase"), 1_900))
        #expect(Models.close(Models.number(json, "monthly_value_increase"), 260_000))
        #expect(Models.close(Models.number(json, "net_monthly_benefit"), 258_100))
        #expect(Models.close(Models.number(json, "roi_percentage"), 13_584.210526316))
        #expect(Models.close(Models.number(json, "payback_months"), 19.0 / 2_600, 1e-8))
        #expect(json["switching_payback_months"] == .null)
        let page = Models.page(of: model)
        #expect(page.contains("13,584.21 %"))
    }

    @Test("At the break-even value of a point nothing is gained")
    func breakEven() throws {
        let value = try #require(try Models.example(QualityReturn.self).breakEvenValue)
        let model = try Models.example(QualityReturn.self, ["value_per_quality_point=\(value)"])
        #expect(abs(model.netBenefit) < 1e-6)
        let roi = try #require(model.roiPercent)
        #expect(abs(roi) < 1e-6)
    }

    @Test("Between two measured configurations, a mixture costs what its parts cost")
    func interpolated() throws {
        let model = try Models.example(QualityReturn.self, ["target_quality=0.93"])
        #expect(Models.close(model.targetCost, 0.00125))
        #expect(Models.close(model.costIncrease, 1_150))
    }

    @Test(
        "A cost outside of what was measured is refused",
        arguments: [
            ("target_quality=0.99", "target_quality"), ("current_quality=0.5", "current_quality"),
        ])
    func notMeasured(override: String, key: String) throws {
        #expect {
            try Models.example(QualityReturn.self, [override])
        } throws: { error in
            let message = "\(error)"
            return message.contains(key) && message.contains("was not measured (0.82 to 0.97)")
        }
    }

    @Test("Without measurements both costs have to be stated")
    func statedCosts() throws {
        #expect(throws: RefusedInput.self) { try Models.read(QualityReturn.self, Self.stated) }
        #expect(throws: RefusedInput.self) {
            try Models.read(QualityReturn.self, Self.stated, ["current_cost_per_request=0.001"])
        }
        let model = try Models.read(
            QualityReturn.self, Self.stated, ["current_cost_per_request=0.001", "target_cost_per_request=0.004"])
        #expect(Models.close(model.costIncrease, 3))
        #expect(Models.close(model.valueIncrease, 200))
    }

    @Test("A stated cost goes before a measured one")
    func statedFirst() throws {
        let model = try Models.example(
            QualityReturn.self, ["target_quality=0.99", "target_cost_per_request=0.01"])
        #expect(Models.close(model.costIncrease, 9_900))
    }

    @Test("Where nothing more is spent there is no return on it")
    func nothingSpent() throws {
        let model = try Models.example(QualityReturn.self, ["target_quality=0.82"])
        #expect(model.costIncrease == 0)
        #expect(model.roiPercent == nil)
        #expect(model.publishedPayback == nil)
        #expect(model.breakEvenValue == nil)
    }

    @Test("Quality without value returns −100 %")
    func worthless() throws {
        let model = try Models.example(QualityReturn.self, ["value_per_quality_point=0", "switching_cost=1000"])
        #expect(Models.close(model.roiPercent, -100))
        #expect(model.switchingPayback == nil)
    }

    @Test("The cost of switching is paid back by the net benefit")
    func switching() throws {
        let model = try Models.example(QualityReturn.self, ["switching_cost=516200"])
        #expect(Models.close(model.switchingPayback, 2))
        let json = try Models.json(of: model)
        #expect(Models.close(Models.number(json, "switching_payback_months"), 2))
    }

    @Test("Twice the requests double dollars and leave ratios")
    func doubled() throws {
        let one = try Models.example(QualityReturn.self)
        let two = try Models.example(QualityReturn.self, ["requests_per_month=2000000"])
        #expect(Models.close(two.netBenefit, 2 * one.netBenefit))
        #expect(Models.close(two.roiPercent, one.roiPercent))
        #expect(Models.close(two.breakEvenValue, one.breakEvenValue, 1e-12))
    }
}
