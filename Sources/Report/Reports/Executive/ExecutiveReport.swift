internal import Auditing
package import Domain
package import Ledger
package import Pricing

/// One page for finance: what it would have cost, what it cost, what was saved; and the evidence under it.
package struct ExecutiveReport: Sendable {
    let rows: SpendRows
    let bridge: SpendBridge
    let coverage: [CoverageFinding]
    let holdout: HoldoutCheck?
    let actions: [NextAction]
    /// Whether each record was looked at for the holdout.
    let looksAtHoldout: Bool
    /// Whether the period goes on after the ledger's last record.
    let isRunning: Bool

    /// Beyond this many records only sums are read, so that a report of a year does not wait for every prompt.
    package static let mostRecordsRead: Int64 = 500_000

    /// Asks a ledger.
    ///
    /// - Parameters:
    ///   - plan: a weighed plan, for what to do next.
    ///   - most: how many records may be read one by one, for repeated prompts and the holdout; a page that is served reads
    ///     none.
    package static func make(
        _ ledger: any UsageLedger, _ period: ReportPeriod, prices: PriceBook, plan: Plan? = nil,
        readingAtMost most: Int64 = mostRecordsRead
    ) throws -> ExecutiveReport {
        let rows = try SpendRows(ledger, period)
        let isSmall = rows.totals.calls <= most
        let end = try ledger.extent()?.end
        let findings = try LedgerAudit.findings(of: ledger, in: period.period, top: 0, includesRepetition: isSmall)
        return ExecutiveReport(
            rows: rows, bridge: SpendBridge(rows, prices: prices, at: period.period.start),
            coverage: try LedgerCoverage.findings(of: ledger, in: period.period),
            // Without a lever there is nothing to check.
            holdout: rows.saving == .zero || !isSmall ? nil : try HoldoutCheck.of(ledger, in: period.period),
            actions: NextAction.next(
                3, plan: plan, findings: findings, months: period.months(until: end)),
            looksAtHoldout: isSmall, isRunning: period.isRunning(at: end))
    }

    /// Whether the ledger has nothing of the period.
    package var isEmpty: Bool { rows.totals.calls == 0 }

    /// USD a request; `nil` without requests.
    var costPerRequest: NanoUSD? { rows.realized.divided(by: rows.totals.requests) }

    /// USD a named customer; `nil` where none is named.
    var costPerCustomer: NanoUSD? {
        let named = rows.customers.filter { $0.name != nil }
        return named.reduce(NanoUSD.zero) { $0 + $1.measures.cost }.divided(by: Int64(named.count))
    }
}
