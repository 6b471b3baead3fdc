package import Domain
package import Ledger

/// How much of the bills a ledger explains, from daily sums: no record is read.
package enum LedgerCoverage {
    /// One finding per provider that has records or a bill in a period.
    package static func findings(of ledger: any UsageLedger, in period: Period) throws -> [CoverageFinding] {
        let rows = try ledger.rows(for: LedgerQuery(period: period, by: [.provider], grain: .day))
        var days: [String: [Int64: ProviderDays.Day]] = [:]
        for row in rows {
            guard let start = row.start else { continue }
            let provider = row.values[0] ?? "unknown"
            var day = days[provider]?[start.day] ?? ProviderDays.Day()
            day.cost &+= row.measures.cost.nanos
            day.tokens &+= row.measures.totalTokens
            day.requests &+= row.measures.requests
            days[provider, default: [:]][start.day] = day
        }
        return Coverage.findings(days: days, totals: try ledger.controlTotals(in: period))
    }
}
