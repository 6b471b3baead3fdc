internal import Domain
internal import GRDB
internal import Ledger

/// What bills and admin APIs said. Amounts are kept as exact decimals in text: they need 128 bits.
enum ControlTotalTable {
    /// Inserts a total.
    ///
    /// - Returns: whether it is new.
    static func insert(_ total: ControlTotal, identity: UInt64, _ database: Database) throws -> Bool {
        let dimensions = total.dimensions.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(
            separator: "\n")
        let arguments: StatementArguments = [
            Int64(bitPattern: identity), Int(total.authority.rawValue), total.source,
            total.period.start.microseconds,
            total.period.end.microseconds, total.provider, total.service, total.model, dimensions, total.isAI,
            total.requests, total.usage.uncachedInput.known, total.usage.cacheRead.known,
            total.usage.cacheWrite5m.known,
            total.usage.cacheWrite1h.known, total.usage.output.known, total.usage.reasoning.known,
            total.billed?.decimalText, total.effective?.decimalText, total.list?.decimalText,
            total.contracted?.decimalText, total.currency,
        ]
        // A bill has millions of lines: the statement is prepared once for each connection.
        try database.cachedStatement(sql: insertion).execute(arguments: arguments)
        return database.changesCount > 0
    }

    private static let insertion =
        "INSERT INTO control_total VALUES (\((0..<22).map { _ in "?" }.joined(separator: ", "))) ON CONFLICT DO NOTHING"

    /// The totals that overlap a period.
    static func totals(in period: Period, _ database: Database) throws -> [ControlTotal] {
        try Row.fetchAll(
            database, sql: "SELECT * FROM control_total WHERE start < ? AND end > ? ORDER BY start, identity",
            arguments: [period.end.microseconds, period.start.microseconds]
        ).map(total)
    }

    private static func total(_ row: Row) -> ControlTotal {
        let start: Int64 = row["start"]
        let end: Int64 = row["end"]
        let authority: Int64 = row["authority"]
        var total = ControlTotal(
            authority: ControlAuthority(rawValue: UInt8(clamping: authority)) ?? .bill, source: row["source"],
            period: Period(start: Timestamp(microseconds: start), end: Timestamp(microseconds: end)),
            provider: row["provider"])
        (total.service, total.model, total.isAI, total.requests) = (
            row["service"], row["model"], row["is_ai"], row["requests"]
        )
        let dimensions: String = row["dimensions"]
        for line in dimensions.split(separator: "\n") {
            let parts = line.split(separator: "=", maxSplits: 1)
            if parts.count == 2 { total.dimensions[String(parts[0])] = String(parts[1]) }
        }
        total.usage = TokenUsage(
            uncachedInput: tokens(row["uncached_input"]), cacheRead: tokens(row["cache_read"]),
            cacheWrite5m: tokens(row["cache_write_5m"]), cacheWrite1h: tokens(row["cache_write_1h"]),
            output: tokens(row["output"]), reasoning: tokens(row["reasoning"]))
        (total.billed, total.effective) = (amount(row["billed"]), amount(row["effective"]))
        (total.list, total.contracted) = (amount(row["list"]), amount(row["contracted"]))
        total.currency = row["currency"]
        return total
    }

    private static func tokens(_ count: Int64?) -> TokenCount { count.map { TokenCount($0) } ?? .unknown }

    private static func amount(_ text: String?) -> BilledAmount? {
        text.flatMap(ExactDecimal.init)?.units(scale: 12).map { BilledAmount(picos: $0.units) }
    }
}
