import Documents
import Domain
import Ledger
import Pricing
import Productivity
import Reports
import Testing

@Suite("Closed months")
struct RestatementTests {
    private let february = ReportPeriod(month: Timestamp(year: 2026, month: 2, day: 1).month)
    private let closedAt = Timestamp(year: 2026, month: 3, day: 3)

    private func traffic(_ requests: Int64) -> RecordBatch {
        var batch = RecordBatch()
        for number in 0..<requests {
            batch.records.append(
                ReportRecords.record(&batch, day: 40, cost: 1_000_000_000, baseline: 2_000_000_000, number: number))
        }
        return batch
    }

    private func close(_ batch: RecordBatch, book: String = "2026-03-01") throws -> ClosedMonth {
        try ClosedMonth.make(
            try ReportRecords.ledger(batch), month: february.period.start.month, prices: PriceBook(version: book),
            at: closedAt, by: "R. Controller")
    }

    private func report(_ batch: RecordBatch, closed: ClosedMonth?, book: String = "2026-03-01") throws -> MonthlyReport
    {
        var inputs = MonthlyReport.Inputs(
            tasks: TaskSummary([], rates: TaskSummary.Rates()), now: february.period.end)
        inputs.closed = closed
        return try MonthlyReport.make(
            try ReportRecords.ledger(batch), february, prices: PriceBook(version: book), inputs: inputs)
    }

    @Test("A close has each provider's figures")
    func figures() throws {
        let closed = try close(traffic(10))
        #expect(closed.baseline == NanoUSD(nanos: 20_000_000_000))
        #expect(closed.saving == NanoUSD(nanos: 10_000_000_000))
        #expect(closed.providers.map(\.name) == ["openai"] && closed.providers[0].calls == 10)
    }

    @Test("A month that is as it was closed says so; one that was not closed says nothing")
    func unchanged() throws {
        let batch = traffic(10)
        let same = try report(batch, closed: try close(batch))
        #expect(same.json.text.contains("\"is_changed\": false"))
        #expect(MarkdownRenderer().render(same.document).contains("the figures are as R. Controller closed them"))
        let open = try report(batch, closed: nil)
        #expect(open.json.text.contains("\"restatement\": null"))
        #expect(!MarkdownRenderer().render(open.document).contains("Restated"))
    }

    @Test("Records that came later, a provider that is new, and another price book are told with the difference")
    func changed() throws {
        let closed = try close(traffic(10))
        var batch = traffic(12)
        var late = ReportRecords.record(&batch, day: 41, cost: 500_000_000, number: 99)
        late.provider = batch.vocabulary.term("anthropic")
        batch.records.append(late)
        let changed = try report(batch, closed: closed, book: "2026-03-15")
        let text = changed.json.compactText
        #expect(text.contains("\"is_changed\":true"))
        #expect(
            text.contains("\"closed_realized_usd\":10,\"baseline_usd\":24,\"realized_usd\":12,\"difference_usd\":2"))
        #expect(text.contains("\"records added later: 2\",\"price book 2026-03-15, at the close 2026-03-01\""))
        let page = MarkdownRenderer().render(changed.document)
        #expect(page.contains("Restated since the close of 2026-03-03"))
        #expect(page.contains("anthropic") && page.contains("records added later: 1"))
    }

    @Test("Records that went are told; another month's close is not taken for this one's")
    func gone() throws {
        var closed = try close(traffic(10))
        let fewer = try report(traffic(9), closed: closed).json.compactText
        #expect(fewer.contains("\"difference_usd\":-1") && fewer.contains("records gone: 1"))
        closed.month -= 1
        #expect(try report(traffic(9), closed: closed).json.text.contains("\"restatement\": null"))
    }
}
