import Auditing
import Domain
import Ledger
import Testing

@Suite("What users complained about is found, named and tied to the cent")
struct ComplaintTests {
    @Test(arguments: Complaint.all)
    func found(_ complaint: Complaint) throws {
        let prices = try Complaint.prices()
        let ledger = MemoryLedger()
        let writer: any LedgerWriter = ledger.writer()
        try writer.append(try complaint.batch(prices), from: BatchOrigin(input: 0, parser: 1))
        _ = try writer.finish()
        let provider = try #require(try Reconciliation(ledger, in: .always, prices: prices).providers.first)

        // The figures are those of the complaint.
        #expect(provider.coverage.explained == NanoUSD(dollars: complaint.figures.said))
        #expect(isClose(provider.billedUSD, complaint.figures.billed))
        // Its causes, and no others; they sum to the difference, to the cent.
        #expect(provider.findings.map(\.cause) == complaint.causes.map(\.cause))
        for (finding, expected) in zip(provider.findings, complaint.causes) {
            if let amount = expected.amount { #expect(isClose(finding.amount, amount), "\(finding)") }
        }
        #expect(provider.findings.first?.detail.contains(complaint.words) ?? false, "\(provider.findings)")
        let sum = provider.findings.reduce(Int128(0)) { $0 + ($1.amount?.picos ?? 0) }
        let difference = try #require(provider.difference?.picos)
        #expect(abs(sum - difference) < 5_000_000_000)
    }

    /// Within a hundredth of a cent: tokens are whole, so a bill in another currency is not met exactly.
    private func isClose(_ amount: BilledAmount?, _ text: String) -> Bool {
        guard let amount, let expected = ExactDecimal(text)?.units(scale: 12)?.units else { return false }
        return abs(amount.picos - expected) < 100_000_000
    }
}
