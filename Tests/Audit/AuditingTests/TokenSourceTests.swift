import Auditing
import Domain
import Ledger
import Pricing
import Testing

@Suite("One source of tokens is believed")
struct TokenSourceTests {
    private func start(_ day: Int) -> Timestamp { Timestamp(year: 2026, month: 10, day: day) }

    private func total(
        _ authority: ControlAuthority, _ source: String, day: Int, days: Int = 1, model: String? = "gpt-5",
        input: Int64, billed: Int128? = nil
    ) -> ControlTotal {
        var total = ControlTotal(
            authority: authority, source: source, period: Period(start: start(day), end: start(day + days)),
            provider: "openai")
        (total.model, total.row) = (model, UInt64(day))
        total.usage.uncachedInput = TokenCount(input)
        total.billed = billed.map { BilledAmount(picos: $0) }
        return total
    }

    private func reconciled(_ totals: [ControlTotal]) throws -> Reconciliation.Provider {
        var batch = RecordBatch()
        batch.controlTotals = totals
        let ledger = MemoryLedger()
        let writer: any LedgerWriter = ledger.writer()
        try writer.append(batch, from: BatchOrigin(input: 0, parser: 1))
        _ = try writer.finish()
        return try #require(try Reconciliation(ledger, in: .always, prices: try PriceBook.shipped()).providers.first)
    }

    @Test("A bill comes before usage pages for the days and models that it tells of, and the pages count elsewhere")
    func precedence() throws {
        let provider = try reconciled([
            total(.bill, "focus", day: 1, input: 1_000, billed: 1_250_000_000),
            // Another spelling of the same model.
            total(.usageReport, "openai-usage", day: 1, model: "gpt-5-2025-08-07", input: 1_200),
            total(.usageReport, "openai-usage", day: 1, model: "gpt-5-mini", input: 70),
            total(.usageReport, "openai-usage", day: 2, model: "gpt-5-2025-08-07", input: 5_000),
        ])
        let found = provider.findings.filter { $0.cause == .sources }
        #expect(found.count == 1 && found.first?.amount == nil)
        #expect(
            found.first?.detail.hasPrefix(
                "focus and openai-usage disagree about 2026-10-01: uncached input 1000 against 1200. focus is believed")
                ?? false, "\(found)")
    }

    @Test(
        "What is counted, and whether there is something to say",
        arguments: [
            (
                "agreement within a thousandth",
                [(ControlAuthority.bill, "focus", 1, 1, "gpt-5", 10_000), (.usageReport, "u", 1, 1, "gpt-5", 10_005)],
                10_000, 0
            ),
            (
                "pages of two kinds: a cost report first",
                [(.usageReport, "u", 1, 1, "gpt-5", 500), (.costReport, "c", 1, 1, "gpt-5", 400)], 400, 1
            ),
            (
                "a bill of the whole month takes its days",
                [(.bill, "focus", 1, 30, "gpt-5", 900), (.usageReport, "u", 3, 1, "gpt-5", 30)], 900, 0
            ),
            (
                "sums without models give way to models",
                [(.bill, "focus", 1, 1, nil, 900), (.usageReport, "u", 1, 1, "gpt-5", 800)], 800, 0
            ),
            (
                "one source is all believed",
                [(.usageReport, "u", 1, 1, "gpt-5", 5), (.usageReport, "u", 1, 1, nil, 7)], 12, 0
            ),
        ] as [(String, [(ControlAuthority, String, Int, Int, String?, Int64)], Int64, Int)])
    func counted(
        name: String, totals: [(ControlAuthority, String, Int, Int, String?, Int64)], tokens: Int64, sayings: Int
    ) throws {
        let provider = try reconciled(
            totals.map { total($0.0, $0.1, day: $0.2, days: $0.3, model: $0.4, input: $0.5) })
        #expect(provider.coverage.reportedTokens == tokens, "\(name)")
        #expect(provider.findings.filter { $0.cause == .sources }.count == sayings, "\(name)")
    }
}
