internal import Domain
internal import Ledger

/// Records that are there twice: the same call of the same moment, under other ids.
struct DuplicateRecords {
    /// How many are one too many.
    let count: Int
    /// What they cost, USD × 10⁻¹².
    let cost: Int128
    /// The days that they are on, UTC.
    let days: Set<Int64>
    /// Of which feature or customer, where it is one alone; else empty.
    let whose: String

    private struct Call: Hashable {
        let startedAt: Int64
        let model, customer, feature: Term
        let usage: TokenUsage
    }

    /// Reads the records of some days, as the provider counts them.
    static func find(
        in ledger: any UsageLedger, provider: String, days: Set<Int64>, offset: Int64
    ) throws -> DuplicateRecords? {
        var (count, cost, found, features) = (0, Int128(0), Set<Int64>(), Set<String?>())
        for day in days.sorted() {
            let start = day * Timestamp.microsecondsPerDay + offset * Timestamp.microsecondsPerHour
            let period = Period(
                start: Timestamp(microseconds: start),
                end: Timestamp(microseconds: start + Timestamp.microsecondsPerDay))
            var seen: Set<Call> = []
            try ledger.forEachBatch(in: period) { batch in
                for record in batch.records where batch.vocabulary.text(record.provider) == provider {
                    let call = Call(
                        startedAt: record.startedAt.microseconds, model: record.model, customer: record.customer,
                        feature: record.feature, usage: record.usage)
                    guard seen.insert(call).inserted else {
                        count += 1
                        cost += Int128(record.cost.nanos) * 1_000
                        found.insert(record.startedAt.day)
                        features.insert(batch.vocabulary.text(record.feature))
                        continue
                    }
                }
            }
        }
        guard count > 0 else { return nil }
        let only = features.count == 1 ? features.first.flatMap { $0 } : nil
        return DuplicateRecords(count: count, cost: cost, days: found, whose: only.map { " (feature \($0))" } ?? "")
    }
}
