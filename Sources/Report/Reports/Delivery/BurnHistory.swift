internal import Domain
internal import Ledger

/// The hours before an hour, as far back as they say what is usual.
struct BurnHistory {
    /// Whole weeks before the hour that the ledger covers, four at most.
    let weeks: Int
    /// They.
    let period: Period

    private static let week = 168

    init(before hour: Timestamp, ledgerBegin: Timestamp) {
        let length = Int64(Self.week) * Timestamp.microsecondsPerHour
        // A ledger that begins within an hour covers it as far as anybody knows.
        let begin = ledgerBegin.hour * Timestamp.microsecondsPerHour
        weeks = Int(min(max((hour.microseconds - begin) / length, 0), 4))
        period = Period(start: Timestamp(microseconds: hour.microseconds - Int64(weeks) * length), end: hour)
    }

    /// What each hour cost, in nano-dollars, the oldest first; 0 for those without records.
    func hours(_ rows: [LedgerRow]) -> [Int64] {
        var hours = [Int64](repeating: 0, count: weeks * Self.week)
        for row in rows {
            guard let start = row.start else { continue }
            let position = Int(start.hour - period.start.hour)
            if hours.indices.contains(position) { hours[position] += row.measures.cost.nanos }
        }
        return hours
    }

    /// What is usual for the hour after them, and what it may cost without being told.
    func threshold(_ hours: [Int64]) -> (usual: Int64, threshold: Int64) {
        let same = stride(from: 0, to: hours.count, by: Self.week).map { hours[$0] }
        let (ofSame, ofEvery) = (RobustSpread(same), RobustSpread(hours))
        let usual = ofSame.median
        let ofWeek = Double(usual) + 6 * max(ofSame.deviation, Double(usual) / 10)
        let ofAll = Double(ofEvery.median) + 3 * ofEvery.deviation
        let averageDay = hours.reduce(0.0) { $0 + Double($1) } / Double(max(hours.count, 1)) * 24
        let least = Double(usual) + averageDay / 100
        return (usual, Int64(min(max(ofWeek, ofAll, least), 9e18)))
    }
}
