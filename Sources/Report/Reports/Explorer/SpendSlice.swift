package import Domain
package import Ledger

/// Spend of a period, cut by one dimension, of records that have certain values in others.
package struct SpendSlice: Sendable {
    /// The period.
    package let period: ReportPeriod
    /// By what it is cut.
    package let dimension: LedgerDimension
    /// Which records; an absent value stands for those without one.
    package let filter: [LedgerDimension: String?]
    /// A row for each value, the dearest first.
    package let rows: [SliceRow]
    /// Each day's sums, in order.
    package let days: [(start: Timestamp, measures: UsageMeasures)]

    /// A value with its sums.
    package struct SliceRow: Sendable, Hashable {
        /// The value; absent for records without one.
        package let name: String?
        /// Its sums.
        package let measures: UsageMeasures
    }

    /// Asks a ledger. No record is read.
    package static func make(
        _ ledger: any UsageLedger, _ period: ReportPeriod, by dimension: LedgerDimension,
        filter: [LedgerDimension: String?] = [:]
    ) throws -> SpendSlice {
        let sets = filter.mapValues { Set([$0]) }
        let rows = try ledger.rows(for: LedgerQuery(period: period.period, by: [dimension], filter: sets))
        let days = try ledger.rows(for: LedgerQuery(period: period.period, grain: .day, filter: sets))
        return SpendSlice(
            period: period, dimension: dimension, filter: filter,
            rows: rows.map { SliceRow(name: $0.values.first ?? nil, measures: $0.measures) }.sorted(by: isDearer),
            days: days.compactMap { row in row.start.map { ($0, row.measures) } }.sorted { $0.0 < $1.0 })
    }

    private static func isDearer(_ a: SliceRow, _ b: SliceRow) -> Bool {
        a.measures.cost != b.measures.cost ? a.measures.cost > b.measures.cost : (a.name ?? "") < (b.name ?? "")
    }

    /// The sums of everything in it.
    package var total: UsageMeasures { rows.reduce(into: UsageMeasures()) { $0 += $1.measures } }
}
