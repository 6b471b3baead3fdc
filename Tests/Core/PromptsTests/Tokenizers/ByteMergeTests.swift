import Prompts
import Testing

@Suite("Byte-pair merges")
struct ByteMergeTests {
    private static let cases: [(text: String, tokens: [Int])] = [
        ("", []), ("a", [97]), ("abc", [257]), ("abcbc", [257, 258]), ("aaaaa", [260, 97]), ("aaa", [259, 97]),
        (" ab", [32, 256]), ("é", [0xC3, 0xA9]), ("<|end|>", Array("<|end|>".utf8).map { Int($0) }),
        ("ab ab", [256, 32, 256]),
    ]

    @Test("Known merges from both kinds of files", arguments: cases)
    func merges(_ text: String, _ tokens: [Int]) throws {
        for tokenizer in [try MadeVocabulary.tiktoken(.gpt2), try MadeVocabulary.json()] {
            #expect(tokenizer.encode(text) == tokens)
            #expect(tokenizer.count(text) == tokens.count)
        }
    }

    @Test("A long piece is merged as many short ones are")
    func longPiece() throws {
        let tokenizer = try MadeVocabulary.tiktoken(.cl100kBase)
        for repeats in [19, 20, 21, 200] {
            let tokens = tokenizer.encode(String(repeating: "abcbc", count: repeats))
            #expect(tokens == (0..<repeats).flatMap { _ in [257, 258] })
        }
    }

    @Test("Bytes that are no UTF-8 are counted and do no harm")
    func invalidBytes() throws {
        let tokenizer = try MadeVocabulary.tiktoken(.o200kBase)
        let bytes: [UInt8] = [0xFF, 0xC0, 0x61, 0x62, 0xE2, 0x82, 0xF0, 0x9F, 0xED, 0xA0, 0x80]
        #expect(bytes.withUnsafeBufferPointer { tokenizer.count($0) } == bytes.count - 1)
    }

    @Test(
        "A mebibyte of one thing ends", arguments: [PretokenizerPattern.cl100kBase, .o200kBase, .gpt2],
        [("a", 4), ("A", 1), (" ", 1), ("\n", 1), ("7", 1), ("😀", 1), ("文", 1), ("'", 1), ("ab", 2)])
    func longRuns(_ pattern: PretokenizerPattern, _ run: (text: String, bytesPerToken: Int)) throws {
        let repeats = (1 << 20) / run.text.utf8.count
        let count = try MadeVocabulary.tiktoken(pattern).count(String(repeating: run.text, count: repeats))
        #expect(count == repeats * run.text.utf8.count / run.bytesPerToken)
    }

    @Test("Without a tokenizer there is at most one token per byte", arguments: [(0, 0), (7, 7), (-1, 0)])
    func bound(_ count: Int, _ tokens: Int64) {
        #expect(TokenBound.bytes(count) == tokens)
    }
}
