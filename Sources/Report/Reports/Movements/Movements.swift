package import Domain
package import Ledger

/// Customers, features and models whose spend left its usual range.
package struct Movement: Sendable, Hashable {
    /// What moved.
    package let dimension: LedgerDimension
    /// Its name; `nil` for records that name none.
    package let name: String?
    /// Spend of the last week.
    package let now: NanoUSD
    /// The median of the weeks before.
    package let usual: NanoUSD
    /// Requests of the last week.
    package let requests: Int64
    /// The median of the requests of the weeks before.
    package let usualRequests: Int64
    /// How many robust standard deviations it is away; `nil` where it never varied.
    package let score: Double?

    /// What is more or less than usual.
    package var change: NanoUSD { now - usual }
}

/// Finds movements.
package enum Movements {
    /// The last seven days of a period against the five weeks before: what is more than six robust standard deviations
    /// (1.4826 × the median absolute deviation) from the median of the weeks, and at least a hundredth of all spend. Six and
    /// not three, since the spread of five weeks is itself known badly.
    ///
    /// - Parameter most: how many, those that moved most first.
    package static func find(in ledger: any UsageLedger, until end: Timestamp, most: Int = 5) throws -> [Movement] {
        let week = 7 * Timestamp.microsecondsPerDay
        let spans = (0..<6).map { number in
            Period(
                start: Timestamp(microseconds: end.microseconds - Int64(number + 1) * week),
                end: Timestamp(microseconds: end.microseconds - Int64(number) * week))
        }
        var found: [Movement] = []
        for dimension in [LedgerDimension.model, .feature, .customer] {
            let weeks = try spans.map { span in
                Dictionary(
                    try ledger.rows(for: LedgerQuery(period: span, by: [dimension])).map { ($0.values[0], $0.measures) }
                ) { $0.merging($1) }
            }
            // Weeks from before the ledger began say nothing about what is usual.
            let history = weeks.dropFirst().filter { !$0.isEmpty }
            guard history.count >= 4 else { continue }
            let all = weeks[0].values.reduce(0) { $0 + $1.cost.nanos }
            for name in Set(weeks.flatMap { $0.keys }) {
                let past = history.map { $0[name] ?? UsageMeasures() }
                if let movement = movement(dimension, name, weeks[0][name] ?? UsageMeasures(), past, of: all) {
                    found.append(movement)
                }
            }
        }
        return Array(found.sorted { abs($0.change.nanos) > abs($1.change.nanos) }.prefix(most))
    }

    private static func movement(
        _ dimension: LedgerDimension, _ name: String?, _ now: UsageMeasures, _ past: [UsageMeasures], of all: Int64
    ) -> Movement? {
        let costs = RobustSpread(past.map(\.cost.nanos))
        let (usual, spread) = (costs.median, costs.deviation)
        let change = now.cost.nanos - usual
        guard abs(change) >= max(all, 1) / 100, change != 0, Double(abs(change)) > 6 * spread else { return nil }
        return Movement(
            dimension: dimension, name: name, now: now.cost, usual: NanoUSD(nanos: usual), requests: now.requests,
            usualRequests: RobustSpread.median(past.map(\.requests)), score: spread > 0 ? Double(change) / spread : nil)
    }
}

extension UsageMeasures {
    fileprivate func merging(_ other: UsageMeasures) -> UsageMeasures {
        var sum = self
        sum += other
        return sum
    }
}
