internal import Domain
internal import GRDB
internal import Ledger

/// From when to when a ledger has anything: records, and the sums that outlive them.
enum LedgerExtent {
    /// What lies at known times: to the record, and to the hour where only sums are left; `nil` for nothing.
    static func known(in database: Database) throws -> Period? {
        try period(after: Timestamp.unknown.microseconds, in: database)
    }

    /// The same with records of unknown time, which lie before all others.
    static func all(in database: Database) throws -> Period? { try period(after: .min, in: database) }

    private static func period(after least: Int64, in database: Database) throws -> Period? {
        let records = try span("started_at", "record WHERE started_at > ?", [least], in: database)
        let hours = try span(
            "start", "rollup WHERE grouping = ? AND level = ? AND start > ?",
            [RollupGrouping.model.rawValue, LedgerGrain.hour.level, least], in: database
        ).map { Period(start: $0.start, end: LedgerGrain.hour.end(from: $0.end)) }
        guard let hours, let records else {
            return hours
                ?? records.map { Period(start: $0.start, end: Timestamp(microseconds: $0.end.microseconds + 1)) }
        }
        // Within an hour that has records they tell more than its sum.
        let begins = LedgerGrain.hour.start(of: records.start) ?? records.start
        let ends = LedgerGrain.hour.end(from: LedgerGrain.hour.start(of: records.end) ?? records.end)
        return Period(
            start: hours.start < begins ? hours.start : records.start,
            end: hours.end > ends ? hours.end : Timestamp(microseconds: records.end.microseconds + 1))
    }

    /// The first and the last value of a column; each is one step in the table's key.
    private static func span(
        _ column: String, _ rows: String, _ arguments: StatementArguments, in database: Database
    ) throws -> Period? {
        let first = try Int64.fetchOne(database, sql: "SELECT min(\(column)) FROM \(rows)", arguments: arguments)
        let last = try Int64.fetchOne(database, sql: "SELECT max(\(column)) FROM \(rows)", arguments: arguments)
        guard let first, let last else { return nil }
        return Period(start: Timestamp(microseconds: first), end: Timestamp(microseconds: last))
    }
}
