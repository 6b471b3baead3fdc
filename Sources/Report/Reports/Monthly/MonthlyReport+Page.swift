package import Documents
internal import Domain
internal import Productivity
internal import Statistics

extension MonthlyReport {
    /// For people.
    package var document: Document {
        var blocks: [Block] = [.figures(figures)]
        if rows.weeks.count > 1 { blocks.append(.lines(rows.trend)) }
        blocks += restatement?.blocks ?? []
        blocks += bridge.blocks
        if !movements.isEmpty { blocks += [.heading(level: 1, text: "What left its usual range"), .table(moved)] }
        blocks += [.heading(level: 1, text: "Budgets, and how the month will end"), .table(budgetTable)]
        blocks += [.heading(level: 1, text: "Who pays"), .table(teams)]
        blocks += worth
        if !recommendations.isEmpty {
            blocks += [.heading(level: 1, text: "What to do"), .list(recommendations)]
        }
        return Document(
            title: "\(rows.period.name): \(NumberText.headline(rows.realized)) spent",
            subtitle: "USD, UTC. Monthly report.",
            blocks: blocks)
    }

    private var figures: [Figure] {
        var figures = [
            Figure("Spent", NumberText.headline(rows.realized), note: rows.before("month")),
            Figure(
                "Saved", NumberText.percent(rows.savingShare),
                note: "of a baseline of \(NumberText.headline(rows.baseline))"),
        ]
        if !tasks.tasks.isEmpty {
            figures += [
                Figure("Hours saved", NumberText.fixed(tasks.minutesSaved / 60, decimals: 1)),
                Figure("Net value", ProjectionText.headline(tasks.value - tasks.apiCost)),
                Figure(
                    "ROI", ProjectionText.percent(tasks.roiOnAPICost),
                    note: "on API cost; \(ProjectionText.percent(tasks.roiOnTotalCost)) on total cost"),
            ]
        }
        return figures
    }

    private var moved: Table {
        Table(
            "The last seven days against the five weeks before",
            columns: [
                Column("What"), Column("Last week, USD", .decimal), Column("Usually, USD", .decimal),
                Column("Requests", .decimal, priority: 1), Column("Usually", .decimal, priority: 1),
            ],
            rows: movements.map { movement in
                Row([
                    Cell(movement.label), Cell(NumberText.money(movement.now, symbol: "")),
                    Cell(NumberText.money(movement.usual, symbol: "")), Cell(NumberText.count(movement.requests)),
                    Cell(NumberText.count(movement.usualRequests)),
                ])
            })
    }

    private var budgetTable: Table {
        Table(
            "",
            columns: [
                Column("Budget"), Column("Limit, USD", .decimal), Column("Spent, USD", .decimal),
                Column("Expected, USD", .decimal), Column("95 % interval", .decimal, priority: 1),
                Column("Of limit, %", .decimal),
            ],
            rows: budgets.map { budget in
                Row([
                    Cell(budget.scope), Cell(budget.limit.map { NumberText.money($0, symbol: "") } ?? NumberText.none),
                    Cell(NumberText.money(budget.spent, symbol: "")),
                    Cell(ProjectionText.column(budget.expected?.estimate)),
                    Cell(
                        budget.expected.map {
                            "\(ProjectionText.column(budget.low)) to \(ProjectionText.column($0.high))"
                        }
                            ?? NumberText.none), Cell(NumberText.percentage(budget.use)),
                ])
            })
    }

    private var teams: Table {
        var table = Table(
            showback.rule == "none"
                ? "What belongs to nobody stays by itself" : "Shared cost is shared: \(showback.rule)",
            columns: [
                Column(showback.payers == .teams ? "Team" : "Customer"), Column("Cost centre", priority: 1),
                Column("Requests", .decimal, priority: 1),
                Column("Own, USD", .decimal), Column("Shared, USD", .decimal), Column("Charged, USD", .decimal),
            ],
            rows: showback.rows.map { row in
                Row([
                    Cell(row.team ?? "nobody"), Cell(row.costCenter ?? ""), Cell(NumberText.count(row.requests)),
                    Cell(NumberText.money(row.direct, symbol: "")), Cell(NumberText.money(row.shared, symbol: "")),
                    Cell(NumberText.money(row.total, symbol: "")),
                ])
            })
        let sum = showback.rows.reduce(NanoUSD.zero) { $0 + $1.total }
        table.total = Row([
            Cell("All"), Cell(""), Cell(""), Cell(""), Cell(""), Cell(NumberText.money(sum, symbol: "")),
        ])
        return table
    }

    private var worth: [Block] {
        let heading = Block.heading(level: 1, text: "What it was worth")
        if tasks.tasks.isEmpty {
            return [
                heading,
                .hint(Hint("No task of this month has been recorded.", command: "payback track import tasks.csv")),
            ]
        }
        let rows = tasks.topTasks.map { task in
            Row([
                Cell(task.taskType), Cell(ProjectionText.column(task.value)), Cell(ProjectionText.column(task.cost)),
                Cell(NumberText.percentage(task.roi.map { $0 / 100 })),
            ])
        }
        return [
            heading,
            .table(
                Table(
                    "Tasks by their return",
                    columns: [
                        Column("Task"), Column("Value, USD", .decimal), Column("API cost, USD", .decimal),
                        Column("ROI, %", .decimal),
                    ], rows: rows)),
        ]
    }
}
