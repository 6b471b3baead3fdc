import Inputs
import ROI
import Testing

@Suite("Programmes")
struct ProgrammeTests {
    private func programme(_ text: String) throws -> ScenarioModel {
        try Programme.read(try YAMLDocument(text: text, file: "programme.yaml"), sources: .none) { name in
            try #require(ScenarioTemplate.named(name)).document()
        }
    }

    private static let text = """
        name: Two cases
        horizon_months: 12
        discount_rate_annual: 0.10
        scenarios:
          - {file: coding-assistant, name: coding}
          - {file: customer-support, name: support, set: [dev_cost=100000]}
        costs:
          - {name: Office, category: change_management, monthly: 1000}
        correlations:
          - {between: [coding.labor_savings_monthly, support.labor_savings_monthly], value: 0.6}
        """

    @Test("It is the sum of its scenarios and the shared costs")
    func sum() throws {
        let result = RunResult(try programme(Self.text))
        let (cost, value) = (try #require(result.figure("total_cost")), try #require(result.figure("total_value")))
        #expect(abs(cost - 341_800) < 1e-6 && abs(value - 489_000) < 1e-6)
        let coding = try #require(try Scenarios.run("coding-assistant").figure("npv"))
        let support = try #require(try Scenarios.run("customer-support", ["dev_cost=100000"]).figure("npv"))
        let shared = CashFlows([0] + Array(repeating: -1_000, count: 12)).presentValue(rate: InterestRate.monthly(0.1))
        let npv = try #require(result.figure("npv"))
        #expect(abs(npv - coding - support - shared) < 1e-6)
    }

    @Test("Drivers that move together across scenarios widen the range")
    func correlated() async throws {
        func spread(_ value: String) async throws -> Double {
            let model = try programme(Self.text.replacing("value: 0.6", with: "value: \(value)"))
            let figure = try #require(try await Simulation.run(model, draws: 8_000, seed: 3).summary(of: "npv"))
            return try #require(figure.p90.value) - (try #require(figure.p10.value))
        }
        let (together, apart) = (try await spread("0.9"), try await spread("-0.9"))
        #expect(together > 1.3 * apart)
    }

    @Test("A scenario that looks less far ahead ends there, unless it is told otherwise")
    func shorter() throws {
        let text = Self.text.replacing("horizon_months: 12", with: "horizon_months: 36")
        let result = RunResult(try programme(text))
        let alone = RunResult(try programme(Self.text))
        let (long, short) = (try #require(result.figure("total_value")), try #require(alone.figure("total_value")))
        #expect(abs(long - short) < 1e-6)
        let told = text.replacing("name: coding}", with: "name: coding, set: [horizon_months=36]}")
        let further = try #require(RunResult(try programme(told)).figure("total_value"))
        #expect(further > long)
    }

    @Test(
        "What is wrong is named",
        arguments: [
            ("name: P\nhorizon_months: 12\nscenarios: []", "at least one"),
            ("name: P\nhorizon_months: 12\nscenarios: [{name: a}]", "file: it is missing"),
            (
                "name: P\nhorizon_months: 12\nscenarios: [{file: llm-project, name: a}, {file: llm-project, name: a}]",
                "two scenarios"
            ),
            (
                "name: P\nhorizon_months: 12\nscenarios: [{file: llm-project, name: a, set: [tax_rate=0.25]}]",
                "state tax_rate in the programme"
            ),
            (
                "name: P\nhorizon_months: 12\nscenarios: [{file: llm-project, name: a}]\ncosts: [{name: X, monthly: b.seats}]",
                "nothing is called b.seats"
            ),
        ])
    func refused(text: String, words: String) {
        #expect { try programme(text) } throws: { "\($0)".contains(words) }
    }
}
