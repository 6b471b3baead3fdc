package import Documents
internal import Domain

/// The one page of a case: what is asked, what it is worth and how surely, what must be true, and when to stop.
package struct CasePage: Sendable {
    private let result: RunResult
    private let simulation: Simulation?
    private let band: Simulation?
    private let tornado: [TornadoRow]
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
    /// - Throws: where correlations cannot be.
    package static func make(
        _ model: ScenarioModel, draws: Int, seed: UInt64, explains: Bool = false, actuals: PlanActuals? = nil
    ) async throws -> Document {
        let isUncertain = !model.graph.uncertainInputs.isEmpty
        let simulation = isUncertain ? try await Simulation.run(model, draws: draws, seed: seed) : nil
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

    private var scenario: Scenario { result.scenario }

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
        let rates = result.returnRates
        figures += [
            Figure(
                "ROI", ProjectionText.percent(result.figure("roi_percent")),
                note: "on present values \(ProjectionText.percent(result.figure("roi_present_percent")))"),
            Figure(
                "Payback", ProjectionText.months(result.figure("payback_months")),
                note: "discounted \(ProjectionText.months(result.discountedPayback))"),
            Figure(
                "Rate of return", rates.count == 1 ? ProjectionText.percent(rates[0]) + " a year" : NumberText.none,
                note: rates.count > 1 ? "modified: \(ProjectionText.percent(result.modifiedReturnRate)) a year" : nil),
        ]
        if let unit = scenario.unit {
            figures.append(
                Figure(
                    "Cost per \(unit.name)", "$" + ProjectionText.quantity(result.figure("cost_per_unit"), unit: "USD"),
                    note: "everything, one-time cost included"))
        }
        return figures
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

    // MARK: Money

    private var money: [Block] {
        let (cash, freed) = (result.figure("total_cash_value") ?? 0, result.figure("total_freed_capacity") ?? 0)
        let all = cash + freed
        let share = all > 0 ? " (\(NumberText.percent(freed / all)) of the value is freed capacity)" : ""
        let bars = BarChart(
            freed > cash ? "Most of the value is time, not money" : "Most of the value is money",
            subtitle: "Over \(scenario.horizon) months, USD\(share)",
            items: [
                Bar(
                    "Cost", value: result.figure("total_cost") ?? 0,
                    valueText: ProjectionText.column(result.figure("total_cost")), role: .other),
                Bar("Value in cash", value: cash, valueText: ProjectionText.column(cash), role: .accent),
                Bar("Freed capacity", value: freed, valueText: ProjectionText.column(freed), role: .series(4)),
            ])
        return [.heading(level: 1, text: "Where it comes from"), .bars(bars), .table(lineTable)]
    }

    private var lineTable: Table {
        let columns = [
            Column("Line"), Column("Kind"), Column("Evidence", priority: 1), Column("Total, USD", .decimal),
        ]
        let rows = (scenario.costs + scenario.values).map { line -> Row in
            let total = result.total(of: line)
            let kind = line.isCost ? "cost: \(line.category)" : line.isCash ? "cash" : "capacity"
            return Row(
                [
                    Cell(line.name), Cell(kind.split(separator: "_").joined(separator: " ")),
                    Cell(line.isCost ? "" : line.evidence.label),
                    Cell(ProjectionText.column(line.isCost ? -total : total)),
                ], detail: line.source)
        }
        var table = Table("", columns: columns, rows: rows)
        table.total = Row([
            Cell("Net value"), Cell(""), Cell(""), Cell(ProjectionText.column(result.figure("net_value"))),
        ])
        table.detailTitle = "Source"
        return table
    }

    // MARK: What must be true

    private var mustBeTrue: [Block] {
        let rows = result.breakEvens.prefix(8).map { row -> Row in
            Row([
                Cell(row.label), Cell(ProjectionText.quantity(row.base, unit: row.unit)),
                Cell(ProjectionText.quantity(row.value, unit: row.unit)), Cell(NumberText.percentage(row.margin)),
                Cell(ProjectionText.unit(row.unit)),
            ])
        }
        if rows.isEmpty { return [] }
        let columns = [
            Column("Input"), Column("Assumed", .decimal), Column("Breaks even at", .decimal),
            Column("Margin, %", .decimal),
            Column("Unit", priority: 1),
        ]
        return [
            .heading(level: 1, text: "What must be true"),
            .paragraph(limits),
            .table(Table("", columns: columns, rows: Array(rows))),
        ]
    }

    private var limits: String {
        guard let share = result.smallestValueShare, share > 0 else {
            return "The case has no cost that it could fail to earn."
        }
        if share >= 1 {
            return "The case is lost as planned: it would need \(NumberText.percent(share)) of the planned value, or "
                + "\(NumberText.percent(1 / share)) of the planned cost."
        }
        return
            "The case is lost when less than \(NumberText.percent(share)) of the planned value comes, or when it costs more than "
            + "\(NumberText.fixed(1 / share, decimals: 1)) times the plan (present values)."
    }

    private var sensitivity: [Block] {
        guard !tornado.isEmpty else { return [] }
        return [.heading(level: 1, text: "What matters most"), .ranges(SensitivityReport.chart(tornado))]
    }

    // MARK: Gates

    private var gates: [Block] {
        guard !scenario.tranches.isEmpty || !scenario.kills.isEmpty else { return [] }
        let tranches = scenario.tranches.map { tranche in
            Row([
                Cell("\(tranche.month)"), Cell(result.date(tranche.month) ?? ""), Cell("release: \(tranche.name)"),
                Cell(ProjectionText.column(tranche.amount)), Cell(tranche.gate ?? ""),
            ])
        }
        let kills = scenario.kills.map { kill in
            Row([
                Cell("\(kill.month)"), Cell(result.date(kill.month) ?? ""), Cell("stop if"), Cell(""), Cell(kill.text),
            ])
        }
        let columns = [
            Column("Month", .decimal), Column("Date", priority: 1), Column("What"), Column("USD", .decimal),
            Column("Gate"),
        ]
        return [
            .heading(level: 1, text: "When to go on, when to stop"),
            .table(Table("", columns: columns, rows: tranches + kills)),
        ]
    }

    // MARK: Tables

    private var years: [Block] {
        let columns = ["Year", "Cost, USD", "Value, USD", "Net, USD", "ROI, %", "Net so far, USD"].map {
            Column($0, .decimal)
        }
        let rows = result.yearRows.map { year in
            Row([
                Cell("\(year.year)"), Cell(ProjectionText.column(year.cost)), Cell(ProjectionText.column(year.value)),
                Cell(ProjectionText.column(year.net)), Cell(NumberText.percentage(year.roiPercent.map { $0 / 100 })),
                Cell(ProjectionText.column(year.cumulativeNet)),
            ])
        }
        return [.heading(level: 1, text: "Year by year"), .table(Table("", columns: columns, rows: rows))]
    }

    private var inputs: [Block] {
        let columns = [Column("Input"), Column("Value", .decimal), Column("Unit"), Column("Range", priority: 1)]
        let rows = result.graph.inputs.map { cell in
            Row(
                [
                    Documents.Cell(cell.label),
                    Cell(ProjectionText.quantity(result.figure(cell.name), unit: cell.unit)),
                    Cell(ProjectionText.unit(cell.unit)), Cell(cell.rangeText ?? ""),
                ], detail: cell.source)
        }
        var table = Table("", columns: columns, rows: rows)
        table.detailTitle = "Source"
        return [.heading(level: 1, text: "Assumptions"), .table(table)]
    }

    private var own: [Block] {
        if scenario.figures.isEmpty { return [] }
        let rows = scenario.figures.map { figure in
            Row([Cell(figure.label), Cell(ProjectionText.quantity(result.value(of: figure), unit: ""))])
        }
        return [
            .heading(level: 1, text: "Further figures"),
            .table(Table("", columns: [Column("Figure"), Column("Value", .decimal)], rows: rows)),
        ]
    }
}
