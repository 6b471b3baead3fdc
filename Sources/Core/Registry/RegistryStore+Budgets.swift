package import Domain
internal import GRDB

extension RegistryStore {
    /// All budgets, by scope.
    ///
    /// - Throws: ``RegistryError`` where one cannot be understood: leaving a hard budget out would let spend through.
    package func budgets() throws(RegistryError) -> [Budget] {
        try read("reading budgets") { database in
            try Row.fetchAll(database, sql: "SELECT * FROM budget ORDER BY scope, period").map(Self.budget)
        }
    }

    /// Sets a budget; one of the same scope and period is replaced and keeps its id.
    ///
    /// - Returns: the budget as it is kept.
    @discardableResult
    package func set(_ budget: Budget, at moment: Timestamp) throws(RegistryError) -> Budget {
        try change("setting a budget", at: moment) { database, log in
            var kept = budget
            let existing = try String.fetchOne(
                database, sql: "SELECT id FROM budget WHERE scope = ? AND period = ?",
                arguments: [budget.scope.text, budget.period.text])
            kept.id = existing ?? budget.id
            try database.execute(
                sql:
                    "INSERT OR REPLACE INTO budget (id, scope, limit_nanos, period, time_zone, enforcement, webhook) VALUES (?, ?, ?, ?, ?, ?, ?)",
                arguments: [
                    kept.id, kept.scope.text, kept.limit.nanos, kept.period.text, kept.timeZone,
                    kept.enforcement.rawValue, kept.webhook,
                ])
            try log.note(
                existing == nil ? "budget set" : "budget changed", kept.id,
                "\(kept.scope.text), \(kept.limit.decimalText) USD per \(kept.period.text), \(kept.enforcement.rawValue)"
            )
            return kept
        }
    }

    /// Removes a budget.
    ///
    /// - Throws: ``RegistryError`` where there is none of that id.
    package func removeBudget(id: String, at moment: Timestamp) throws(RegistryError) {
        try change("removing a budget", at: moment) { database, log in
            try database.execute(sql: "DELETE FROM budget WHERE id = ?", arguments: [id])
            guard database.changesCount > 0 else {
                throw RegistryError(.notFound, "There is no budget \(id); payback budgets list shows them.")
            }
            try log.note("budget removed", id)
        }
    }

    private static func budget(_ row: Row) throws -> Budget {
        guard let scope = BudgetScope(row["scope"]), let period = BudgetPeriod(row["period"]),
            let enforcement = BudgetEnforcement(rawValue: row["enforcement"])
        else {
            let id: String = row["id"]
            throw RegistryError(
                .incompatible,
                "The budget \(id) cannot be understood. A newer version of Payback may have written it: use that one.")
        }
        return Budget(
            id: row["id"], scope: scope, limit: NanoUSD(nanos: row["limit_nanos"]), period: period,
            timeZone: row["time_zone"], enforcement: enforcement, webhook: row["webhook"])
    }
}
