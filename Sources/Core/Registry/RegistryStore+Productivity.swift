package import Domain
internal import GRDB

extension RegistryStore {
    /// Keeps task metrics; one whose id is known already changes nothing.
    ///
    /// - Returns: how many were new.
    @discardableResult
    package func add(_ tasks: [TaskMetric], at moment: Timestamp) throws(RegistryError) -> Int {
        try RegistryError.translating("keeping task metrics") {
            try queue.write { database in
                let statement = try database.makeStatement(
                    sql: """
                        INSERT INTO task_metric (id, task_type, with_ai_minutes, without_ai_minutes, quality_score, api_cost,
                          at, person, team, evidence, request_id, session_id)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                        """)
                var added = 0
                for task in tasks {
                    try statement.execute(arguments: [
                        task.id, task.taskType, task.withAIMinutes, task.withoutAIMinutes, task.qualityScore,
                        task.apiCost,
                        task.timestamp.microseconds, task.person, task.team, task.evidence.rawValue, task.requestID,
                        task.sessionID,
                    ])
                    added += database.changesCount
                }
                return added
            }
        }
    }

    /// Task metrics of a period, in the order of their time.
    package func tasks(in period: Period) throws(RegistryError) -> [TaskMetric] {
        try read("reading task metrics") { database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM task_metric WHERE at >= ? AND at < ? ORDER BY at, rowid",
                arguments: [period.start.microseconds, period.end.microseconds]
            ).map { row in
                TaskMetric(
                    id: row["id"], taskType: row["task_type"], withAIMinutes: row["with_ai_minutes"],
                    withoutAIMinutes: row["without_ai_minutes"], qualityScore: row["quality_score"],
                    apiCost: row["api_cost"], timestamp: Timestamp(microseconds: row["at"]), person: row["person"],
                    team: row["team"], evidence: try Self.evidence(row), requestID: row["request_id"],
                    sessionID: row["session_id"])
            }
        }
    }

    // MARK: Baselines

    /// Records baselines; each is a new version beside those of its kind.
    ///
    /// - Returns: the baselines with their versions.
    @discardableResult
    package func record(_ baselines: [TaskBaseline], at moment: Timestamp) throws(RegistryError) -> [TaskBaseline] {
        try change("recording baselines", at: moment) { database, log in
            try baselines.map { baseline in
                var kept = baseline
                let last = try Int.fetchOne(
                    database,
                    sql: "SELECT max(version) FROM task_baseline WHERE task_type = ? AND metric = ? AND with_ai = ?",
                    arguments: [baseline.taskType, baseline.metric, baseline.withAI])
                kept.version = (last ?? 0) + 1
                try database.execute(
                    sql: """
                        INSERT INTO task_baseline (task_type, metric, with_ai, version, mean, deviation, count, evidence, source, at)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """,
                    arguments: [
                        kept.taskType, kept.metric, kept.withAI, kept.version, kept.mean, kept.deviation, kept.count,
                        kept.evidence.rawValue, kept.source, kept.recordedAt.microseconds,
                    ])
                try log.note("baseline recorded", "\(kept.taskType).\(kept.metric)", "version \(kept.version)")
                return kept
            }
        }
    }

    /// All baselines, the versions of a kind in their order.
    package func baselines() throws(RegistryError) -> [TaskBaseline] {
        try read("reading baselines") { database in
            try Row.fetchAll(database, sql: "SELECT * FROM task_baseline ORDER BY task_type, metric, with_ai, version")
                .map { row in
                    TaskBaseline(
                        taskType: row["task_type"], metric: row["metric"], withAI: row["with_ai"], mean: row["mean"],
                        deviation: row["deviation"], count: row["count"], evidence: try Self.evidence(row),
                        source: row["source"], recordedAt: Timestamp(microseconds: row["at"]), version: row["version"])
                }
        }
    }

    // MARK: Outcomes

    /// Keeps outcomes; of one whose key is known already the amount is replaced: a later export corrects an earlier one.
    ///
    /// - Returns: how many were new.
    @discardableResult
    package func add(_ outcomes: [OutcomeCount], at moment: Timestamp) throws(RegistryError) -> Int {
        try RegistryError.translating("keeping outcomes") {
            try queue.write { database in
                let before = try Int.fetchOne(database, sql: "SELECT count(*) FROM outcome") ?? 0
                for outcome in outcomes {
                    try database.execute(
                        sql: """
                            INSERT INTO outcome (key, name, amount, at, team, person, source) VALUES (?, ?, ?, ?, ?, ?, ?)
                            ON CONFLICT (key) DO UPDATE SET amount = excluded.amount
                            """,
                        arguments: [
                            outcome.key, outcome.name, outcome.amount, outcome.timestamp.microseconds, outcome.team,
                            outcome.person, outcome.source,
                        ])
                }
                return (try Int.fetchOne(database, sql: "SELECT count(*) FROM outcome") ?? 0) - before
            }
        }
    }

    /// Outcomes of a period, in the order of their time.
    package func outcomes(in period: Period) throws(RegistryError) -> [OutcomeCount] {
        try read("reading outcomes") { database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM outcome WHERE at >= ? AND at < ? ORDER BY at, key",
                arguments: [period.start.microseconds, period.end.microseconds]
            ).map { row in
                OutcomeCount(
                    name: row["name"], amount: row["amount"], timestamp: Timestamp(microseconds: row["at"]),
                    team: row["team"], person: row["person"], source: row["source"], key: row["key"])
            }
        }
    }

    private static func evidence(_ row: Row) throws -> TimeEvidence {
        guard let evidence = TimeEvidence(rawValue: row["evidence"]) else {
            throw RegistryError(
                .incompatible, "A newer version of Payback may have written the registry: use that one to read it.")
        }
        return evidence
    }
}
