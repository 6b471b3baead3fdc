import Auditing
import Documents
import Domain
import Ledger
import Pricing
import Testing

@Suite("Commitments spread over what used them")
struct CommitmentTests {
    private func start(_ day: Int) -> Timestamp { Timestamp(year: 2026, month: 10, day: day) }

    /// Two customers on day 1, the first with three times the use; on day 2 the first alone. Sonnet at 3 and 15 USD.
    private func batch(tier: String? = nil, _ lines: [ControlTotal]) -> RecordBatch {
        var batch = RecordBatch()
        for (day, customer, thousands) in [(1, "acme", Int64(300)), (1, "globex", 100), (2, "acme", 100)] {
            var record = UsageRecord()
            (record.identity, record.hasSourceID) = (UInt64(batch.records.count + 1), true)
            record.startedAt = Timestamp(microseconds: start(day).microseconds + 3_600_000_000)
            record.provider = batch.vocabulary.term("anthropic")
            record.model = batch.vocabulary.term("sonnet")
            record.customer = batch.vocabulary.term(customer)
            record.serviceTier = batch.vocabulary.term(tier)
            record.usage = Complaint.Tokens(input: thousands * 1_000, output: thousands * 100).usage
            // A tenth of as many output tokens: 4.50 USD for a million.
            if tier == nil { (record.costKind, record.cost) = (.priced, NanoUSD(nanos: thousands * 4_500_000)) }
            batch.records.append(record)
        }
        batch.controlTotals = lines
        return batch
    }

    private func line(_ day: Int, billed: Int64, effective: Int64? = nil, _ dimensions: [String: String])
        -> ControlTotal
    {
        var total = ControlTotal(
            authority: .bill, source: "focus", period: Period(start: start(day), end: start(day + 1)),
            provider: "anthropic")
        // Cents.
        total.billed = BilledAmount(picos: Int128(billed) * 10_000_000_000)
        total.effective = effective.map { BilledAmount(picos: Int128($0) * 10_000_000_000) }
        (total.model, total.dimensions, total.row) = ("sonnet", dimensions, UInt64(day * 100 + dimensions.count))
        return total
    }

    private func reconciled(_ batch: RecordBatch) throws -> Reconciliation.Provider {
        let ledger = MemoryLedger()
        let writer: any LedgerWriter = ledger.writer()
        try writer.append(batch, from: BatchOrigin(input: 0, parser: 1))
        _ = try writer.finish()
        let found = try Reconciliation(ledger, in: .always, prices: try Complaint.prices())
        #expect(TextRenderer(useColour: false).render(found.document).contains("Unused commitment"))
        return try #require(found.providers.first)
    }

    private func isTied(_ provider: Reconciliation.Provider) -> Bool {
        let sum = provider.findings.reduce(Int128(0)) { $0 + ($1.amount?.picos ?? 0) }
        return sum == provider.difference?.picos && !provider.findings.contains { $0.cause == .unexplained }
    }

    @Test(
        "Provisioned hours cost their users at most the list price, by the day; the rest is unused",
        arguments: [nil, "ptu"])
    func capacity(tier: String?) throws {
        let hours = ["service_tier": "provisioned"]
        let provider = try reconciled(batch(tier: tier, [line(1, billed: 120, hours), line(2, billed: 120, hours)]))
        let use = try #require(provider.commitments.first)
        // Day 1 is worth 1.80 at list and costs 1.20, all used; day 2 is worth 0.45, and 0.75 is left.
        #expect(use.billed == NanoUSD(dollars: "2.4") && use.effective == use.billed && !use.isStated)
        #expect(use.unused == NanoUSD(dollars: "0.75") && use.used == NanoUSD(dollars: "1.65"))
        #expect(use.shares.map(\.name) == ["acme", "globex"])
        #expect(use.shares.map(\.cost.decimalText) == ["1.35", "0.3"])
        #expect(use.shares.map(\.list.decimalText) == ["1.8", "0.45"])
        #expect(isTied(provider))
        #expect(provider.findings.contains { $0.cause == .unusedCommitment && $0.amount?.decimalText == "0.75" })
    }

    @Test("Effective costs that the bill states are spread by list price; what it marks as unused is unused")
    func stated() throws {
        let used = ["commitment_status": "Used", "charge_category": "Usage"]
        var lines = [
            line(1, billed: 10_000, effective: 0, ["charge_category": "Purchase"]),
            line(2, billed: 0, effective: 25, ["commitment_status": "Unused", "charge_category": "Usage", "sku": "u"]),
        ]
        for (day, input) in [(1, Int64(400_000)), (2, 100_000)] {
            var (tokens, answers) = (
                line(day, billed: 0, effective: 80, used), line(day, billed: 0, effective: 20, used)
            )
            tokens.usage.uncachedInput = TokenCount(input)
            answers.usage.output = TokenCount(input / 10)
            answers.row += 50
            lines += [tokens, answers]
        }
        let provider = try reconciled(batch(lines))
        let use = try #require(provider.commitments.first)
        #expect(use.isStated && use.billed == NanoUSD(dollars: "100") && use.effective == NanoUSD(dollars: "2.25"))
        #expect(use.unused == NanoUSD(dollars: "0.25"))
        #expect(use.shares.map(\.cost.decimalText) == ["1.75", "0.25"])
        #expect(isTied(provider))
        // 100 billed for the commitment, less 0.25 unused, less what records have at list: 2.25.
        let amounts = provider.findings.filter { $0.cause == .commitment }.reduce(Int128(0)) {
            $0 + ($1.amount?.picos ?? 0)
        }
        #expect(amounts == 97_500_000_000_000)
    }

    @Test("Tokens that are charged on demand did not use the capacity")
    func onDemand() throws {
        var lines = [line(1, billed: 500, ["service_tier": "provisioned"])]
        for (input, cents) in [(Int64(400_000), Int64(120)), (0, 60)] {
            var metered = line(1, billed: cents, ["charge_category": "Usage", "sku": "\(input)"])
            if input > 0 {
                metered.usage.uncachedInput = TokenCount(input)
            } else {
                metered.usage.output = TokenCount(40_000)
            }
            metered.row += UInt64(cents)
            lines.append(metered)
        }
        let provider = try reconciled(batch(lines))
        let use = try #require(provider.commitments.first)
        #expect(use.unused == use.billed && use.billed == NanoUSD(dollars: "5") && use.shares.isEmpty)
        #expect(isTied(provider))
    }
}
