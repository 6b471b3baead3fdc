package import Domain
internal import GRDB

/// Plans that were put in force; all are kept.
extension RegistryStore {
    /// Puts a plan in force.
    ///
    /// - Parameters:
    ///   - name: what it is called.
    ///   - body: the plan as JSON.
    ///   - note: why.
    /// - Returns: the plan with its number.
    @discardableResult
    package func applyPlan(
        name: String, body: String, note: String? = nil, at moment: Timestamp
    ) throws(RegistryError) -> AppliedPlan {
        try change("putting a plan in force", at: moment) { database, log in
            try Self.insert(name: name, body: body, note: note, database, log, "plan applied")
        }
    }

    /// Ends the plan in force: a plan without rules takes its place.
    ///
    /// - Throws: ``RegistryError`` where none is in force.
    @discardableResult
    package func removePlan(note: String? = nil, at moment: Timestamp) throws(RegistryError) -> AppliedPlan {
        try change("ending a plan", at: moment) { database, log in
            guard try Self.newest(database) != nil else {
                throw RegistryError(.notFound, "No plan is in force. Put one in force with: payback policy apply FILE")
            }
            let body = #"{"format_version": 1, "rules": []}"#
            return try Self.insert(name: "", body: body, note: note, database, log, "plan removed")
        }
    }

    /// The plan in force; `nil` where there never was one.
    package func planInForce() throws(RegistryError) -> AppliedPlan? {
        try read("reading the plan in force") { try Self.newest($0).map(Self.plan) }
    }

    /// All plans, the newest first.
    package func plans() throws(RegistryError) -> [AppliedPlan] {
        try read("reading plans") { database in
            try Row.fetchAll(database, sql: "SELECT * FROM plan ORDER BY number DESC").map(Self.plan)
        }
    }

    /// The changes of plans and levers by people, the newest first.
    package func policyChanges(limit: Int) throws(RegistryError) -> [RegistryChange] {
        try changes("WHERE what LIKE 'plan %' OR what LIKE 'lever %'", limit: limit)
    }

    private static func insert(
        name: String, body: String, note: String?, _ database: Database, _ log: ChangeLog, _ what: String
    ) throws -> AppliedPlan {
        try database.execute(
            sql: "INSERT INTO plan (name, body, applied_at, note) VALUES (?, ?, ?, ?)",
            arguments: [name, body, log.moment.microseconds, note])
        let number = database.lastInsertedRowID
        try log.note(what, String(number), [name, note ?? ""].filter { !$0.isEmpty }.joined(separator: ": "))
        return AppliedPlan(number: number, name: name, body: body, appliedAt: log.moment, note: note)
    }

    private static func newest(_ database: Database) throws -> Row? {
        try Row.fetchOne(database, sql: "SELECT * FROM plan ORDER BY number DESC LIMIT 1")
    }

    private static func plan(_ row: Row) -> AppliedPlan {
        AppliedPlan(
            number: row["number"], name: row["name"], body: row["body"],
            appliedAt: Timestamp(microseconds: row["applied_at"]), note: row["note"])
    }
}
