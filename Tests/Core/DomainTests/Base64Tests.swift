import Domain
import Testing

@Suite("Base64")
struct Base64Tests {
    @Test(
        "The examples of RFC 4648",
        arguments: [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ])
    func examples(_ text: String, _ encoded: String) {
        #expect(Base64.encode(Array(text.utf8)) == encoded)
    }

    @Test("Every byte comes back")
    func roundTrip() {
        var decoded: [UInt8] = []
        let bytes = (0...255).map { UInt8($0) }
        #expect(Base64.decode(Array(Base64.encode(bytes).utf8)[...], into: &decoded))
        #expect(decoded == bytes)
    }
}
