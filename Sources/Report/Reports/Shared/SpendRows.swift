package import Domain
package import Ledger
internal import Statistics

/// What a ledger says of a period and of the one before, in sums: what every report begins with.
package struct SpendRows: Sendable {
    /// A provider's model.
    package struct ModelKey: Hashable, Sendable {
        let provider: String
        let model: String
    }

    /// What the report is about.
    package let period: ReportPeriod
    /// Sums of the period.
    package let totals: UsageMeasures
    /// Sums of the period before.
    package let previous: UsageMeasures
    /// By model.
    let models: [ModelKey: UsageMeasures]
    /// By model, in the period before.
    let previousModels: [ModelKey: UsageMeasures]
    /// By day.
    let days: [(start: Timestamp, measures: UsageMeasures)]
    /// Customers by their cost.
    let customers: [(name: String?, measures: UsageMeasures)]
    /// Features by their cost.
    let features: [(name: String?, measures: UsageMeasures)]

    /// Asks a ledger.
    package init(_ ledger: any UsageLedger, _ period: ReportPeriod) throws {
        self.period = period
        func sums(_ period: Period, _ dimensions: [LedgerDimension]) throws -> [LedgerRow] {
            try ledger.rows(for: LedgerQuery(period: period, by: dimensions))
        }
        func models(_ period: Period) throws -> [ModelKey: UsageMeasures] {
            var found: [ModelKey: UsageMeasures] = [:]
            for row in try sums(period, [.provider, .model]) {
                found[ModelKey(provider: row.values[0] ?? "", model: row.values[1] ?? ""), default: UsageMeasures()] +=
                    row.measures
            }
            return found
        }
        self.models = try models(period.period)
        previousModels = try models(period.previous)
        totals = Self.total(self.models.values)
        previous = Self.total(previousModels.values)
        days = try ledger.rows(for: LedgerQuery(period: period.period, grain: .day))
            .compactMap { row in row.start.map { ($0, row.measures) } }.sorted { $0.0 < $1.0 }
        customers = Self.groups(try sums(period.period, [.customer]))
        features = Self.groups(try sums(period.period, [.feature]))
    }

    private static func total(_ parts: some Sequence<UsageMeasures>) -> UsageMeasures {
        parts.reduce(into: UsageMeasures()) { $0 += $1 }
    }

    private static func groups(_ rows: [LedgerRow]) -> [(name: String?, measures: UsageMeasures)] {
        rows.map { ($0.values[0], $0.measures) }.sorted { a, b in
            a.1.cost != b.1.cost ? a.1.cost > b.1.cost : (a.0 ?? "") < (b.0 ?? "")
        }
    }

    // MARK: The three numbers

    /// What the traffic would have cost as asked.
    package var baseline: NanoUSD { NanoUSD(nanos: totals.baseline) }
    /// What it cost.
    package var realized: NanoUSD { totals.cost }
    /// Baseline less realised.
    package var saving: NanoUSD { baseline - realized }
    /// The saving as a share of the baseline; `nil` without one.
    package var savingShare: Double? { saving.share(of: baseline) }

    /// Between what the share lies from day to day, 95 %; `nil` below eight days.
    package var savingInterval: ClosedRange<Double>? {
        BlockBootstrap.ratioInterval(
            days.map { (Double($0.measures.baseline - $0.measures.cost.nanos), Double($0.measures.baseline)) })
    }

    /// A week of the period, as far as it lies in it.
    struct Week {
        let start: Timestamp
        let measures: UsageMeasures
        /// Fewer than seven days of it lie in the period.
        let isPartial: Bool
    }

    /// The weeks, from Monday, UTC.
    var weeks: [Week] {
        let grouped = Dictionary(grouping: days) { $0.start.weekStart }
        return grouped.sorted { $0.key < $1.key }.map { start, days in
            let end = start.microseconds + 7 * Timestamp.microsecondsPerDay
            let isPartial = start < period.period.start || end > period.period.end.microseconds
            return Week(start: start, measures: Self.total(days.map(\.measures)), isPartial: isPartial)
        }
    }

    /// Customers that are named.
    var namedCustomers: Int { customers.count { $0.name != nil } }

    /// The unpriced share of all tokens.
    var unpricedShare: Double? {
        totals.totalTokens > 0 ? Double(totals.unpricedTokens) / Double(totals.totalTokens) : nil
    }
}
