import Inputs
import Testing

@Suite("Cutting inputs into documents")
struct ChunkReaderTests {
    /// The documents of a text, and the lines they start on.
    private func documents(_ text: String, _ framing: Framing) throws -> [String] {
        let reader = ChunkReader(source: MemoryByteSource(Array(text.utf8)), framing: framing)
        var found: [String] = []
        var line = 0
        let chunk = Chunk(capacity: 16)
        while try reader.next(into: chunk) {
            for document in chunk.documents ?? [] {
                let bytes = chunk.buffer[document.range]
                found.append("\(line + document.line): " + String(decoding: bytes, as: UTF8.self))
            }
            line += chunk.lineCount ?? 0
        }
        return found
    }

    @Test("CSV records: quotes, doubled quotes, line feeds inside, CRLF, no final line feed")
    func delimited() throws {
        let text = "a,b\r\n\"x\ny\",2\r\n\"he said \"\"no,\"\"\",3\n5\" screen,4\n\nlast,5"
        #expect(
            try documents(text, .delimited(UInt8(ascii: ","))) == [
                "0: a,b", "1: \"x\ny\",2", "3: \"he said \"\"no,\"\"\",3", "4: 5\" screen,4", "6: last,5",
            ])
    }

    @Test("Elements of an array, however laid out")
    func elements() throws {
        let text = "[\n  {\"a\": \"]},{\"},\n  {\"b\":\n [1, {\"c\": 2}]}, 7,\n\"x,y\" ]\n"
        #expect(
            try documents(text, .elements) == [
                "1: {\"a\": \"]},{\"}", "2: {\"b\":\n [1, {\"c\": 2}]}", "3: 7", "4: \"x,y\" ",
            ])
    }

    @Test("Elements under a key, and of no other array")
    func wrapped() throws {
        let text = #"{"meta":{"data":[9]},"errors":[{"e":1}],"data":[{"a":1},{"b":{"data":[2]}}],"more":[{"x":1}]}"#
        #expect(try documents(text, .elementsUnder(["data"])) == ["0: {\"a\":1}", #"0: {"b":{"data":[2]}}"#])
    }

    @Test("Objects one after the other")
    func objects() throws {
        #expect(
            try documents("{\n \"a\": 1\n}\n{\"b\": \"}\"}{\"c\":2}", .objects) == [
                "0: {\n \"a\": 1\n}", "3: {\"b\": \"}\"}", "3: {\"c\":2}",
            ])
    }

    @Test("A document that is too long is skipped to its own end, whatever it holds")
    func skipping() throws {
        let long = String(repeating: "x\n", count: ChunkReader.longestDocument / 2 + 1000)
        let json = #"[{"a":1},{"long":""# + long.replacing("\n", with: "]}") + #"\""},{"b":2}]"#
        #expect(try documents(json, .elements).map { String($0.drop { $0 != "{" }) } == ["{\"a\":1}", "{\"b\":2}"])
        let csv = "a,b\n1,\"" + long + "said \"\"so\"\"\"\n2,after\n"
        let found = try documents(csv, .delimited(UInt8(ascii: ",")))
        #expect(found.map { String($0.drop { $0 != " " }) } == [" a,b", " 2,after"])
    }

    @Test("Chunks of any size give the same documents")
    func sizes() throws {
        let rows = (0..<500).map { "{\"n\":\($0),\"text\":\"" + String(repeating: "x", count: $0 * 7 % 90) + "\"}" }
        let text = "[" + rows.joined(separator: ",\n") + "]"
        #expect(try documents(text, .elements).map { String($0.drop { $0 != "{" }) } == rows)
    }
}
