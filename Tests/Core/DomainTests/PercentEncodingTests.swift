import Domain
import Testing

@Suite("Percent encoding")
struct PercentEncodingTests {
    @Test(
        "What is encoded comes back", arguments: ["", "plain", "a b/c?d=e&f%g", "arn:aws:bedrock:x/abc", "ሴ", "a+b~"])
    func roundTrip(text: String) {
        #expect(text.percentEncoded.percentDecoded == text)
        #expect(text.percentEncoded.utf8.allSatisfy { $0 < 0x80 && $0 != UInt8(ascii: "/") })
    }

    @Test("Digits of either case are read; what was never encoded stays")
    func lenient() {
        #expect("a%3aB%3A/c:d".percentDecoded == "a:B:/c:d")
    }

    @Test("Broken escapes and what is no text are refused", arguments: ["%", "%4", "%zz", "%+1", "a%ffb", "%C3"])
    func broken(text: String) { #expect(text.percentDecoded == nil) }
}
