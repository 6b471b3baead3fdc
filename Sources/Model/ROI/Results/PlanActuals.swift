package import Documents

/// What happened beside what was planned.
package struct PlanActuals: Sendable {
    /// A line's plan and its actual amounts, over the months that have passed.
    package struct Row: Sendable, Hashable {
        /// The line.
        package let name: String
        /// Whether it is a cost.
        package let isCost: Bool
        /// USD planned over these months.
        package let planned: Double
        /// USD that there were.
        package let actual: Double
    }

    /// Lines with actuals.
    package let rows: [Row]
    /// The last month of the plan that has passed.
    package let throughMonth: Int
    /// Net so far as planned, USD.
    package let plannedNet: Double
    /// Net so far as it was, USD; lines without actuals count as planned.
    package let actualNet: Double
    /// The net present value with what happened in the place of the plan, the rest as planned, USD.
    package let revisedNetPresentValue: Double
    /// The plan's, USD.
    package let plannedNetPresentValue: Double

    /// Compares.
    ///
    /// - Parameter actuals: for lines by their cell, USD of the months 1, 2, … that have passed.
    package init(_ result: RunResult, actuals: [String: [Double]]) {
        let through = min(actuals.values.map(\.count).max() ?? 0, result.scenario.horizon)
        throughMonth = through
        let lines = result.scenario.costs + result.scenario.values
        var rows: [Row] = []
        var net = result.months("net")
        let planned = net
        let factors = result.months("discount_factor")
        // Of each dollar more or less, tax takes its share.
        let kept = 1 - (result.figure("tax_rate") ?? 0)
        for line in lines {
            guard let found = actuals[line.cell] else { continue }
            let plan = result.months(line.cell)
            let months = 0..<min(found.count, through)
            for month in months { net[month + 1] += (line.isCost ? -kept : kept) * (found[month] - plan[month + 1]) }
            rows.append(
                Row(
                    name: line.name, isCost: line.isCost, planned: months.reduce(0) { $0 + plan[$1 + 1] },
                    actual: found.prefix(through).reduce(0, +)))
        }
        self.rows = rows
        plannedNet = planned.prefix(through + 1).reduce(0, +)
        actualNet = net.prefix(through + 1).reduce(0, +)
        plannedNetPresentValue = zip(planned, factors).reduce(0) { $0 + $1.0 * $1.1 }
        revisedNetPresentValue = zip(net, factors).reduce(0) { $0 + $1.0 * $1.1 }
    }

    /// For programs.
    package var json: JSONOutput {
        [
            "through_month": .integer(Int64(throughMonth)),
            "lines": .array(
                rows.map {
                    [
                        "name": .string($0.name), "side": .string($0.isCost ? "cost" : "value"),
                        "planned": .number($0.planned), "actual": .number($0.actual),
                        "variance": .number($0.actual - $0.planned),
                    ]
                }),
            "planned_net": .number(plannedNet), "actual_net": .number(actualNet),
            "planned_npv": .number(plannedNetPresentValue), "revised_npv": .number(revisedNetPresentValue),
        ]
    }

    /// For people.
    var blocks: [Block] {
        let columns = [
            Column("Line"), Column("Planned, USD", .decimal), Column("Actual, USD", .decimal),
            Column("Difference, USD", .decimal),
        ]
        let table = rows.map { row in
            Documents.Row([
                Cell(row.name), Cell(ProjectionText.column(row.planned)), Cell(ProjectionText.column(row.actual)),
                Cell(ProjectionText.column(row.actual - row.planned)),
            ])
        }
        var sum = Table("", columns: columns, rows: table)
        sum.total = Documents.Row([
            Cell("Net so far"), Cell(ProjectionText.column(plannedNet)), Cell(ProjectionText.column(actualNet)),
            Cell(ProjectionText.column(actualNet - plannedNet)),
        ])
        return [
            .heading(level: 1, text: "Actuals through month \(throughMonth)"), .table(sum),
            .paragraph(
                "With what happened in the place of the plan, the net present value is \(ProjectionText.headline(revisedNetPresentValue)) "
                    + "(planned: \(ProjectionText.headline(plannedNetPresentValue))). Lines without actuals count as planned."
            ),
        ]
    }
}
