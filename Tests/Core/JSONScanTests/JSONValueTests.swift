import JSONScan
import Testing

@Suite("JSON trees")
struct JSONValueTests {
    @Test("Numbers keep their text, strings lose their escapes")
    func reading() throws {
        let value = try JSONValue.parse(
            #" {"price": 2.50e-06, "name": "a\"b\u00e9\ud83d\ude00", "list": [1, null, true]} "#)
        #expect(value["price"] == .number("2.50e-06"))
        #expect(value["name"]?.text == "a\"bé😀")
        #expect(value["list"]?.elements == [.number("1"), .null, .bool(true)])
        #expect(try JSONValue.parse(#"{"a":1,"a":2}"#)["a"]?.integer == 2)
        #expect(try JSONValue.parse(#""\ud800""#).text == "\u{FFFD}")
    }

    @Test(arguments: ["", "{", "[1,]", "{\"a\" 1}", "nul", "01x", "\"a", "[1] 2", "{1:2}", "--1"])
    func notJSON(_ text: String) {
        #expect(throws: JSONScanError.self) { try JSONValue.parse(text) }
    }

    @Test("Depth is bounded")
    func depth() {
        let deep = String(repeating: "[", count: 100_000)
        #expect(throws: JSONScanError.self) { try JSONValue.parse(deep) }
    }

    @Test("A document is written on one line, and reads as it was")
    func writing() throws {
        let text = #"{"a":[1.50,-0,1e+9,null,true,{}],"b\"\n":"é\\😀\u0001","a":[]}"#
        let value = try JSONValue.parse(text)
        #expect(value.compactText == text)
        #expect(try JSONValue.parse(value.compactBytes) == value)
    }
}
