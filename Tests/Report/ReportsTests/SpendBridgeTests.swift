import Domain
import Ledger
import Pricing
import Reports
import Statistics
import Testing

@Suite("The bridge from one month to the next")
struct SpendBridgeTests {
    private func bridge(_ batch: RecordBatch) throws -> SpendBridge {
        let period = ReportPeriod(month: Timestamp(year: 2026, month: 2, day: 1).month)
        let rows = try SpendRows(try ReportRecords.ledger(batch), period)
        return SpendBridge(rows, prices: try PriceBook.shipped(), at: period.period.start)
    }

    private func amount(_ bridge: SpendBridge, _ cause: SpendBridge.Cause) -> Int64 {
        bridge.parts.first { $0.cause == cause }?.amount.nanos ?? 0
    }

    @Test("Twice the requests are volume alone")
    func volume() throws {
        var batch = RecordBatch()
        for number in Int64(0)..<10 {
            batch.records.append(ReportRecords.record(&batch, day: 3, cost: 1_000, number: number))
        }
        for number in Int64(0)..<20 {
            batch.records.append(ReportRecords.record(&batch, day: 40, cost: 1_000, number: number))
        }
        let found = try bridge(batch)
        #expect(amount(found, .volume) == 10_000 && found.to - found.from == NanoUSD(nanos: 10_000))
        for cause in [SpendBridge.Cause.mix, .tokens, .cache, .price] { #expect(amount(found, cause) == 0) }
    }

    @Test("A dearer price is price alone; longer answers are tokens; more cache is cache")
    func single() throws {
        func batch(_ change: (inout UsageRecord) -> Void) -> RecordBatch {
            var batch = RecordBatch()
            batch.records.append(ReportRecords.record(&batch, day: 3, cost: 1_000_000))
            var later = ReportRecords.record(&batch, day: 40, cost: 1_000_000)
            change(&later)
            batch.records.append(later)
            return batch
        }
        let dearer = try bridge(batch { $0.cost = NanoUSD(nanos: 1_500_000) })
        #expect(amount(dearer, .price) == 500_000 && amount(dearer, .tokens) == 0)
        let longer = try bridge(batch { $0.usage.output = TokenCount(200) })
        #expect(amount(longer, .tokens) > 0 && amount(longer, .cache) == 0)
        #expect(amount(longer, .price) == -amount(longer, .tokens), "it cost the same, so prices must have fallen")
        let cached = try bridge(
            batch {
                $0.usage.uncachedInput = TokenCount(200); $0.usage.cacheRead = TokenCount(800)
            })
        #expect(amount(cached, .cache) < 0 && amount(cached, .tokens) == 0)
    }

    @Test("The parts sum to the difference, to the nano-dollar, whatever the traffic", arguments: 0..<40)
    func sums(seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        var batch = RecordBatch()
        for number in Int64(0)..<300 {
            var record = ReportRecords.record(
                &batch, day: Int64(random.below(58)), cost: Int64(random.below(9_000_000)),
                model: ["gpt-5", "gpt-5-mini", "unheard-of", "claude-sonnet-4-5"][random.below(4)], number: number)
            record.usage.output = TokenCount(Int64(random.below(3_000)))
            record.usage.cacheRead = TokenCount(Int64(random.below(3_000)))
            batch.records.append(record)
        }
        let found = try bridge(batch)
        let sum = found.parts.reduce(found.from) { $0 + $1.amount }
        #expect(sum == found.to && found.from > .zero)
    }
}
