import Domain
import Ledger
import Statistics

/// Made traffic in a memory ledger.
enum ReportRecords {
    /// A record on a day of 2026, counted from 1 January.
    static func record(
        _ batch: inout RecordBatch, day: Int64, cost: Int64, model: String = "gpt-5", feature: String? = "search",
        customer: String? = "acme", team: String? = nil, baseline: Int64? = nil, number: Int64 = 0
    ) -> UsageRecord {
        var record = UsageRecord()
        record.identity = UInt64(batch.records.count + 1) &* 0x9e37_79b9_7f4a_7c15
        record.hasSourceID = true
        record.startedAt = Timestamp(
            microseconds: Timestamp(year: 2026, month: 1, day: 1).microseconds + day * Timestamp.microsecondsPerDay
                + (number + 1) * 1_000_000)
        record.provider = batch.vocabulary.term("openai")
        record.model = batch.vocabulary.term(model)
        record.feature = batch.vocabulary.term(feature)
        record.customer = batch.vocabulary.term(customer)
        record.team = batch.vocabulary.term(team)
        record.usage = TokenUsage(
            uncachedInput: TokenCount(800), cacheRead: TokenCount(200), cacheWrite5m: .zero, cacheWrite1h: .zero,
            output: TokenCount(100))
        (record.costKind, record.cost) = (.reported, NanoUSD(nanos: cost))
        if let baseline {
            (record.baseline, record.baselineMethod) = (NanoUSD(nanos: baseline), batch.vocabulary.term("as_asked"))
        }
        return record
    }

    /// A ledger of a batch.
    static func ledger(_ batch: RecordBatch) throws -> MemoryLedger {
        let ledger = MemoryLedger()
        let writer: any LedgerWriter = ledger.writer()
        try writer.append(batch, from: BatchOrigin(input: 0, parser: 1))
        _ = try writer.finish()
        return ledger
    }
}
