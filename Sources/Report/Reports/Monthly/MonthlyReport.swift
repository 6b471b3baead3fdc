package import Domain
package import Ledger
package import Pricing
package import Productivity

/// The month: what it was worth, what it cost and why, who pays, and how it will end.
package struct MonthlyReport: Sendable {
    let rows: SpendRows
    let tasks: TaskSummary
    let bridge: SpendBridge
    let movements: [Movement]
    let budgets: [BudgetForecast]
    let showback: Showback
    /// What has changed since the month was closed; `nil` where it was not.
    let restatement: Restatement?

    /// What goes into a report beside the ledger.
    package struct Inputs: Sendable {
        /// The month's tasks, with what a loaded hour and the people cost.
        package var tasks: TaskSummary
        /// Budgets.
        package var budgets: [Budget] = []
        /// Who pays.
        package var showback = ShowbackRules.none
        /// The month as it was closed; absent where it was not.
        package var closed: ClosedMonth?
        /// The first moment that is not known yet.
        package var now: Timestamp

        /// Creates inputs.
        package init(tasks: TaskSummary, now: Timestamp) { (self.tasks, self.now) = (tasks, now) }
    }

    /// Asks a ledger.
    package static func make(
        _ ledger: any UsageLedger, _ period: ReportPeriod, prices: PriceBook, inputs: Inputs
    ) throws -> MonthlyReport {
        let end = min(inputs.now, period.period.end)
        let all = try BudgetForecast.make(ledger, month: period.period, now: inputs.now)
        let budgets = try inputs.budgets.filter { $0.period == .month }.compactMap { budget -> BudgetForecast? in
            guard let filter = budget.scope.filter else { return nil }
            return try BudgetForecast.make(
                ledger, month: period.period, now: inputs.now, scope: budget.scope.text, limit: budget.limit,
                filter: filter)
        }
        let rows = try SpendRows(ledger, period)
        return MonthlyReport(
            rows: rows, tasks: inputs.tasks, bridge: SpendBridge(rows, prices: prices, at: period.period.start),
            movements: try Movements.find(in: ledger, until: end), budgets: [all] + budgets,
            showback: try Showback(ledger, in: period.period, rules: inputs.showback),
            restatement: inputs.closed.flatMap { closed in
                guard ReportPeriod(month: closed.month).period == period.period else { return nil }
                return Restatement(closed, now: rows.providers, priceBook: prices.version)
            })
    }

    /// Whether there is nothing of the month, neither traffic nor tasks.
    package var isEmpty: Bool { rows.totals.calls == 0 && tasks.tasks.isEmpty }
}

extension BudgetScope {
    /// The records that it is about; `nil` where sums cannot tell.
    fileprivate var filter: [LedgerDimension: Set<String?>]? {
        switch self {
        case .total: [:]
        case .key(let id): [.credential: [id]]
        case .customer(let name): [.customer: [name]]
        case .feature(let name): [.feature: [name]]
        case .team(let name): [.team: [name]]
        case .eachCustomer: nil
        }
    }
}
