import Auditing
import Documents
import Domain
import Inputs
import Ledger
import Pricing
import Testing

@Suite("Reconciliation with the providers' totals")
struct ReconciliationTests {
    private func start(_ day: Int) -> Timestamp { Timestamp(year: 2026, month: 10, day: day) }

    /// Five days of a dollar each.
    private func records(unpriced: Bool = false, tokens: Int64 = 1_000) -> RecordBatch {
        var batch = RecordBatch()
        for day in 1...5 {
            var record = UsageRecord()
            (record.identity, record.hasSourceID) = (UInt64(day), true)
            record.startedAt = Timestamp(microseconds: start(day).microseconds + 1)
            record.provider = batch.vocabulary.term("openai")
            record.model = batch.vocabulary.term("gpt-5")
            record.usage = TokenUsage(
                uncachedInput: TokenCount(tokens), cacheRead: .zero, cacheWrite5m: .zero, cacheWrite1h: .zero,
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

    private func reconciled(
        _ bills: [ControlTotal], unpriced: Bool = false, tokens: Int64 = 1_000, rates: ExchangeRates = ExchangeRates()
    ) throws -> Reconciliation.Provider {
        var batch = records(unpriced: unpriced, tokens: tokens)
        batch.controlTotals = bills
        return try reconciled(batch, rates: rates)
    }

    private func reconciled(
        _ batch: RecordBatch, rates: ExchangeRates = ExchangeRates()
    ) throws -> Reconciliation.Provider {
        let ledger = MemoryLedger()
        let writer: any LedgerWriter = ledger.writer()
        try writer.append(batch, from: BatchOrigin(input: 0, parser: 1))
        _ = try writer.finish()
        let prices = try PriceBook.shipped()
        return try #require(try Reconciliation(ledger, in: .always, prices: prices, rates: rates).providers.first)
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

    @Test(
        "A rate that no currency has is refused by file and line",
        arguments: ["1e30", "123456789012345678901234567890", "1000000.1", "0.0000000001", "0", "-1", "much"])
    func rates(_ usd: String) throws {
        let text = "date,currency,usd\n2026-10-01,EUR,1.08\n2026-10-02,EUR,\(usd)\n"
        let error = #expect(throws: InputError.self) {
            try ExchangeRates(table: try TableFile(text: text, file: "rates.csv"))
        }
        #expect(error?.line == 3 && error?.file == "rates.csv" && error?.description.contains("usd") == true)
    }

    @Test("The dearest currency and the largest line that are read are converted exactly")
    func conversion() throws {
        var total = bill(1, 0)
        (total.currency, total.billed) = ("XAU", BilledAmount(picos: 999_999_999_999_999_999_999_999_999))
        let table = try TableFile(text: "date,currency,usd\n2026-10-01,XAU,1000000\n", file: "rates.csv")
        let provider = try reconciled([total], rates: try ExchangeRates(table: table))
        #expect(provider.billedUSD?.decimalText == "999999999999999999999.999999")
    }

    @Test("Tokens that cannot be are said to be damage; those below are compared, however their products come out")
    func damage() throws {
        var total = bill(1, 1)
        (total.model, total.usage.uncachedInput) = ("gpt-5", TokenCount(1_000_000_000_000_000))
        let absurd = try reconciled([total], tokens: 500_000_000_000_000_000)
        #expect(absurd.findings.map(\.cause) == [.unexplained] && absurd.difference == nil)
        #expect(absurd.findings[0].detail.contains("10¹⁷ tokens"))
        let lines = (1...8).map { number -> ControlTotal in
            var line = total
            line.row = UInt64(number)
            return line
        }
        let huge = try reconciled(lines, tokens: 19_000_000_000_000_000)
        let sum = huge.findings.reduce(Int128(0)) { $0 + ($1.amount?.picos ?? 0) }
        #expect(huge.difference != nil && abs(sum - (huge.difference?.picos ?? 0)) < 10_000_000_000)
    }

    @Test("Only hours of the bill's own days are put down to time zones; other months are not billed")
    func timing() throws {
        let (october, offset) = (Timestamp(year: 2026, month: 10, day: 1), Int64(8))
        let list = Int128(1_250_000)
        let tokens = { (hour: Int64) in 1_000_000 + (hour &* 7_919) % 101 * 37_000 }
        var batch = RecordBatch()
        for hour in (october.hour - 24 * 30)..<(october.hour + 24 * 61) {
            var record = UsageRecord()
            (record.identity, record.hasSourceID) = (UInt64(hour), true)
            record.startedAt = Timestamp(microseconds: hour * Timestamp.microsecondsPerHour + 1)
            record.provider = batch.vocabulary.term("openai")
            record.model = batch.vocabulary.term("gpt-5")
            record.usage = TokenUsage(uncachedInput: TokenCount(tokens(hour)), output: .zero)
            (record.costKind, record.cost) = (.priced, NanoUSD(nanos: tokens(hour) * 1_250))
            batch.records.append(record)
        }
        for day in Int64(0)..<31 {
            let first = october.hour + day * 24 + offset
            var total = bill(Int(day) + 1, 0)
            let count = (first..<(first + 24)).reduce(0) { $0 + tokens($1) }
            (total.model, total.usage.uncachedInput) = ("gpt-5", TokenCount(count))
            total.billed = BilledAmount(picos: Int128(count) * list)
            batch.controlTotals.append(total)
        }
        let provider = try reconciled(batch)
        let early = (october.hour..<(october.hour + offset)).reduce(Int128(0)) { $0 + Int128(tokens($1)) * list }
        let found = Dictionary(grouping: provider.findings, by: \.cause)
        #expect(found[.timing]?.compactMap(\.amount?.picos) == [-early])
        #expect(Set(found.keys) == [.timing, .unbilledDays])
        let sum = provider.findings.reduce(Int128(0)) { $0 + ($1.amount?.picos ?? 0) }
        #expect(sum == provider.difference?.picos)
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
