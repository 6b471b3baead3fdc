import Domain
import Prompts
import Testing

@Suite("Prompt identity")
struct PromptIdentityTests {
    private func folded(_ text: String) -> String {
        var result: [UInt8] = []
        Array(text.utf8).withUnsafeBufferPointer { PromptNormalisation.append($0, to: &result) }
        return String(decoding: result, as: UTF8.self)
    }

    @Test(arguments: [
        ("  Hello   World ", "hello world"), ("a\n\tb", "a b"), ("ÄRGER  Über", "ärger über"), ("", ""), ("   ", ""),
        ("What is 2 + 2?", "what is 2 + 2?"),
    ])
    func normalisation(_ text: String, _ expected: String) {
        #expect(folded(text) == expected)
    }

    @Test("The hash is HMAC-SHA-256 under the documented key, cut to 128 bits")
    func hash() {
        let bytes = Array("prompt".utf8)
        let hash = bytes.withUnsafeBytes { PromptKey.fileAudit.hash($0) }
        #expect(
            hash == bytes.withUnsafeBytes { PromptKey(secret: Array("payback file audit, version 1".utf8)).hash($0) })
        #expect(hash != bytes.withUnsafeBytes { PromptKey(secret: Array("another key of 16+ bytes".utf8)).hash($0) })
        #expect(hash.hexadecimal.count == 32)
    }

    @Test("Prompts share as many blocks as they share whole blocks of bytes")
    func prefix() {
        let first = [UInt8](repeating: 65, count: 3 * PrefixBlocks.blockSize)
        var second = first
        second[2 * PrefixBlocks.blockSize + 5] = 66
        var hashes: [[UInt64]] = [[], []]
        first.withUnsafeBufferPointer { _ = PrefixBlocks.append($0, to: &hashes[0]) }
        second.withUnsafeBufferPointer { _ = PrefixBlocks.append($0, to: &hashes[1]) }
        #expect(hashes[0].prefix(2) == hashes[1].prefix(2))
        #expect(hashes[0][2] != hashes[1][2])
        #expect(Set(hashes[0]).count == 3)
    }
}
