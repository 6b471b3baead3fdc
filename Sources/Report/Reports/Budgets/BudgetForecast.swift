package import Domain
package import Ledger
package import Statistics

/// A budget's month: spent, and expected to its end.
package struct BudgetForecast: Sendable {
    /// What it is of: a budget's scope, or all spend.
    package let scope: String
    /// The month's limit; `nil` without a budget.
    package let limit: NanoUSD?
    /// Spent so far.
    package let spent: NanoUSD
    /// Expected by the end of the month, with a 95 % interval of the days still to come; `nil` with fewer than fourteen
    /// days to go by.
    package let expected: IntervalEstimate?

    /// Forecasts the month of a report.
    ///
    /// The days still to come cost what the same weekdays cost on average over the 28 days before; their spread around
    /// that is taken for the spread to come.
    ///
    /// - Parameter now: the first moment that is not known yet.
    package static func make(
        _ ledger: any UsageLedger, month: Period, now: Timestamp, scope: String = "all spend", limit: NanoUSD? = nil,
        filter: [LedgerDimension: Set<String?>] = [:]
    ) throws -> BudgetForecast {
        let today = Timestamp(microseconds: min(now, month.end).day * Timestamp.microsecondsPerDay)
        let first = Timestamp(microseconds: today.microseconds - 28 * Timestamp.microsecondsPerDay)
        func days(_ period: Period) throws -> [Int64: NanoUSD] {
            guard period.start < period.end else { return [:] }
            let rows = try ledger.rows(for: LedgerQuery(period: period, grain: .day, filter: filter))
            return Dictionary(rows.compactMap { row in row.start.map { ($0.day, row.measures.cost) } }) { $0 + $1 }
        }
        let known = try days(Period(start: month.start, end: min(now, month.end)))
        let spent = known.values.reduce(.zero, +)
        let history = try days(Period(start: first, end: today))
        let open = max(today.day, month.start.day)..<max(today.day, month.end.day)
        return BudgetForecast(
            scope: scope, limit: limit, spent: spent,
            expected: expected(
                spent, today: known[today.day] ?? .zero, history, open: open, known: first.day..<today.day))
    }

    private static func expected(
        _ spent: NanoUSD, today: NanoUSD, _ history: [Int64: NanoUSD], open: Range<Int64>, known: Range<Int64>
    ) -> IntervalEstimate? {
        if open.isEmpty { return IntervalEstimate(estimate: spent.dollars, standardError: 0, degrees: 1) }
        guard let begun = history.keys.min(), known.upperBound - begun >= 14 else { return nil }
        let days = (begun..<known.upperBound).map { (weekday: $0 % 7, cost: (history[$0] ?? .zero).dollars) }
        let means = Dictionary(grouping: days, by: \.weekday).mapValues { group in
            group.reduce(0) { $0 + $1.cost } / Double(group.count)
        }
        let residuals = days.map { $0.cost - (means[$0.weekday] ?? 0) }
        let freedom = Double(max(days.count - means.count, 1))
        let variance = residuals.reduce(0) { $0 + $1 * $1 } / freedom
        // Today has begun: it comes to what it has come to, or to what its weekday usually does.
        let rest = open.dropFirst().reduce(0.0) { $0 + (means[$1 % 7] ?? 0) }
        let whole = max(today.dollars, open.first.flatMap { means[$0 % 7] } ?? 0)
        // Each open day strays by itself; a weekday's mean strays for all days that it stands for.
        let counts = Dictionary(grouping: days, by: \.weekday).mapValues { Double($0.count) }
        let strays = Dictionary(grouping: open) { $0 % 7 }.reduce(0.0) { sum, group in
            let number = Double(group.value.count)
            return sum + number + number * number / max(counts[group.key] ?? 1, 1)
        }
        return IntervalEstimate(
            estimate: (spent - today).dollars + whole + rest,
            standardError: (variance * strays).squareRoot(), degrees: freedom)
    }

    /// The interval's lower end: what is spent is spent.
    package var low: Double? { expected.map { max($0.low, spent.dollars) } }

    /// Expected spend over the limit, a fraction; `nil` without either.
    package var use: Double? {
        guard let limit, limit > .zero, let expected else { return nil }
        return expected.estimate / limit.dollars
    }
}
