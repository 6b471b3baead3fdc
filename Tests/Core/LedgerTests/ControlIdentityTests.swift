import Domain
import Ledger
import Testing

@Suite("Identities of control totals")
struct ControlIdentityTests {
    @Test("The counts' text is what the language prints, on which identities rest")
    func text() {
        var usage = TokenUsage(
            uncachedInput: TokenCount(1500), cacheRead: .zero, cacheWrite5m: TokenCount(20), output: TokenCount(7),
            reasoning: TokenCount(3))
        #expect(text(usage) == "\(usage)")
        usage.imageOutput = TokenCount(9)
        #expect(text(usage) == "\(usage)")
        #expect(text(.unknown) == "\(TokenUsage.unknown)")
    }

    private func text(_ usage: TokenUsage) -> String {
        var bytes: [UInt8] = []
        usage.appendIdentity(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func total() -> ControlTotal {
        let period = Period(start: Timestamp(seconds: 1_790_000_000), end: Timestamp(seconds: 1_790_003_600))
        return ControlTotal(authority: .bill, source: "focus", period: period, provider: "openai")
    }

    /// Totals with everything, with nothing, and with what is odd.
    private static let totals: [ControlTotal] = {
        var full = total()
        (full.service, full.model, full.requests, full.row) = ("API", "gpt-5", 17, .max)
        (full.billed, full.effective) = (BilledAmount(picos: 2_819_071_250_000), BilledAmount(picos: 0))
        full.list = BilledAmount(picos: -123_456_789_012_345_678_901_234)
        full.contracted = BilledAmount(picos: 1)
        full.usage.output = TokenCount(5)
        full.dimensions = ["sku": "A=B", "charge_category": "Usage", "région": "Zürich"]
        var credit = total()
        (credit.billed, credit.currency) = (BilledAmount(picos: -5_000_000_000_000), "EUR")
        credit.dimensions = ["empty": ""]
        return [full, total(), credit]
    }()

    @Test("Identities are what they were when a total was joined as text: filled ledgers rest on it", arguments: totals)
    func joined(total: ControlTotal) {
        let amounts = [total.billed, total.effective, total.list, total.contracted].map { $0?.decimalText ?? "" }
        let parts =
            [
                total.source, total.authority.name, total.provider, total.service ?? "", total.model ?? "",
                total.currency, "\(total.period.start.microseconds)", "\(total.period.end.microseconds)",
                "\(total.requests ?? -1)",
            ] + amounts + ["\(total.usage)", "\(total.row)"]
            + total.dimensions.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        #expect(total.identity == ByteHash.hash(parts.joined(separator: "\n")))
    }

    @Test("The parts are the texts of what they are named after", arguments: totals)
    func parts(total: ControlTotal) {
        var text = ControlTotalText()
        // A buffer that has held another total shows nothing of it.
        for earlier in Self.totals { text.write(earlier) }
        text.write(total)
        let parts = text.withBytes { bytes in
            ControlTotalText.Part.allCases.map { String(decoding: bytes($0), as: UTF8.self) }
        }
        let dimensions = total.dimensions.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        #expect(
            parts == [total.billed, total.effective, total.list, total.contracted].map { $0?.decimalText ?? "" }
                + [dimensions.joined(separator: "\n")])
    }

    @Test("Totals that differ in one count are two")
    func different() {
        let period = Period(start: Timestamp(seconds: 0), end: Timestamp(seconds: 60))
        var a = ControlTotal(authority: .bill, source: "s", period: period, provider: "p")
        var b = a
        (a.usage.output, b.usage.output) = (TokenCount(1), TokenCount(2))
        #expect(a.identity != b.identity)
        b.usage.output = TokenCount(1)
        #expect(a.identity == b.identity)
    }
}
