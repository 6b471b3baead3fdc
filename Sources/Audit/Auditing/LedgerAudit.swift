package import Domain
package import Ledger

/// The audit of a ledger: sums from roll-ups, repetition from the records.
package enum LedgerAudit {
    /// What is found in a period of a ledger.
    ///
    /// - Parameters:
    ///   - top: how many of the dearest prompts and templates are listed.
    ///   - invoices: invoice totals that were typed in.
    ///   - includesRepetition: whether prompts, prefixes and untagged spend are looked at, for which each record of the
    ///     period is read; without, the answer comes from roll-ups alone.
    package static func findings(
        of ledger: any UsageLedger, in period: Period, top: Int, invoices: [ControlTotal] = [],
        includesRepetition: Bool = true
    ) throws -> Findings {
        var accumulator = AuditAccumulator(hasSeveralInputs: false)
        accumulator.addControlTotals(try ledger.controlTotals(in: period))
        if includesRepetition {
            try ledger.forEachBatch(in: period) { batch in
                accumulator.take(batch, from: BatchOrigin(input: 0, parser: 0))
            }
        }
        var findings = accumulator.findings(top: top, run: ReadingSummary(), invoices: invoices)
        if !includesRepetition {
            // Coverage needs the records' days; without them it would show bills that nothing explains.
            findings.coverage = []
            try addSums(to: &findings, ledger, period)
        }
        findings.rowsRead = Int(findings.totals.calls)
        return findings
    }

    private static func addSums(to findings: inout Findings, _ ledger: any UsageLedger, _ period: Period) throws {
        let models = try ledger.rows(for: LedgerQuery(period: period, by: [.provider, .model]))
        findings.byModel = groups(models) { ($0[0], $0[1]) }
        findings.byFeature = groups(try ledger.rows(for: LedgerQuery(period: period, by: [.feature]))) { (nil, $0[0]) }
        findings.byCustomer = groups(try ledger.rows(for: LedgerQuery(period: period, by: [.customer]))) {
            (nil, $0[0])
        }
        for row in models {
            findings.totals += row.measures
            findings.latency.merge(row.latency)
        }
        if let extent = try ledger.extent() {
            findings.period = Period(start: max(period.start, extent.start), end: min(period.end, extent.end))
        }
    }

    private static func groups(
        _ rows: [LedgerRow], _ names: ([String?]) -> (provider: String?, name: String?)
    ) -> [SpendGroup] {
        rows.map { row in
            let names = names(row.values)
            return SpendGroup(provider: names.provider, name: names.name, measures: row.measures, latency: row.latency)
        }.sortedByCost
    }
}
