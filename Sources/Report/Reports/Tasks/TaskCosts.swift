internal import Domain
internal import Ledger

/// What tasks cost that name a request or a session instead of a cost, as a ledger has it.
struct TaskCosts {
    let ledger: any UsageLedger

    /// Whether a task's cost has to be looked for.
    static func areOpen(_ task: TaskMetric) -> Bool {
        task.apiCost == nil && (task.requestID != nil || task.sessionID != nil)
    }

    /// The tasks with their cost, where the ledger knows it. A session's cost is shared evenly by the tasks that name it.
    ///
    /// - Parameter all: every task there is: a session is shared by all that name it, whichever are looked at.
    func filled(_ tasks: [TaskMetric], among all: [TaskMetric]) throws -> [TaskMetric] {
        let open = tasks.filter(Self.areOpen)
        let costs = try costs(
            requests: Set(open.compactMap(\.requestID)),
            sessions: Set(open.filter { $0.requestID == nil }.compactMap(\.sessionID)))
        let sharing = all.filter { $0.apiCost == nil && $0.requestID == nil }
        let sharers = Dictionary(sharing.compactMap { $0.sessionID.map { ($0, 1.0) } }) { $0 + $1 }
        return tasks.map { task in
            guard task.apiCost == nil else { return task }
            var task = task
            if let request = task.requestID {
                task.apiCost = costs.requests[request]
            } else if let session = task.sessionID {
                task.apiCost = costs.sessions[session].map { $0 / (sharers[session] ?? 1) }
            }
            return task
        }
    }

    /// USD by request and by session. Unpriced is not zero: such a record leaves the cost of what it belongs to unknown.
    private func costs(
        requests: Set<String>, sessions: Set<String>
    ) throws -> (requests: [String: Double], sessions: [String: Double]) {
        var costs: (requests: [String: Double], sessions: [String: Double]) = ([:], [:])
        guard let span = Self.span(requests, sessions) else { return costs }
        try ledger.forEachBatch(in: span) { batch in
            for record in batch.records {
                let cost = record.costKind == .unpriced ? Double.nan : record.cost.dollars
                if let request = batch.string(record.requestID), requests.contains(request) {
                    costs.requests[request, default: 0] += cost
                }
                if let session = batch.string(record.session), sessions.contains(session) {
                    costs.sessions[session, default: 0] += cost
                }
            }
        }
        return (costs.requests.filter(\.value.isFinite), costs.sessions.filter(\.value.isFinite))
    }

    /// Where the records lie: a session's anywhere, a request's about the time that its id carries; `nil` where nothing is
    /// looked for.
    private static func span(_ requests: Set<String>, _ sessions: Set<String>) -> Period? {
        guard sessions.isEmpty else { return .always }
        let spans = requests.map { Period.around(requestID: $0) }
        return spans.dropFirst().reduce(spans.first) { $0?.union($1) }
    }
}
