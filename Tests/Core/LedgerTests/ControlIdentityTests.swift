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
        #expect(usage.identityText == "\(usage)")
        usage.imageOutput = TokenCount(9)
        #expect(usage.identityText == "\(usage)")
        #expect(TokenUsage.unknown.identityText == "\(TokenUsage.unknown)")
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
