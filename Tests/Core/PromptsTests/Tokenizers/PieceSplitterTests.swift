import Prompts
import Testing

/// Expected pieces are what Python's `regex` finds with the reference's expression.
@Suite("Pre-tokenizers")
struct PieceSplitterTests {
    private static let words: [(PretokenizerPattern, String, [String])] = [
        (.gpt2, "I'VE it's 'sabc'S", ["I", "'", "VE", " it", "'s", " '", "sabc", "'", "S"]),
        (.cl100kBase, "I'VE it's 'sabc'S", ["I", "'VE", " it", "'s", " '", "sabc", "'S"]),
        (.o200kBase, "I'VE it's 'sabc'S", ["I'VE", " it's", " '", "sabc'S"]),
        (.cl100kBase, "it'\u{17F}", ["it", "'\u{17F}"]),
        (.gpt2, "x=12345 ١٢٣", ["x", "=", "12345", " ١٢٣"]),
        (.llama3, "x=12345 ١٢٣", ["x", "=", "123", "45", " ", "١٢٣"]),
        (.qwen2, "x=12345 ١٢٣", ["x", "=", "1", "2", "3", "4", "5", " ", "١", "٢", "٣"]),
        (.cl100kBase, "HTTPServer iPhone's 文AB文c", ["HTTPServer", " iPhone", "'s", " 文AB文c"]),
        (.o200kBase, "HTTPServer iPhone's 文AB文c", ["HTTPServer", " i", "Phone's", " 文AB文c"]),
        (.o200kBase, "文AB 文ABc", ["文", "AB", " 文ABc"]),
        (.gpt2, "e\u{301} !\u{301}", ["e", "\u{301}", " !\u{301}"]),
        (.o200kBase, "e\u{301} !\u{301}", ["e\u{301}", " !\u{301}"]),
    ]

    private static let spaces: [(PretokenizerPattern, String, [String])] = [
        (.r50kBase, "Hi,  you\n\n  there \n ", ["Hi", ",", " ", " you", "\n\n ", " there", " \n "]),
        (.cl100kBase, "Hi,  you\n\n  there \n ", ["Hi", ",", " ", " you", "\n\n", " ", " there", " \n "]),
        (.llama3, "Hi,  you\n\n  there \n ", ["Hi", ",", " ", " you", "\n\n", " ", " there", " \n", " "]),
        (.cl100kBase, "a\n  ", ["a", "\n  "]),
        (.o200kBase, "a\n  ", ["a", "\n", "  "]),
        (.gpt2, "  \u{3000}a!?\r\n\n/b", ["  ", "\u{3000}", "a", "!?", "\r\n", "\n", "/", "b"]),
        (.cl100kBase, "  \u{3000}a!?\r\n\n/b", ["  ", "\u{3000}a", "!?\r\n\n", "/b"]),
        (.o200kBase, "  \u{3000}a!?\r\n\n/b", ["  ", "\u{3000}a", "!?\r\n\n/", "b"]),
    ]

    @Test("A text is cut as by the regular expression", arguments: words + spaces)
    func pieces(_ pattern: PretokenizerPattern, _ text: String, _ pieces: [String]) {
        // Scalars are compared: a string equals another that is composed differently.
        #expect(pattern.pieces(of: text).map { Array($0.utf8) } == pieces.map { Array($0.utf8) })
    }

    @Test("A pattern is known by its regular expression", arguments: PretokenizerPattern.allCases)
    func expressions(_ pattern: PretokenizerPattern) throws {
        let found = try #require(PretokenizerPattern(regularExpression: pattern.regularExpression))
        #expect(found.regularExpression == pattern.regularExpression)
        #expect(PretokenizerPattern(regularExpression: pattern.regularExpression + " ") == nil)
    }
}
