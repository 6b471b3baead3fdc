package import Domain
package import Ledger
package import Productivity
package import Registry

extension MonthlyReport.Inputs {
    /// What a registry and a ledger have beside the sums of a period: the same for the command line, for deliveries and for
    /// the dashboard.
    ///
    /// - Parameters:
    ///   - registry: where tasks and closed months are; `nil` where there is none yet.
    ///   - budgets: those in force, in any order.
    ///   - rates: what time and people cost.
    ///   - clock: the present moment.
    /// - Throws: `RegistryError` or `LedgerError`.
    package static func recorded(
        _ registry: RegistryStore?, _ ledger: any UsageLedger, _ period: ReportPeriod, budgets: [Budget],
        rates: TaskSummary.Rates = .init(), clock: Timestamp
    ) throws -> MonthlyReport.Inputs {
        let known = try lastKnown(ledger, period.period, clock)
        guard let registry else { return MonthlyReport.Inputs(tasks: TaskSummary([], rates: rates), now: known) }
        let tasks = try RecordedTasks(registry, ledger: ledger).summary(in: period.period, rates: rates)
        var inputs = MonthlyReport.Inputs(tasks: tasks, now: known)
        inputs.budgets = budgets.sorted { ($0.scope.text, $0.period.text) < ($1.scope.text, $1.period.text) }
        inputs.closed = try registry.closedMonth(period.period.start.month)
        return inputs
    }

    /// A period that is over is known whole; of one that runs, what the ledger has.
    private static func lastKnown(
        _ ledger: any UsageLedger, _ period: Period, _ clock: Timestamp
    ) throws -> Timestamp {
        if clock >= period.end { return period.end }
        let last = try ledger.extent()?.end ?? period.end
        return min(clock, max(last, period.start))
    }
}
