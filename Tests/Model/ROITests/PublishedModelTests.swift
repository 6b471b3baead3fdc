import ROI
import Testing

@Suite("Published models come out as their formulas say")
struct PublishedModelTests {
    private func expect(_ result: RunResult, _ name: String, _ value: Double, within tolerance: Double = 1e-9) throws {
        let found = try #require(result.figure(name), "\(name)")
        #expect(abs(found - value) <= tolerance * max(1, abs(value)), "\(name) is \(found), not \(value)")
    }

    @Test("Coding assistant")
    func codingAssistant() throws {
        let result = try Scenarios.run("coding-assistant")
        try expect(result, "total_cost", 67_800)
        try expect(result, "total_value", 174_000)
        try expect(result, "roi_percent", 156.637168141593)
        try expect(result, "payback_months", 1.48514851485149)
    }

    @Test(
        "Customer support over 12, 24 and 36 months",
        arguments: [
            (12, 312_000, 315_000, 0.961538461538462), (24, 474_000, 630_000, 32.9113924050633),
            (36, 636_000, 945_000, 48.5849056603774),
        ] as [(Int, Double, Double, Double)])
    func customerSupport(months: Int, cost: Double, value: Double, roi: Double) throws {
        let result = try Scenarios.run("customer-support", ["horizon_months=\(months)"])
        try expect(result, "total_cost", cost)
        try expect(result, "total_value", value)
        try expect(result, "roi_percent", roi)
        try expect(result, "payback_months", 11.7647058823529)
    }

    @Test("Conversational agent: the report's keys, by their formulas")
    func conversationalAgent() throws {
        let result = try Scenarios.run("conversational-agent")
        for (name, value) in [
            ("annual_api_cost", 7_200), ("annual_infra_cost", 30_000), ("annual_maintenance", 24_000),
            ("development_cost", 120_000), ("total_annual_cost", 181_200), ("annual_labor_savings", 1_147_500),
            ("annual_revenue_impact", 36_000), ("total_annual_value", 1_183_500), ("roi_percent", 553.145695364238),
            ("cost_per_ai_conversation", 0.204), ("cost_per_human_conversation", 8.5),
            ("human_to_ai_cost_ratio", 41.6666666666667), ("cost_per_resolved_conversation", 0.453333333333333),
            ("loaded_cost_per_resolved_conversation", 1.34222222222222),
        ] {
            try expect(result, name, value)
        }
    }

    @Test("Ten points of deflection are 255,000 a year; ten per cent of it 114,750")
    func deflection() throws {
        let base = try #require(try Scenarios.run("conversational-agent").figure("annual_labor_savings"))
        try expect(
            try Scenarios.run("conversational-agent", ["deflection_rate=0.55"]), "annual_labor_savings", base + 255_000)
        try expect(
            try Scenarios.run("conversational-agent", ["deflection_rate=0.495"]), "annual_labor_savings", base + 114_750
        )
    }

    @Test("Forrester's table to the dollar")
    func totalEconomicImpact() throws {
        let result = RunResult(try Scenarios.model(Scenarios.tei))
        #expect(result.figure("present_cost")?.rounded() == 1_672_201)
        #expect(result.figure("present_value")?.rounded() == 7_168_371)
        #expect(result.figure("npv")?.rounded() == 5_496_170)
        try expect(result, "roi_present_percent", 328.68, within: 1e-4)
        try expect(result, "payback_months", 0.0566 * 12, within: 1e-3)
        #expect(try #require(result.returnRate).rounded() == 1_912)
    }

    @Test("A fixed cost is counted once: the payback trap")
    func fixedCost() throws {
        let result = RunResult(try Scenarios.model(Scenarios.fixedCostTrap))
        try expect(result, "value_per_ticket", 2.565)
        try expect(result, "payback_months", 3.1240, within: 1e-4)
        let volume = try #require(result.breakEvens.first { $0.input == "tickets" }?.value)
        // At 10 % a year rather than amortised evenly it lies a little above 260.3.
        #expect((260.335...275).contains(volume))
        let undiscounted = RunResult(try Scenarios.model(Scenarios.fixedCostTrap, ["discount_rate_annual=0"]))
        let plain = try #require(undiscounted.breakEvens.first { $0.input == "tickets" }?.value)
        #expect(abs(plain - 260.335) < 1e-3)
    }

    @Test("Quality return and failure cost as lines of a scenario")
    func qualityAndFailure() throws {
        let model = try Scenarios.model(
            """
            name: Moderation
            horizon_months: 1
            drivers: {requests: 1_000_000}
            costs:
              - {name: Dearer model, monthly: (0.002 - 0.0001) * requests}
              - name: Failures
                failure: {requests: requests * 30, success_rate: 0.95, minutes: 5, hourly_rate: 50}
            value:
              - name: Quality
                quality_return: {from: 0.82, to: 0.95, value_per_point: 0.02, requests: requests}
            """)
        let result = RunResult(model)
        #expect(abs(result.months("costs.dearer_model")[1] - 1_900) < 1e-9)
        #expect(abs(result.months("costs.failures")[1] - 6_250_000) < 1e-6)
        #expect(abs(result.months("value.quality")[1] - 260_000) < 1e-6)
    }

    @Test("Every template runs, and says where it is from", arguments: ScenarioTemplate.all.map(\.name))
    func templates(name: String) async throws {
        let model = try Scenarios.template(name)
        let result = RunResult(model)
        #expect(result.figure("npv") != nil && result.figure("roi_percent") != nil)
        #expect(model.scenario.source != nil && !model.graph.uncertainInputs.isEmpty)
        let simulation = try await Simulation.run(model, draws: 512, seed: 1)
        #expect(simulation.summary(of: "npv")?.p50.value != nil)
    }
}
