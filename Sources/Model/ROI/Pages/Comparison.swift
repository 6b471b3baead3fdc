package import Documents
internal import Statistics

/// Scenarios side by side, on the same draws.
package struct Comparison: Sendable {
    private let results: [RunResult]
    private let simulations: [Simulation]

    /// Runs the scenarios; an input of the same name has the same draws in each.
    package static func make(_ models: [ScenarioModel], draws: Int, seed: UInt64) async throws -> Comparison {
        var simulations: [Simulation] = []
        var streams: [String] = []
        for name in models.flatMap({ $0.graph.uncertainInputs.map(\.name) }) where !streams.contains(name) {
            streams.append(name)
        }
        for model in models {
            simulations.append(try await Simulation.run(model, draws: draws, seed: seed, streams: streams))
        }
        return Comparison(results: models.map { RunResult($0) }, simulations: simulations)
    }

    /// The share of draws in which a scenario has the highest net present value, and it is positive.
    private func bestShare(_ position: Int) -> Double {
        let values = simulations.map { $0.samples[0] }
        let draws = values.first?.count ?? 0
        let wins = (0..<draws).count { draw in
            let own = values[position][draw]
            // Of equals the first is the best, so that shares do not sum to more than all draws.
            return own > 0 && own.isFinite
                && values.indices.allSatisfy { other in
                    let rival = values[other][draw]
                    return other == position || !rival.isFinite || rival < own || (rival == own && position < other)
                }
        }
        return draws > 0 ? Double(wins) / Double(draws) : 0
    }

    private var perfectInformation: Double? {
        let values = simulations.map { $0.samples[0] }
        return PerfectInformation.value(payoffs: values + [values.first.map { $0.map { _ in 0 } } ?? []])
    }

    /// What keeps the scenarios from being comparable.
    private var differences: [String] {
        var found: [String] = []
        if Set(results.map(\.scenario.horizon)).count > 1 {
            found.append("The scenarios look ahead differently far: sums and present values are not of the same time.")
        }
        if Set(results.map(\.discountRate)).count > 1 {
            found.append("The scenarios are discounted at different rates.")
        }
        if Set(results.map(\.scenario.timing)).count > 1 {
            found.append("The scenarios are discounted at different times.")
        }
        return found
    }

    /// For programs.
    package var json: JSONOutput {
        let rows = results.indices.map { position -> JSONOutput in
            let simulated = simulations[position].summary(of: "npv")?.json ?? .null
            return results[position].json.adding("simulated_npv", simulated).adding(
                "best_share", .number(bestShare(position)))
        }
        return [
            "scenarios": .array(rows), "evpi_usd": .fraction(perfectInformation),
            "warnings": .array(differences.map { .string($0) }),
        ]
    }

    /// For people.
    package var document: Document {
        let columns = [Column("Figure")] + results.map { Column($0.scenario.name, .decimal) }
        func row(_ label: String, _ value: (Int) -> String) -> Row {
            Row([Cell(label)] + results.indices.map { Cell(value($0)) })
        }
        func npv(_ position: Int) -> SimulatedFigure? { simulations[position].summary(of: "npv") }
        let rows = [
            row("Months") { "\(results[$0].scenario.horizon)" },
            row("Total cost, USD") { ProjectionText.column(results[$0].figure("total_cost")) },
            row("Total value, USD") { ProjectionText.column(results[$0].figure("total_value")) },
            row("ROI, %") { NumberText.percentage(results[$0].figure("roi_percent").map { $0 / 100 }) },
            row("Payback, months") {
                results[$0].figure("payback_months").map { NumberText.fixed($0, decimals: 1) } ?? "never"
            },
            row("Net present value, USD") { ProjectionText.column(results[$0].figure("npv")) },
            row("P10, USD") { ProjectionText.column(npv($0)?.p10.value) },
            row("P90, USD") { ProjectionText.column(npv($0)?.p90.value) },
            row("Chance of a loss, %") { NumberText.percentage(simulations[$0].probabilityOfLoss) },
            row("Best of all, % of draws") { NumberText.percentage(bestShare($0)) },
        ]
        let horizon = results.map(\.scenario.horizon).max() ?? 0
        let series = results.enumerated().map { position, result in
            LineSeries(
                result.scenario.name,
                values: (0...horizon).map { month in
                    let months = result.months("cumulative_net")
                    return months.indices.contains(month) ? months[month] : nil
                }, role: .series(position))
        }
        return Document(
            title: "Scenarios side by side", subtitle: "Inputs of the same name have the same draws in each.",
            blocks: [
                .table(Table("", columns: columns, rows: rows)),
                .lines(
                    LineChart(
                        "Net flow so far", subtitle: "USD, every input as assumed", axis: "Month",
                        points: (0...horizon).map { "\($0)" }, series: series)),
            ] + differences.map { .hint(Hint($0)) })
    }
}
