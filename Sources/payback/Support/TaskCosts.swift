import Domain
import Ledger

/// Finds in the ledger what tasks cost that name a request or a session instead of a cost.
struct TaskCosts {
    let ledgerOptions: LedgerOptions

    /// The tasks with their cost, where the ledger knows it. A session's cost is shared evenly by the tasks that name it.
    ///
    /// - Parameter all: every task there is: a session is shared by all that name it, whichever are looked at.
    /// - Throws: ``LedgerError`` where a task names something and the ledger cannot be opened.
    func filled(_ tasks: [TaskMetric], among all: [TaskMetric]) throws -> [TaskMetric] {
        let open = tasks.filter { $0.apiCost == nil && ($0.requestID != nil || $0.sessionID != nil) }
        guard !open.isEmpty else { return tasks }
        let requests = Set(open.compactMap(\.requestID))
        let sessions = Set(open.filter { $0.requestID == nil }.compactMap(\.sessionID))
        let costs = try costs(requests: requests, sessions: sessions)
        let sharing = all.filter { $0.apiCost == nil && $0.requestID == nil }
        let sharers = Dictionary(sharing.compactMap { $0.sessionID.map { ($0, 1.0) } }) { $0 + $1 }
        return tasks.map { task in
            guard task.apiCost == nil else { return task }
            var task = task
            if let request = task.requestID {
                task.apiCost = costs[request]
            } else if let session = task.sessionID {
                task.apiCost = costs[session].map { $0 / (sharers[session] ?? 1) }
            }
            return task
        }
    }

    /// USD by request and session id.
    private func costs(requests: Set<String>, sessions: Set<String>) throws -> [String: Double] {
        let ledger = try ledgerOptions.open(mustExist: true)
        var costs: [String: Double] = [:]
        try ledger.forEachBatch(in: .always) { batch in
            for record in batch.records {
                let names = [
                    batch.string(record.requestID).flatMap { requests.contains($0) ? $0 : nil },
                    batch.string(record.session).flatMap { sessions.contains($0) ? $0 : nil },
                ]
                // Unpriced is not zero: such a record leaves the cost of what it belongs to unknown.
                let cost = record.costKind == .unpriced ? Double.nan : Double(record.cost.nanos) / 1e9
                for name in names.compactMap({ $0 }) { costs[name, default: 0] += cost }
            }
        }
        return costs.filter { $0.value.isFinite }
    }
}
