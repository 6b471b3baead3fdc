import Foundation
import Prompts
import Testing

/// What Benchmarks/tokenizer/reference.py has written.
private struct ReferenceCases: Decodable {
    struct Tokenizer: Decodable {
        let name: String
        let file: String
        /// The pattern's name for a tiktoken file; none for a tokenizer.json.
        let encoding: String?
        /// The tokens of each text.
        let ids: [[Int]]
    }

    let texts: [String]
    let sets: [Tokenizer]

    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: ".build/tokenizer")

    static var areThere: Bool { FileManager.default.fileExists(atPath: folder.appending(path: "cases.json").path) }

    static func bytes(_ file: String) throws -> [UInt8] { Array(try Data(contentsOf: folder.appending(path: file))) }
}

@Suite("Reference tokenizers")
struct TokenizerReferenceTests {
    @Test(
        "Every text has the reference's tokens",
        .enabled(if: ReferenceCases.areThere, "Benchmarks/tokenizer/reference.py has not written its cases"))
    func equality() throws {
        let cases = try JSONDecoder().decode(ReferenceCases.self, from: Data(ReferenceCases.bytes("cases.json")))
        #expect(!cases.sets.isEmpty && !cases.texts.isEmpty)
        for reference in cases.sets {
            let tokenizer = try tokenizer(of: reference)
            #expect(reference.ids.count == cases.texts.count)
            let different = zip(cases.texts, reference.ids).filter { text, ids in
                tokenizer.encode(text) != ids || tokenizer.count(text) != ids.count
            }
            #expect(different.isEmpty, "\(reference.name): \(different.count), first \(different.first?.0 ?? "")")
        }
    }

    private func tokenizer(of reference: ReferenceCases.Tokenizer) throws -> BytePairTokenizer {
        let bytes = try ReferenceCases.bytes(reference.file)
        guard let encoding = reference.encoding else {
            return try BytePairTokenizer(tokenizerJSON: bytes, file: reference.file)
        }
        let pattern = try #require(PretokenizerPattern(rawValue: encoding))
        return try BytePairTokenizer(tiktoken: bytes, encoding: pattern, file: reference.file)
    }
}
