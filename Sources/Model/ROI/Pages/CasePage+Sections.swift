internal import Documents
internal import Domain

/// What stands below the headline.
extension CasePage {
    // MARK: Money

    var money: [Block] {
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
        let tax = result.figure("total_tax") ?? 0
        let taxRow = Row([Cell("Tax"), Cell("tax"), Cell(""), Cell(ProjectionText.column(-tax))])
        var table = Table("", columns: columns, rows: rows + (tax == 0 ? [] : [taxRow]))
        table.total = Row([
            Cell("Net value"), Cell(""), Cell(""), Cell(ProjectionText.column(result.figure("net_value"))),
        ])
        table.detailTitle = "Source"
        return table
    }

    // MARK: What must be true

    var mustBeTrue: [Block] {
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

    var sensitivity: [Block] {
        guard !tornado.isEmpty else { return [] }
        return [.heading(level: 1, text: "What matters most"), .ranges(SensitivityReport.chart(tornado))]
    }

    // MARK: Gates

    var gates: [Block] {
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

    var years: [Block] {
        let isTaxed = result.figure("total_tax") != 0
        let columns =
            (["Year", "Cost, USD", "Value, USD"] + (isTaxed ? ["Tax, USD"] : []) + [
                "Net, USD", "ROI, %", "Net so far, USD",
            ]).map { Column($0, .decimal) }
        let rows = result.yearRows.map { year in
            Row(
                [
                    Cell("\(year.year)"), Cell(ProjectionText.column(year.cost)),
                    Cell(ProjectionText.column(year.value)),
                ] + (isTaxed ? [Cell(ProjectionText.column(year.value - year.cost - year.net))] : []) + [
                    Cell(ProjectionText.column(year.net)),
                    Cell(NumberText.percentage(year.roiPercent.map { $0 / 100 })),
                    Cell(ProjectionText.column(year.cumulativeNet)),
                ])
        }
        return [.heading(level: 1, text: "Year by year"), .table(Table("", columns: columns, rows: rows))]
    }

    var inputs: [Block] {
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

    var own: [Block] {
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
