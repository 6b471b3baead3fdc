internal import Documents
internal import Domain
internal import Policy

/// Budgets with what is spent, as a table.
enum BudgetTable {
    /// Those that a viewer may know of: a team's viewer its own.
    static func visible(_ states: [BudgetState], to viewer: Viewer?) -> [BudgetState] {
        states.filter { state in
            guard let viewer else { return false }
            if viewer.seesEverything { return true }
            if case .team(let name) = state.budget.scope { return viewer.teams.contains(name) }
            return false
        }
    }

    static func table(_ states: [BudgetState]) -> Table {
        Table(
            "Spent and limit",
            columns: [
                Column("Whose"), Column("Period"), Column("Limit, USD", .decimal), Column("Spent, USD", .decimal),
                Column("In flight, USD", .decimal, priority: 2), Column("Used, %", .decimal),
                Column("At the limit", priority: 1),
                Column("Begins anew", priority: 2),
            ],
            rows: states.map { state in
                let whose = state.customer.map { "customer=\($0)" } ?? state.budget.scope.text
                return Row([
                    Cell(whose), Cell(state.budget.period.text), Cell(NumberText.money(state.budget.limit, symbol: "")),
                    Cell(NumberText.money(state.spent, symbol: "")), Cell(NumberText.money(state.reserved, symbol: "")),
                    Cell(NumberText.percentage(state.use) + (state.use >= 1 ? " ▲" : "")),
                    Cell(state.budget.enforcement == .hard ? "refuses" : "warns"), Cell(state.period.end.dateText),
                ])
            })
    }
}

extension BudgetState {
    /// The share of the limit that is spent; a budget of nothing is full.
    var use: Double { budget.limit > .zero ? spent.share(of: budget.limit) ?? 1 : 1 }
}
