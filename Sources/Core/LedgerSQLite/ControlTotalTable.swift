internal import Domain
internal import GRDB
internal import Ledger

/// What bills and admin APIs said, read back.
enum ControlTotalTable {
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
