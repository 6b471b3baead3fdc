import Documents
import ROI
import Statistics
import Testing

@Suite("Properties of results")
struct PropertyTests {
    private func flows(_ random: inout SeededRandom) -> [Double] { (0...24).map { _ in random.unit() * 2_000 - 900 } }

    @Test("The present value is linear in the flows", arguments: 1...20)
    func linear(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let (a, b, factor, rate) = (flows(&random), flows(&random), random.unit() * 5, random.unit() * 0.2)
        let sum = CashFlows(zip(a, b).map { factor * $0 + $1 }).presentValue(rate: rate)
        let parts = factor * CashFlows(a).presentValue(rate: rate) + CashFlows(b).presentValue(rate: rate)
        #expect(abs(sum - parts) < 1e-7)
    }

    @Test("A month later is worth a month's discount less", arguments: 1...20)
    func shifted(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let (a, rate) = (flows(&random), random.unit() * 0.2)
        let later = CashFlows([0] + a).presentValue(rate: rate)
        #expect(abs(later - CashFlows(a).presentValue(rate: rate) / (1 + rate)) < 1e-8)
    }

    @Test("Scaling all money scales money, and leaves ratios and times alone", arguments: [0.01, 3, 250])
    func scaled(factor: Double) throws {
        func text(_ scale: Double) -> String {
            """
            name: Case
            horizon_months: 30
            drivers: {scale: \(scale)}
            costs:
              - {name: Build, one_time: 90_000 * scale}
              - {name: Run, monthly: 2_000 * scale, growth_annual: 0.04}
            value:
              - {name: Value, monthly: 9_000 * scale, ramp: {shape: s_curve, months: 9}, realisation: 0.8}
            """
        }
        let (base, other) = (RunResult(try Scenarios.model(text(1))), RunResult(try Scenarios.model(text(factor))))
        for name in ["npv", "total_cost", "total_value", "net_value", "present_value"] {
            let (a, b) = (try #require(base.figure(name)), try #require(other.figure(name)))
            #expect(abs(b - factor * a) < 1e-9 * abs(b))
        }
        for name in ["roi_percent", "payback_months", "roi_present_percent"] {
            let (a, b) = (try #require(base.figure(name)), try #require(other.figure(name)))
            #expect(abs(a - b) < 1e-9 * abs(a))
        }
        #expect(abs(try #require(base.returnRate) - (try #require(other.returnRate))) < 1e-6)
    }

    @Test("A simulation without spread is the run", arguments: ScenarioTemplate.all.map(\.name))
    func withoutSpread(name: String) async throws {
        var model = try Scenarios.template(name)
        // Each driver's range shrinks to its base.
        let overrides = model.graph.uncertainInputs.flatMap { cell -> [String] in
            guard case .input(let base, _) = cell.definition else { return [] }
            return ["drivers.\(cell.name).low=\(base)", "drivers.\(cell.name).high=\(base)"]
        }
        model = try Scenarios.template(name, overrides)
        #expect(model.graph.uncertainInputs.isEmpty)
        let simulation = try await Simulation.run(model, draws: 64, seed: 9)
        let result = RunResult(model)
        for output in ["npv", "roi_percent", "payback_months"] {
            let summary = try #require(simulation.summary(of: ModelOutput(output)))
            #expect(summary.p10.value == result.figure(output) && summary.p90.value == result.figure(output))
        }
    }

    @Test("The columns of a program give what single runs give")
    func columns() throws {
        let model = try Scenarios.template("document-processing")
        let names = model.graph.uncertainInputs.map(\.name)
        let program = model.graph.program(varying: names, outputs: ["npv", "roi_percent", "payback_months"])
        var random = SeededRandom(seed: 4)
        let rows = 700
        let columns = model.graph.uncertainInputs.map { cell -> [Double] in
            guard case .input(_, let distribution) = cell.definition else { return [] }
            return (0..<rows).map { _ in distribution.quantile(0.001 + 0.998 * random.unit()) }
        }
        let results = program.evaluate(columns)
        for row in stride(from: 0, to: rows, by: 37) {
            let inputs = Dictionary(uniqueKeysWithValues: zip(names, columns.map { $0[row] }))
            let single = RunResult(model, inputs: inputs)
            for (output, name) in ["npv", "roi_percent", "payback_months"].enumerated() {
                let (a, b) = (results[output][row], single.figure(name) ?? .infinity)
                #expect(a == b || abs(a - b) < 1e-9 * abs(b))
            }
        }
    }

    @Test("The same seed gives the same draws; another gives others that agree within their standard errors")
    func seeds() async throws {
        let model = try Scenarios.template("customer-support")
        let (a, b, c) = (
            try await Simulation.run(model, draws: 8_000, seed: 7),
            try await Simulation.run(model, draws: 8_000, seed: 7),
            try await Simulation.run(model, draws: 8_000, seed: 8)
        )
        #expect(a.samples == b.samples && a.samples != c.samples)
        for output in ["npv", "roi_percent"] as [ModelOutput] {
            let (x, y) = (try #require(a.summary(of: output)), try #require(c.summary(of: output)))
            for (p, q) in [(x.p10, y.p10), (x.p50, y.p50), (x.p90, y.p90), (x.mean, y.mean)] {
                let error = try #require(p.standardError) + (try #require(q.standardError))
                #expect(abs(try #require(p.value) - (try #require(q.value))) < 5 * error)
            }
        }
    }

    @Test("Correlated drivers widen a sum as their formula says")
    func correlated() async throws {
        func deviation(_ correlation: Double) async throws -> Double {
            let model = try Scenarios.model(
                """
                name: Case
                horizon_months: 1
                discount_rate_annual: 0
                drivers:
                  a: {value: 100, standard_deviation: 10, distribution: normal}
                  b: {value: 100, standard_deviation: 10, distribution: normal}
                costs: [{name: Cost, one_time: 1}]
                value: [{name: Value, monthly: a + b}]
                correlations: [{between: [a, b], value: \(correlation)}]
                """)
            let simulation = try await Simulation.run(model, draws: 32_000, seed: 2)
            return try #require(SampleMean(of: simulation.samples[0])?.deviation)
        }
        #expect(abs(try await deviation(0) - 200.0.squareRoot()) < 0.2)
        #expect(abs(try await deviation(0.5) - 300.0.squareRoot()) < 0.2)
        #expect(abs(try await deviation(-0.9) - 20.0.squareRoot()) < 0.2)
    }

    @Test("Ramps: linear, S-curve, J-curve and steps reach the whole, and only the whole")
    func ramps() throws {
        let model = try Scenarios.model(
            """
            name: Case
            horizon_months: 12
            drivers: {}
            costs: [{name: Cost, one_time: 1}]
            value:
              - {name: Linear, monthly: 100, start: 3, ramp: {months: 4}}
              - {name: Curve, monthly: 100, ramp: {shape: s_curve, months: 4}}
              - {name: Dip, monthly: 100, ramp: {shape: j_curve, dip: 2, depth: 0.2, months: 6}}
              - {name: Steps, monthly: 100, ramp: {shape: steps, shares: [0.1, 0.5, 1]}, end: 6}
            """)
        let result = RunResult(model)
        func course(_ name: String) -> [Int] { result.months("value.\(name)").map { Int($0.rounded()) } }
        #expect(course("linear") == [0, 0, 0, 25, 50, 75, 100, 100, 100, 100, 100, 100, 100])
        #expect(course("curve") == [0, 16, 50, 84, 100, 100, 100, 100, 100, 100, 100, 100, 100])
        #expect(course("dip") == [0, -20, -20, 10, 40, 70, 100, 100, 100, 100, 100, 100, 100])
        #expect(course("steps") == [0, 10, 50, 100, 100, 100, 100, 0, 0, 0, 0, 0, 0])
    }

    @Test("A payback that never comes is none, and says so")
    func never() throws {
        let result = try Scenarios.run("customer-support", ["labor_savings_monthly=0"])
        #expect(result.figure("payback_months") == nil && result.discountedPayback == nil)
        #expect(result.warnings.contains { $0.contains("never pays back") })
        #expect(result.json.text.contains("\"payback_months\": null"))
    }

    @Test("A case that has paid back on present values keeps its payback, whatever its last month is like")
    func lastMonth() throws {
        let model = try Scenarios.model(
            """
            name: Case
            horizon_months: 21
            discount_rate_annual: 0.10
            drivers: {}
            costs: [{name: Build, one_time: 100}, {name: Closing, one_time: 16, start: 21}]
            value: [{name: Value, monthly: 11}]
            """)
        let found = try #require(RunResult(model).discountedPayback)
        #expect(found > 9 && found < 10)
    }

    @Test("Inputs of one name have the same draws in every scenario that is compared")
    func commonDraws() async throws {
        func model(_ extra: String) throws -> ScenarioModel {
            try Scenarios.model(
                """
                name: Case
                horizon_months: 3
                drivers: {\(extra)x: {low: 1, high: 9}}
                costs: [{name: A, one_time: 1}]
                value: [{name: B, monthly: x}]
                """)
        }
        let streams = ["other", "x"]
        let a = try await Simulation.run(try model(""), draws: 256, seed: 1, streams: streams)
        let b = try await Simulation.run(try model("other: {low: 0, high: 1}, "), draws: 256, seed: 1, streams: streams)
        #expect(a.samples == b.samples)
    }

    @Test("Actuals take the place of the plan, after tax", arguments: [0, 0.25])
    func actuals(tax: Double) throws {
        let result = try Scenarios.run("customer-support", ["tax_rate=\(tax)"])
        let plan = PlanActuals(
            result, actuals: ["costs.api_charges": [7_000, 5_000], "value.labour_savings": [10_000]])
        #expect(
            plan.throughMonth == 2 && plan.rows.map(\.actual) == [12_000, 10_000]
                && plan.rows.map(\.planned) == [12_000, 19_250])
        #expect(abs(plan.actualNet - plan.plannedNet - (1 - tax) * -9_250) < 1e-9)
        let monthly = InterestRate.monthly(0.1)
        let change = (1 - tax) * (-10_250 / (1 + monthly) + 1_000 / ((1 + monthly) * (1 + monthly)))
        #expect(abs(plan.revisedNetPresentValue - plan.plannedNetPresentValue - change) < 1e-6)
    }

    @Test("Tax takes its share of the net flow")
    func tax() throws {
        let (plain, taxed) = (
            try Scenarios.run("customer-support"), try Scenarios.run("customer-support", ["tax_rate=0.25"])
        )
        #expect(abs(try #require(taxed.figure("net_value")) - 0.75 * (try #require(plain.figure("net_value")))) < 1e-6)
    }
}
