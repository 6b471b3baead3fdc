import Prompts
import Testing

@Suite("Damaged tiktoken files")
struct TiktokenFileTests {
    private func read(_ text: String) throws {
        _ = try BytePairTokenizer(tiktoken: Array(text.utf8), encoding: .cl100kBase, file: "x.tiktoken")
    }

    @Test(
        "The message says the line",
        arguments: [
            ("YQ== 0\nYg==\n", "x.tiktoken:2: a line is a token in base64"),
            ("YQ= 0", "x.tiktoken:1: the token is not"),
            ("Y*== 0", "x.tiktoken:1: the token is not"), (" 0", "x.tiktoken:1: the token is not"),
            ("YQ== 0\n\nYQ== 1", "x.tiktoken:3: the token stands twice"),
            ("YQ== 0\nYg== 0", "x.tiktoken:2: the rank 0 stands twice"), ("YQ== -1", "x.tiktoken:1: the rank is not"),
            ("YQ== one", "x.tiktoken:1: the rank is not"), ("YQ== 4194304", "x.tiktoken:1: the rank is not"),
            ("", "x.tiktoken: it has no token for the byte 0"),
            ("AA== 0", "x.tiktoken: it has no token for the byte 1"),
            ("{\"model\":{}}", "x.tiktoken:1: a line is"),
        ])
    func damaged(_ text: String, _ message: String) throws {
        let error = #expect(throws: TokenizerError.self) { try read(text) }
        #expect(error?.description.hasPrefix(message) == true, "\(error?.description ?? "none")")
    }

    @Test("Lines may end as on Windows, and empty ones do not count")
    func lineEnds() throws {
        try read(MadeVocabulary.tiktokenLines.joined(separator: "\r\n") + "\r\n\r\n")
    }
}
