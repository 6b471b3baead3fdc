package import Documents
internal import Domain

extension PolicyStatus {
    /// For people.
    package var document: Document {
        var blocks: [Block] = [plan.rules.isEmpty ? .hint(Self.noRules) : .table(table)]
        if !errorBudgets.isEmpty { blocks.append(.table(budgetTable)) }
        return Document(title: title, subtitle: subtitle, blocks: blocks, notes: notes)
    }

    /// What stands where no plan is in force.
    package static let nothing = Document(
        title: "No plan is in force", subtitle: "Every request passes as it is asked",
        blocks: [.hint(Hint("Put a plan in force.", command: "payback policy apply plan.yaml"))])

    /// The finding: how many rules act.
    package var title: String {
        let name = applied.name.isEmpty ? "Plan \(applied.number)" : applied.name
        let acting = rules.count { $0.servedShare > 0 }
        if rules.isEmpty { return "No rule is in force" }
        let count = acting == 0 ? "none" : "\(acting)"
        return
            "\(name): \(count) of \(rules.count) \(rules.count == 1 ? "rule" : "rules") \(acting > 1 ? "act" : "acts")"
    }

    /// Since when, and why.
    package var subtitle: String {
        "Plan \(applied.number), in force since \(applied.appliedAt.secondText) UTC"
            + (applied.note.map { ": " + $0 } ?? "")
    }

    /// The rules, each with what it needs next.
    package var table: Table {
        var table = Table(
            "Rules of the plan in force",
            columns: [
                Column("Rule"), Column("Lever", priority: 1), Column("State"), Column("Serves, %", .decimal),
                Column("Judged", .decimal), Column("Lost", .decimal, priority: 1),
                Column("Loss at most, %", .decimal), Column("Predicted a month, USD", .decimal, priority: 2),
            ], rows: rules.map(\.row))
        table.detailTitle = "What it needs"
        return table
    }

    /// What the plan allows to be spoilt, and what may be.
    package var budgetTable: Table {
        Table(
            "Error budgets",
            columns: [
                Column("Feature"), Column("Allowed, %", .decimal), Column("May be spoilt, %", .decimal),
                Column("By"),
            ],
            rows: errorBudgets.map { budget in
                let serving = budget.claims.filter { $0.touchedShare > 0 }.map(\.lever)
                return Row([
                    Cell(budget.allowance.feature), Cell(NumberText.percentage(budget.allowance.allowedShare)),
                    Cell(NumberText.percentage(budget.spentShare) + (budget.isExceeded ? " ▲" : "")),
                    Cell(serving.isEmpty ? "nobody serves yet" : serving.joined(separator: ", ")),
                ])
            })
    }

    private var notes: [Note] {
        rules.contains { $0.gate != nil }
            ? [
                Note(
                    "The bound is the judge's verdict, valid at every look; docs/methods/quality-gate.md says what it proves."
                )
            ]
            : []
    }

    private static let noRules = Hint(
        "The plan has no rules: every request passes as it is asked.", command: "payback policy apply plan.yaml")
}

extension RuleStatus {
    /// Its state in a word or two.
    package var stateText: String {
        let plain = state.text
        return pause == nil ? plain : "\(plain), paused"
    }

    fileprivate var row: Row {
        Row(
            [
                Cell(rule.name), Cell(rule.action.word), Cell(stateText), Cell(NumberText.percentage(servedShare)),
                Cell(gate.map { NumberText.count(Int64($0.process.judged)) } ?? NumberText.none),
                Cell(gate.map { NumberText.short($0.process.lossSum) } ?? NumberText.none),
                Cell(NumberText.percentage(upperBound)),
                Cell(rule.predictedMonthly.map { NumberText.money($0, symbol: "") } ?? NumberText.none),
            ], detail: nextStep)
    }
}

extension LeverState {
    /// In words.
    package var text: String { self == .rolledBack ? "rolled back" : rawValue }
}
