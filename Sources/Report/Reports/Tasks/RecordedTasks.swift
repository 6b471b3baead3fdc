package import Domain
package import Ledger
package import Productivity
package import Registry

/// The tasks of a registry with what a ledger knows they cost: the same in every report, whichever way it is made.
package struct RecordedTasks {
    private let registry: RegistryStore
    private let ledger: () throws -> any UsageLedger

    /// - Parameters:
    ///   - registry: where tasks and baselines are.
    ///   - ledger: where costs are; asked for only where a task names a request or a session instead of a cost.
    package init(_ registry: RegistryStore, ledger: @escaping @autoclosure () throws -> any UsageLedger) {
        (self.registry, self.ledger) = (registry, ledger)
    }

    /// The tasks of a period, with their cost where it is known.
    ///
    /// - Throws: ``RegistryError`` or ``LedgerError``, also where the ledger cannot be opened.
    package func tasks(in period: Period) throws -> [TaskMetric] {
        let tasks = try registry.tasks(in: period)
        guard tasks.contains(where: TaskCosts.areOpen) else { return tasks }
        return try TaskCosts(ledger: try ledger()).filled(tasks, among: registry.tasks(in: .always))
    }

    /// What the tasks of a period saved.
    ///
    /// - Parameter rates: what time and people cost.
    /// - Throws: as ``tasks(in:)``.
    package func summary(in period: Period, rates: TaskSummary.Rates = .init()) throws -> TaskSummary {
        TaskSummary(try tasks(in: period), baselines: try registry.baselines(), rates: rates)
    }
}
