import JSONScan
import Testing

@Suite("Walking over JSON")
struct JSONCursorTests {
    /// Calls `body` with a cursor at the beginning of a text.
    private func walk<Result>(_ text: String, _ body: (inout JSONCursor) throws -> Result) throws -> Result {
        let bytes = Array(text.utf8)
        let index = StructuralIndex()
        return try bytes.withUnsafeBufferPointer { buffer in
            let base = try #require(buffer.baseAddress)
            try index.run(base, count: buffer.count)
            var cursor = JSONCursor(buffer, index)
            return try body(&cursor)
        }
    }

    @Test("Members and elements come one after the other, with their bytes")
    func members() throws {
        let found = try walk(#" { "a" : [ 1 , {"b":2} ] , "c\"" : "x y" , "d":{} , "e" : [ ] } "#) { cursor in
            var found: [String] = []
            #expect(cursor.byte == UInt8(ascii: "{"))
            let hasMembers = try cursor.enter()
            #expect(hasMembers)
            repeat {
                let key = try cursor.key()
                let value = try cursor.skip()
                found += [key, value].map { String(decoding: cursor.bytes[$0], as: UTF8.self) }
            } while try cursor.next()
            #expect(cursor.isAtEnd && cursor.byte == 0)
            return found
        }
        #expect(found == ["a", #"[ 1 , {"b":2} ]"#, #"c\""#, #""x y""#, "d", "{}", "e", "[ ]"])
    }

    @Test(
        "A copy loses the white space outside of strings, and nothing else",
        arguments: [
            (#" {"a" :[ 1, "b  c\n" ,null ], "d":{ }} "#, #"{"a":[1,"b  c\n",null],"d":{}}"#), ("  17 ", "17"),
            (#"["a" "b"]"#, #"["a" "b"]"#), (#"["a""b"]"#, #"["a""b"]"#), ("[1 2]", "[1 2]"), ("[12]", "[12]"),
            ("\t[\n]\r\n", "[]"), (#"["]  [", { } ]"#, #"["]  [",{}]"#),
        ])
    func copies(text: String, expected: String) throws {
        var copy: [UInt8] = []
        try walk(text) { try $0.copy(into: &copy) }
        #expect(String(decoding: copy, as: UTF8.self) == expected)
    }

    @Test("What is not closed, or no value, is an error", arguments: ["[1", "{\"a\":", "]", ",", "{\"a\":[1,{}", ":1"])
    func damaged(text: String) {
        #expect(throws: JSONScanError.self) {
            try walk(text) { cursor in
                if cursor.byte == UInt8(ascii: "{") {
                    _ = try cursor.enter()
                    _ = try cursor.key()
                }
                _ = try cursor.skip()
            }
        }
    }

    @Test("An object's steps are refused where it does not go on as one")
    func steps() throws {
        #expect(throws: JSONScanError.self) { try walk("17") { try $0.enter() } }
        #expect(throws: JSONScanError.self) { try walk("[1]") { try $0.key() } }
        #expect(throws: JSONScanError.self) { try walk(#"{"a" 1}"#) { _ = ($0.byte, try $0.enter(), try $0.key()) } }
        #expect(throws: JSONScanError.self) { try walk("[1 2]") { _ = (try $0.enter(), try $0.skip(), try $0.next()) } }
    }
}
