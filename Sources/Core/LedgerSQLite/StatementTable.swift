internal import Domain
internal import GRDB
internal import Ledger

/// Which control totals a source stated when it was asked last.
enum StatementTable {
    /// Notes that a statement has a total.
    static func note(_ total: ControlTotal, identity: UInt64, in statement: SourceStatement, _ database: Database)
        throws
    {
        // Once for every total of a pull: compiled once.
        let noting = try database.cachedStatement(
            sql: """
                INSERT INTO control_statement (scope, start, identity, run) VALUES (?, ?, ?, ?)
                ON CONFLICT (scope, start, identity) DO UPDATE SET run = excluded.run
                """)
        try noting.execute(arguments: [
            statement.scope, total.period.start.microseconds, Int64(bitPattern: identity), statement.run,
        ])
    }

    /// Removes what other runs of a scope stated about a period, unless another scope states it too.
    ///
    /// - Returns: how many totals the scope no longer states.
    static func withdraw(allBut statement: SourceStatement, in period: Period, _ database: Database) throws -> Int {
        let stale = try Row.fetchAll(
            database,
            sql: """
                SELECT start, identity FROM control_statement JOIN control_total USING (start, identity)
                WHERE scope = ? AND run <> ? AND start < ? AND end > ?
                """,
            arguments: [
                statement.scope, statement.run, period.end.microseconds, period.start.microseconds,
            ])
        for row in stale { try withdraw(row["start"], row["identity"], from: statement.scope, database) }
        return stale.count
    }

    private static func withdraw(_ start: Int64, _ identity: Int64, from scope: String, _ database: Database) throws {
        try database.execute(
            sql: "DELETE FROM control_statement WHERE scope = ? AND start = ? AND identity = ?",
            arguments: [scope, start, identity])
        try database.execute(
            sql: """
                DELETE FROM control_total WHERE start = ? AND identity = ?
                AND NOT EXISTS (SELECT 1 FROM control_statement WHERE start = ? AND identity = ?)
                """, arguments: [start, identity, start, identity])
    }
}
