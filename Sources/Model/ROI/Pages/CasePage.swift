package import Documents
internal import Domain

/// The one page of a case: what is asked, what it is worth and how surely, what must be true, and when to stop.
package struct CasePage: Sendable {
    let result: RunResult
    private let simulation: Simulation?
    private let band: Simulation?
    let tornado: [TornadoRow]
    private let explains: Bool
    private let actuals: PlanActuals?

    private init(
        result: RunResult, simulation: Simulation?, band: Simulation?, tornado: [TornadoRow], explains: Bool,
        actuals: PlanActuals?
    ) {
        (self.result, self.simulation, self.band) = (result, simulation, band)
        (self.tornado, self.explains, self.actuals) = (tornado, explains, actuals)
    }

    /// Runs what the page shows.
    ///
    /// - Parameter simulation: where the same draws have been made already.
    /// - Throws: where correlations cannot be.
    package static func make(
        _ model: ScenarioModel, draws: Int, seed: UInt64, explains: Bool = false, actuals: PlanActuals? = nil,
        simulation drawn: Simulation? = nil
    ) async throws -> Document {
        let isUncertain = !model.graph.uncertainInputs.isEmpty
        var simulation = drawn
        if isUncertain, simulation == nil { simulation = try await Simulation.run(model, draws: draws, seed: seed) }
        let months = (0...model.scenario.horizon).map { ModelOutput("cumulative_net", month: $0) }
        // The band needs no more draws than a line is thick.
        let band =
            isUncertain
            ? try await Simulation.run(model, draws: min(draws, 4_000), seed: seed, outputs: months) : nil
        return CasePage(
            result: RunResult(model), simulation: simulation, band: band,
            tornado: Array(model.tornado(assuming: 0.3).prefix(10)), explains: explains, actuals: actuals
        ).document
    }

    var scenario: Scenario { result.scenario }

    private var document: Document {
        let rate = NumberText.percent(result.discountRate)
        let timing = scenario.timing == .tei ? "year end" : "month"
        let start = scenario.firstMonth.map { ", from \($0.text)" } ?? ""
        var blocks = [Block.paragraph(scenario.ask ?? defaultAsk), .figures(figures), .lines(course)]
        blocks += actuals.map { $0.blocks } ?? []
        blocks += money + mustBeTrue + sensitivity + gates + years + inputs + own
        if explains {
            blocks += [.heading(level: 1, text: "How each figure comes about"), .table(result.explanationTable)]
        }
        blocks += result.warnings.map { .hint(Hint($0)) }
        return Document(
            title: scenario.name,
            subtitle: "\(scenario.horizon) months\(start), USD, discounted at \(rate) a year by \(timing).",
            blocks: blocks,
            notes: scenario.source.map { [Note("Source: \($0).")] } ?? [])
    }

    /// What the case asks for, in a sentence that follows the numbers.
    private var defaultAsk: String {
        let cost = ProjectionText.headline(result.figure("total_cost"))
        let once = ProjectionText.headline(result.figure("total_one_time_cost"))
        let value = ProjectionText.headline(result.figure("total_value"))
        let verdict =
            (result.figure("npv") ?? 0) >= 0
            ? "On these assumptions it is worth more than it costs."
            : "On these assumptions it costs more than it is worth."
        return
            "The ask: \(once) at the start and \(cost) in all over \(scenario.horizon) months, for \(value) of value. \(verdict)"
    }

    // MARK: Headline

    private var figures: [Figure] {
        var figures = [Figure("Net present value", ProjectionText.headline(result.figure("npv")), note: interval)]
        if let loss = simulation?.probabilityOfLoss {
            figures.append(
                Figure("Chance of a loss", NumberText.percent(loss), note: "share of \(simulation?.draws ?? 0) draws"))
        }
        figures += [
            Figure(
                "ROI", ProjectionText.percent(result.figure("roi_percent")),
                note: (result.figure("total_tax") == 0
                    ? "on present values " : "after tax; on present values before tax ")
                    + ProjectionText.percent(result.figure("roi_present_percent"))),
            Figure(
                "Payback", ProjectionText.months(result.figure("payback_months")),
                note: "discounted \(ProjectionText.months(result.discountedPayback))"),
            rateOfReturn,
        ]
        if let unit = scenario.unit {
            figures.append(
                Figure(
                    "Cost per \(unit.name)", "$" + ProjectionText.quantity(result.figure("cost_per_unit"), unit: "USD"),
                    note: "everything, one-time cost included"))
        }
        return figures
    }

    /// The rate where there is one; a rate that a small first outlay inflates is not led with.
    private var rateOfReturn: Figure {
        let rates = result.returnRates
        let modified = "modified: \(ProjectionText.percent(result.modifiedReturnRate)) a year"
        guard rates.count == 1 else {
            return Figure("Rate of return", NumberText.none, note: rates.isEmpty ? nil : modified)
        }
        if rates[0] > 1_000 {
            return Figure("Rate of return", "> 1,000 % a year", note: "the first outlay is small beside what follows")
        }
        return Figure("Rate of return", ProjectionText.percent(rates[0]) + " a year", note: modified)
    }

    private var interval: String? {
        guard let figure = simulation?.summary(of: "npv") else {
            return "no input has a range: a point, not a forecast"
        }
        return "P10 \(ProjectionText.headline(figure.p10.value)), P50 \(ProjectionText.headline(figure.p50.value)), "
            + "P90 \(ProjectionText.headline(figure.p90.value))"
    }

    private var course: LineChart {
        let base = result.months("cumulative_net")
        let payback = result.figure("payback_months")
        let title =
            payback.map { months in
                months <= Double(scenario.horizon)
                    ? "The money is back after \(NumberText.fixed(months, decimals: 1)) months"
                    : "The money is not back within \(scenario.horizon) months; at the last month's pace it takes \(NumberText.fixed(months, decimals: 1))"
            } ?? "The money does not come back"
        let names = base.indices.map { month in month == 0 ? "0" : result.date(month) ?? "\(month)" }
        return LineChart(
            title, subtitle: "Net flow so far, USD\(band == nil ? "" : "; the band holds eight draws in ten")",
            axis: "Month", points: names, series: [LineSeries("Plan", values: base)],
            band: band.map { band in
                LineBand(
                    "P10 to P90", low: band.outputs.map { band.summary(of: $0)?.p10.value },
                    high: band.outputs.map { band.summary(of: $0)?.p90.value })
            })
    }
}
