import Registry
import Testing

@Suite("Secrets of keys")
struct KeySecretTests {
    @Test("A secret is a prefix and 43 characters that need no escaping anywhere")
    func form() {
        var random = SeededNumbers(seed: 1)
        let secrets = (0..<200).map { _ in KeySecret(using: &random).text }
        let allowed = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        for secret in secrets {
            #expect(secret.hasPrefix("sk-pb-") && secret.count == 49)
            #expect(secret.allSatisfy(allowed.contains))
        }
        #expect(Set(secrets).count == secrets.count)
        // Every character is used: none of the 64 is lost to a mistake in the arithmetic.
        #expect(Set(secrets.joined().dropFirst(6)).union("sk-pb-").isSuperset(of: allowed))
    }

    @Test("The hint is the beginning, and tells little")
    func hint() {
        var random = SeededNumbers(seed: 2)
        let secret = KeySecret(using: &random)
        #expect(secret.hint.count == 12 && secret.text.hasPrefix(secret.hint))
    }

    @Test("The hash is the SHA-256 of FIPS 180-4, leading zeros of a byte included")
    func hash() {
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        #expect(KeySecret.hash("abc") == expected)
        var random = SeededNumbers(seed: 3)
        let secret = KeySecret(using: &random)
        #expect(secret.hash == KeySecret.hash(secret.text) && secret.hash.count == 64)
    }

    @Test("The words of the hot path are the same hash")
    func words() {
        let hash = Array("abc".utf8).withUnsafeBytes { KeySecret.hash($0) }
        let words: [UInt64] = [hash.0, hash.1, hash.2, hash.3]
        let expected: [UInt64] = [
            0xba78_16bf_8f01_cfea, 0x4141_40de_5dae_2223, 0xb003_61a3_9617_7a9c, 0xb410_ff61_f200_15ad,
        ]
        #expect(words == expected)
    }
}
