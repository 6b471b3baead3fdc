package import Domain
package import Ledger

/// How much of the bills a ledger explains, from daily sums: no record is read.
package enum LedgerCoverage {
    /// One finding per provider that has records or a bill in a period.
    package static func findings(of ledger: any UsageLedger, in period: Period) throws -> [CoverageFinding] {
        findings(days: try days(of: ledger, in: period), totals: try ledger.controlTotals(in: period))
    }

    /// The same of sums and totals that are at hand.
    static func findings(days: [String: [Int64: UsageMeasures]], totals: [ControlTotal]) -> [CoverageFinding] {
        Coverage.findings(
            days: days.mapValues {
                $0.mapValues { ProviderDays.Day(cost: $0.cost.nanos, tokens: $0.totalTokens, requests: $0.requests) }
            },
            totals: totals)
    }

    /// Sums by provider and day.
    static func days(of ledger: any UsageLedger, in period: Period) throws -> [String: [Int64: UsageMeasures]] {
        var days: [String: [Int64: UsageMeasures]] = [:]
        for row in try ledger.rows(for: LedgerQuery(period: period, by: [.provider], grain: .day)) {
            guard let start = row.start else { continue }
            days[row.values[0] ?? "unknown", default: [:]][start.day, default: UsageMeasures()] += row.measures
        }
        return days
    }
}
