package import Domain
internal import GRDB

extension RegistryStore {
    /// Closes a month: its figures are kept as they are.
    ///
    /// - Parameter replacing: whether an earlier close of the month gives way; the log of changes keeps its sum.
    /// - Throws: ``RegistryError`` where the month is closed already.
    package func close(_ month: ClosedMonth, replacing: Bool) throws(RegistryError) {
        try change("closing a month", at: month.closedAt) { database, log in
            let name = Self.name(month.month)
            if let earlier = try Self.closedMonth(month.month, in: database) {
                guard replacing else {
                    throw RegistryError(
                        .failed,
                        "\(name) was closed on \(earlier.closedAt.dateText) by \(earlier.closedBy). payback report monthly shows what has changed since; --replace closes it anew."
                    )
                }
                try log.note("month close replaced", name, "was \(earlier.realized.decimalText) USD")
            }
            try database.execute(sql: "DELETE FROM month_close WHERE month = ?", arguments: [month.month])
            try database.execute(sql: "DELETE FROM month_close_provider WHERE month = ?", arguments: [month.month])
            try database.execute(
                sql: "INSERT INTO month_close (month, closed_at, closed_by, price_book) VALUES (?, ?, ?, ?)",
                arguments: [month.month, month.closedAt.microseconds, month.closedBy, month.priceBook])
            for provider in month.providers { try Self.insert(provider, month.month, database) }
            try log.note("month closed", name, "\(month.realized.decimalText) USD, by \(month.closedBy)")
        }
    }

    /// A month as it was closed; `nil` where it was not.
    ///
    /// - Parameter month: counted from January 1970.
    package func closedMonth(_ month: Int64) throws(RegistryError) -> ClosedMonth? {
        try read("reading a closed month") { try Self.closedMonth(month, in: $0) }
    }

    /// All closed months, the newest first.
    package func closedMonths() throws(RegistryError) -> [ClosedMonth] {
        try read("reading closed months") { database in
            try Int64.fetchAll(database, sql: "SELECT month FROM month_close ORDER BY month DESC")
                .compactMap { try Self.closedMonth($0, in: database) }
        }
    }

    private static func insert(_ provider: ClosedMonth.Provider, _ month: Int64, _ database: Database) throws {
        try database.execute(
            sql:
                "INSERT INTO month_close_provider (month, provider, baseline_nanos, realized_nanos, calls, unpriced) VALUES (?, ?, ?, ?, ?, ?)",
            arguments: [
                month, provider.name, provider.baseline.nanos, provider.realized.nanos, provider.calls,
                provider.unpriced,
            ])
    }

    private static func closedMonth(_ month: Int64, in database: Database) throws -> ClosedMonth? {
        guard
            let row = try Row.fetchOne(
                database, sql: "SELECT * FROM month_close WHERE month = ?", arguments: [month])
        else { return nil }
        let providers = try Row.fetchAll(
            database, sql: "SELECT * FROM month_close_provider WHERE month = ? ORDER BY provider", arguments: [month]
        ).map { row in
            ClosedMonth.Provider(
                name: row["provider"], baseline: NanoUSD(nanos: row["baseline_nanos"]),
                realized: NanoUSD(nanos: row["realized_nanos"]), calls: row["calls"], unpriced: row["unpriced"])
        }
        return ClosedMonth(
            month: month, closedAt: Timestamp(microseconds: row["closed_at"]), closedBy: row["closed_by"],
            priceBook: row["price_book"], providers: providers)
    }

    private static func name(_ month: Int64) -> String { Timestamp.startOfMonth(month).monthText }
}
