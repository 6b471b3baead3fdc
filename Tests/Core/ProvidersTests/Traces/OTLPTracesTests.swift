import JSONScan
import Providers
import Testing

@Suite("OTLP in protobuf")
struct OTLPTracesTests {
    private static func varint(_ number: UInt64) -> [UInt8] {
        number < 0x80 ? [UInt8(number)] : [UInt8(number & 0x7F) | 0x80] + varint(number >> 7)
    }

    private static func field(_ number: UInt64, _ bytes: [UInt8]) -> [UInt8] {
        varint(number << 3 | 2) + varint(UInt64(bytes.count)) + bytes
    }

    private static func attribute(_ key: String, _ value: [UInt8]) -> [UInt8] {
        field(9, field(1, Array(key.utf8)) + field(2, value))
    }

    /// A span with a model, tokens, and fields that are stepped over.
    private static let request: [UInt8] = {
        let time = varint(7 << 3 | 1) + [1, 0, 0, 0, 0, 0, 0, 0]
        let model = attribute("gen_ai.request.model", field(1, Array("gpt-4o".utf8)))
        let tokens = attribute("gen_ai.usage.input_tokens", varint(3 << 3) + varint(57))
        let other = varint(99 << 3) + [5] + varint(98 << 3 | 5) + [1, 2, 3, 4]
        let span =
            field(1, Array(repeating: 0xAB, count: 16)) + field(2, [1, 2, 3, 4, 5, 6, 7, 8])
            + field(5, Array("chat".utf8)) + time + model + tokens + other
        return field(1, field(2, field(2, span)))
    }()

    private func read(_ bytes: [UInt8]) throws -> JSONValue {
        try bytes.withUnsafeBufferPointer { try OTLPTraces.read($0) }
    }

    @Test("A span arrives as OTLP's JSON writes it")
    func span() throws {
        let span = try #require(
            try read(Self.request)["resourceSpans"]?.elements.first?["scopeSpans"]?.elements.first?["spans"]?.elements
                .first)
        #expect(
            span["traceId"]?.text == String(repeating: "ab", count: 16) && span["spanId"]?.text == "0102030405060708")
        #expect(span["startTimeUnixNano"]?.text == "1" && span["name"]?.text == "chat")
        let attributes = try #require(span["attributes"]?.elements)
        #expect(attributes.map { $0["key"]?.text } == ["gen_ai.request.model", "gen_ai.usage.input_tokens"])
        #expect(
            attributes[0]["value"]?["stringValue"]?.text == "gpt-4o"
                && attributes[1]["value"]?["intValue"]?.integer == 57)
    }

    @Test("Cut anywhere, or damaged, it is refused or read, and never a crash")
    func damage() {
        for count in 1..<Self.request.count {
            #expect(throws: OTLPProblem.self) { try read(Array(Self.request.prefix(count))) }
        }
        var state: UInt64 = 9
        var refused = 0
        for _ in 0..<5_000 {
            var bytes = Self.request
            for _ in 0..<3 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                bytes[Int(state >> 33) % bytes.count] = UInt8(truncatingIfNeeded: state >> 20)
            }
            if (try? read(bytes)) == nil { refused += 1 }
        }
        #expect(refused > 100)
    }

    @Test("What is nested without end is refused")
    func depth() {
        var value = Self.field(1, [])
        for _ in 0..<40 { value = Self.field(5, Self.field(1, value)) }
        let request = Self.field(1, Self.field(2, Self.field(2, Self.attribute("x", value))))
        #expect(throws: OTLPProblem.self) { try read(request) }
    }
}
