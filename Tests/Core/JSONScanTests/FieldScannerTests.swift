import JSONScan
import Testing

@Suite("The field scanner")
struct FieldScannerTests {
    private static let plan = FieldPlan(
        slotCount: 4,
        paths: [(["a"], 0), (["b"], 1), (["in", "c"], 2), (["in", "deep", "d"], 3), (["b2"], 1)])

    /// What the slots hold, as text: kind and bytes.
    private func scan(_ text: String) throws -> [String] {
        let bytes = Array(text.utf8)
        return try bytes.withUnsafeBufferPointer { buffer in
            var scanner = FieldScanner(plan: Self.plan)
            try scanner.start(buffer)
            try scanner.next(in: 0..<buffer.count)
            var result: [String] = []
            scanner.withValues { values in
                result = values.map { value in
                    let text = String(
                        decoding: bytes[Int(value.start)..<(Int(value.start) + Int(value.count))], as: UTF8.self)
                    return value.kind == .absent ? "-" : "\(value.kind):\(text)"
                }
            }
            return result
        }
    }

    @Test(arguments: [
        (#"{"a":1,"b":"x"}"#, ["number:1", "string:x", "-", "-"]),
        (#"{ "b" : "y\n" , "a" : -1.5e3 }"#, ["number:-1.5e3", #"escapedString:y\n"#, "-", "-"]),
        (
            #"{"in":{"c":true,"deep":{"d":null,"e":[1,{"a":2}]}},"a":[1,2]}"#,
            ["array:[1,2]", "-", "yes:true", "null:null"]
        ),
        (#"{"in":7,"a":{"x":{}}}"#, [#"object:{"x":{}}"#, "-", "-", "-"]),
        (#"{}"#, ["-", "-", "-", "-"]),
        (#"{"z":"{\"a\":1}","a":2}"#, ["number:2", "-", "-", "-"]),
        (#"{"b2":"second","b":"first"}"#, ["-", "string:first", "-", "-"]),
        (#"{"b":null,"b2":"second"}"#, ["-", "string:second", "-", "-"]),
        (#"{"a":1,"a":2}"#, ["number:2", "-", "-", "-"]),
        (#"{"a":"","b":"é"}"#, ["string:", "string:é", "-", "-"]),
    ])
    func fields(_ text: String, _ expected: [String]) throws {
        #expect(try scan(text) == expected)
    }

    @Test(arguments: [
        "", "[]", "7", #""a""#, "{", #"{"a"}"#, #"{"a":}"#, #"{"a":1"#, #"{"a":1,}"#, #"{"a":1}}"#, #"{"a":1} x"#,
        #"{"a":tru}"#, #"{a:1}"#, #"{"a":1 "b":2}"#, #"{"a":"x}"#, #"{"a":x}"#, #"{"a":[1}"#, "{\"a\":\"\u{1}\"}",
    ])
    func notObjects(_ text: String) {
        #expect(throws: JSONScanError.self) { try scan(text) }
    }

    @Test("Random damage never crashes and never reads beyond the document")
    func damage() {
        let good = #"{"a":12,"in":{"c":"text","deep":{"d":[1,2,{"x":null}]}},"b":"\u00e9"}"#
        var state: UInt64 = 7
        for _ in 0..<20_000 {
            var bytes = Array(good.utf8)
            for _ in 0..<3 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                bytes[Int(state >> 33) % bytes.count] = UInt8(truncatingIfNeeded: state >> 40) & 0x7F
            }
            _ = try? scan(String(decoding: bytes, as: UTF8.self))
        }
    }

    @Test("Many documents of one buffer, one damaged among them")
    func documents() throws {
        let lines = [#"{"a":1}"#, #"{"a":}"#, #"{"a":3}"#]
        let bytes = Array(lines.joined(separator: "\n").utf8)
        var read: [String] = []
        try bytes.withUnsafeBufferPointer { buffer in
            var scanner = FieldScanner(plan: Self.plan)
            try scanner.start(buffer)
            var start = 0
            for line in lines {
                do {
                    try scanner.next(in: start..<(start + line.utf8.count))
                    scanner.withValues {
                        read.append(
                            String(decoding: bytes[Int($0[0].start)..<Int($0[0].start + $0[0].count)], as: UTF8.self))
                    }
                } catch { read.append("error") }
                start += line.utf8.count + 1
            }
        }
        #expect(read == ["1", "error", "3"])
    }
}
