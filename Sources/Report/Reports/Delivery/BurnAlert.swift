package import Domain
package import Ledger

/// An hour that cost far more than is usual at its time of the week.
package struct BurnAlert: Sendable, Hashable {
    /// `total`, or a dimension and its value: `feature=search`.
    package let scope: String
    /// The hour's first moment.
    package let hour: Timestamp
    /// What it cost.
    package let spent: NanoUSD
    /// The median of the same hours of the weeks before.
    package let usual: NanoUSD
    /// What it would have had to exceed.
    package let threshold: NanoUSD
    /// How many weeks before there were to compare with.
    package let weeks: Int

    /// Looks at the last whole hour before a moment: everything, and each feature and customer that makes up a tenth of it.
    ///
    /// It is told where the hour exceeds both the median of the same hour of the same weekday of the last four weeks by more
    /// than six robust standard deviations (1.4826 × the median absolute deviation, and at least a tenth of the median), and
    /// the median of all hours of these weeks by more than three; and where the excess is a hundredth of an average day.
    ///
    /// - Returns: nothing where the ledger begins less than two weeks before the hour.
    package static func find(in ledger: any UsageLedger, before moment: Timestamp) throws -> [BurnAlert] {
        let end = Timestamp(microseconds: moment.hour * Timestamp.microsecondsPerHour)
        let span = Period(start: Timestamp(microseconds: end.microseconds - Timestamp.microsecondsPerHour), end: end)
        guard let begin = try ledger.extent()?.start else { return [] }
        let history = BurnHistory(before: span.start, ledgerBegin: begin)
        guard history.weeks >= 2, let total = try sum(ledger, span) else { return [] }
        var found = try alert(ledger, "total", span, total, history).map { [$0] } ?? []
        for dimension in [LedgerDimension.feature, .customer] {
            for row in try ledger.rows(for: LedgerQuery(period: span, by: [dimension])) {
                guard let name = row.values.first ?? nil, row.measures.cost.nanos >= total.nanos / 10 else { continue }
                let scope = "\(dimension.rawValue)=\(name)"
                let one = try alert(ledger, scope, span, row.measures.cost, history, filter: [dimension: [name]])
                if let one { found.append(one) }
            }
        }
        return found.sorted { $0.spent != $1.spent ? $0.spent > $1.spent : $0.scope < $1.scope }
    }

    private static func sum(_ ledger: any UsageLedger, _ span: Period) throws -> NanoUSD? {
        let cost = try ledger.rows(for: LedgerQuery(period: span)).first?.measures.cost ?? .zero
        return cost > .zero ? cost : nil
    }

    private static func alert(
        _ ledger: any UsageLedger, _ scope: String, _ span: Period, _ spent: NanoUSD, _ history: BurnHistory,
        filter: [LedgerDimension: Set<String?>] = [:]
    ) throws -> BurnAlert? {
        let hours = history.hours(
            try ledger.rows(for: LedgerQuery(period: history.period, grain: .hour, filter: filter)))
        let (usual, threshold) = history.threshold(hours)
        guard spent.nanos > threshold else { return nil }
        return BurnAlert(
            scope: scope, hour: span.start, spent: spent, usual: NanoUSD(nanos: usual),
            threshold: NanoUSD(nanos: threshold), weeks: history.weeks)
    }
}
