import Auditing
import Documents
import Domain
import Ledger
import Pricing
import Testing

@Suite("Reconciliation with the providers' totals")
struct ReconciliationTests {
    private func start(_ day: Int) -> Timestamp { Timestamp(year: 2026, month: 10, day: day) }

    /// Five days of a dollar each.
    private func records(unpriced: Bool = false) -> RecordBatch {
        var batch = RecordBatch()
        for day in 1...5 {
            var record = UsageRecord()
            (record.identity, record.hasSourceID) = (UInt64(day), true)
            record.startedAt = Timestamp(microseconds: start(day).microseconds + 1)
            record.provider = batch.vocabulary.term("openai")
            record.model = batch.vocabulary.term("gpt-5")
            record.usage = TokenUsage(
                uncachedInput: TokenCount(1_000), cacheRead: .zero, cacheWrite5m: .zero, cacheWrite1h: .zero,
                output: TokenCount(100))
            (record.costKind, record.cost) = (.priced, NanoUSD(nanos: 1_000_000_000))
            if unpriced, day == 5 { (record.costKind, record.cost) = (.unpriced, .zero) }
            batch.records.append(record)
        }
        return batch
    }

    private func bill(_ day: Int, _ dollars: Int64, cacheWrite: Int64? = nil) -> ControlTotal {
        var total = ControlTotal(
            authority: .bill, source: "focus", period: Period(start: start(day), end: start(day + 1)),
            provider: "openai")
        total.billed = BilledAmount(picos: Int128(dollars) * 1_000_000_000_000)
        if let cacheWrite { total.usage.cacheWrite5m = TokenCount(cacheWrite) }
        total.row = UInt64(day)
        return total
    }

    private func reconciled(_ bills: [ControlTotal], unpriced: Bool = false) throws -> Reconciliation.Provider {
        var batch = records(unpriced: unpriced)
        batch.controlTotals = bills
        let ledger = MemoryLedger()
        let writer: any LedgerWriter = ledger.writer()
        try writer.append(batch, from: BatchOrigin(input: 0, parser: 1))
        _ = try writer.finish()
        return try #require(try Reconciliation(ledger, in: .always, prices: try PriceBook.shipped()).providers.first)
    }

    @Test("A bill that the records explain has no cause")
    func explained() throws {
        let provider = try reconciled((1...5).map { bill($0, 1) })
        #expect(provider.findings.isEmpty && provider.coverage.rate == 1)
    }

    @Test("Days without records, and what is left on the others, sum to what is unattributed")
    func sums() throws {
        let provider = try reconciled((1...5).map { bill($0, 1) } + [bill(6, 7), bill(7, 2)] + [])
        let missing = try #require(provider.findings.first)
        #expect(missing.cause == .missingDays && missing.amount?.decimalText == "9")
        #expect(missing.detail.contains("2026-10-06, 2026-10-07"))
        let dearer = try reconciled((1...5).map { bill($0, $0 == 3 ? 3 : 1) } + [bill(6, 7)])
        #expect(dearer.findings.map(\.cause) == [.missingDays, .price])
        let sum = dearer.findings.reduce(Int128(0)) { $0 + ($1.amount?.picos ?? 0) }
        #expect(sum == dearer.coverage.unattributed?.picos && sum == 9_000_000_000_000)
    }

    @Test("Days that no bill covers yet, records without a price and classes that a tool leaves out are named")
    func causes() throws {
        let late = try reconciled((1...3).map { bill($0, 1) })
        #expect(late.findings.map(\.cause) == [.unbilledDays] && late.findings[0].amount?.decimalText == "-2")
        let unpriced = try reconciled((1...5).map { bill($0, 1) }, unpriced: true)
        #expect(Set(unpriced.findings.map(\.cause)) == [.price, .unpriced])
        let writes = try reconciled((1...5).map { bill($0, 1, cacheWrite: 5_000) })
        let finding = try #require(writes.findings.first)
        #expect(
            finding.cause == .cacheWrites
                && finding.detail.contains("cache write: the provider counts 25000, the ledger 0"))
        #expect(finding.detail.contains("leaves them out"))
    }

    @Test("Without a bill the page says how to get one")
    func nothing() throws {
        let provider = try reconciled([])
        #expect(provider.coverage.billed == nil && provider.findings.isEmpty)
        let page = TextRenderer(useColour: false).render(
            try Reconciliation(MemoryLedger(), in: .always, prices: try PriceBook.shipped()).document)
        #expect(page.contains("Nothing to reconcile with") && page.contains("payback import"))
    }
}
