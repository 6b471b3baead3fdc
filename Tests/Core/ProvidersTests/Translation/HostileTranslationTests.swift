import JSONScan
import Testing

@testable import Providers

@Suite("Hostile input of translations")
struct HostileTranslationTests {
    private static let wrong: [JSONValue] = [
        .null, .bool(true), .number("1e999"), .number("-9223372036854775809"), .number("0.5"), .string(""),
        .string("\u{0}"), .array([]), .array([.array([.null])]), .object([]),
        .object([.init(key: "type", value: .number("1"))]),
    ]

    private func count(_ value: JSONValue) -> Int {
        switch value {
        case .array(let elements): 1 + elements.reduce(0) { $0 + count($1) }
        case .object(let members): 1 + members.reduce(0) { $0 + count($1.value) }
        default: 1
        }
    }

    @Test(
        "Each value of a request may be wrong: it is translated or refused, never a crash",
        arguments: RequestExample.all)
    func wrongTypes(_ example: RequestExample) throws {
        let document = try JSONValue.parse(example.request)
        var refusals = 0
        for position in 0..<count(document) {
            for other in Self.wrong {
                var left = position
                let text = walk(document, &left, other).compactText
                for family in Translating.families where family != example.from {
                    let problem = Translating.problem {
                        _ = try Translating.request(text, from: example.from, to: Translating.target(family))
                    }
                    guard let problem else { continue }
                    refusals += 1
                    #expect(problem.kind != .upstream)
                    #expect(!problem.reason.isEmpty)
                }
            }
        }
        #expect(refusals > count(document))
    }

    /// Replaces the value that is `left` steps into a walk.
    private func walk(_ value: JSONValue, _ left: inout Int, _ other: JSONValue) -> JSONValue {
        if left == 0 {
            left = -1
            return other
        }
        left -= 1
        switch value {
        case .array(let elements): return .array(elements.map { walk($0, &left, other) })
        case .object(let members):
            return .object(members.map { JSONValue.Member(key: $0.key, value: walk($0.value, &left, other)) })
        default: return value
        }
    }

    @Test("Damaged bytes", arguments: RequestExample.all)
    func damaged(_ example: RequestExample) {
        var numbers = SeededNumbers(state: 11)
        var refusals = 0
        for _ in 0..<400 {
            let bytes = numbers.damaged(Array(example.request.utf8))
            let problem = Translating.problem {
                _ = try bytes.withUnsafeBufferPointer {
                    try Translation.request(
                        $0, route: Translating.route(example.from), to: Translating.target(example.to))
                }
            }
            if problem != nil { refusals += 1 }
        }
        #expect(refusals > 200)
    }

    @Test("Deep nesting is refused, in the body and in the text of arguments")
    func depth() {
        let deep = String(repeating: "[", count: 100_000)
        let bodies = [
            (deep, ""), (#"{"model":"m","messages":"# + deep, ""),
            (
                #"""
                {"model":"m","messages":[{"role":"user","content":"x"},{"role":"assistant","tool_calls":[{"id":"a",
                "type":"function","function":{"name":"f","arguments":"{\"a\":
                """# + deep + #""}}]}]}"#, "messages[1].tool_calls[0].function.arguments"
            ),
        ]
        for (body, path) in bodies {
            let problem = Translating.problem {
                _ = try Translating.request(
                    body.replacing("\n", with: ""), from: .openAI, to: Translating.target(.anthropic))
            }
            #expect(problem?.kind == .malformed && problem?.path == path)
        }
    }

    @Test("Faults are told with their place")
    func places() {
        let cases = [
            (#"{"model":"m","model":"n","messages":[]}"#, "model"), (#"{"model":1,"messages":[]}"#, "model"),
            (#"{"model":"m","messages":{}}"#, "messages"), (#"{"model":"m","messages":[1]}"#, "messages[0]"),
            (#"{"model":"m","messages":[{"role":"x"}]}"#, "messages[0].role"),
            (
                #"{"model":"m","messages":[{"role":"user","content":[{"type":"text","text":4}]}]}"#,
                "messages[0].content[0].text"
            ),
            (#"{"model":"m","temperature":1e999,"messages":[{"role":"user","content":"x"}]}"#, "temperature"),
            (
                #"{"model":"m","max_tokens":1,"max_completion_tokens":2,"messages":[{"role":"user","content":"x"}]}"#,
                "max_tokens"
            ),
            (#"{"model":"m","seed":99999999999999999999,"messages":[{"role":"user","content":"x"}]}"#, "seed"),
            (#"{"model":"m","tool_choice":"required","messages":[{"role":"user","content":"x"}]}"#, "tool_choice"),
        ]
        for (body, path) in cases {
            let problem = Translating.problem {
                _ = try Translating.request(body, from: .openAI, to: Translating.target(.gemini))
            }
            #expect(problem?.kind == .malformed && problem?.path == path, "\(body)")
        }
    }

    @Test("Numbers are JSON's, and finite")
    func numbers() {
        #expect(ChatNumber("-0.50e+2")?.value == -50)
        for text in ["1e999", "+1", ".5", "1.", "0x1p3", "nan", "infinity", "01", ""] {
            #expect(ChatNumber(text) == nil)
        }
    }
}
