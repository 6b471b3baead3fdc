import Domain
import Providers
import Testing

/// A stream as it comes over the wire, and what it tells.
struct RecordedStream: Sendable, CustomTestStringConvertible {
    let name: String
    let surface: APISurface
    let text: String
    /// Uncached input, cache read, cache write 5 min, cache write 1 h, output; -1 is unknown.
    let tokens: [Int64]
    var source = UsageSource.reported
    var reachedEnd = true
    var error: String?
    /// What is taken out for a caller that did not ask for usage.
    var hidden: String?

    var testDescription: String { name }

    private static func chat(_ choices: String, _ usage: String) -> String {
        "data: {\"id\":\"c\",\"model\":\"m\",\"choices\":\(choices),\"usage\":\(usage)}\n\n"
    }

    private static let delta = chat(#"[{"index":0,"delta":{"content":"Yes \"and\" no"},"finish_reason":null}]"#, "null")
    private static let stop = chat(#"[{"index":0,"delta":{},"finish_reason":"stop"}]"#, "null")
    private static let counts =
        #"{"prompt_tokens":57,"completion_tokens":17,"total_tokens":74,"prompt_tokens_details":{"cached_tokens":7}}"#
    private static let usageChunk = chat("[]", counts)
    private static let done = "data: [DONE]\n\n"

    private static func messages(_ events: [String]) -> String {
        events.map { "event: x\ndata: \($0)\n\n" }.joined()
    }

    private static let start =
        #"{"type":"message_start","message":{"id":"m","model":"c","usage":{"input_tokens":11,"cache_creation_input_tokens":30,"cache_creation":{"ephemeral_5m_input_tokens":10,"ephemeral_1h_input_tokens":20},"cache_read_input_tokens":5,"output_tokens":1}}}"#
    private static let text = #"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Yes"}}"#

    static let all: [RecordedStream] = [
        RecordedStream(
            name: "chat", surface: .chatCompletions, text: delta + stop + usageChunk + done, tokens: [50, 7, 0, 0, 17],
            hidden: usageChunk),
        RecordedStream(
            name: "chat with carriage returns", surface: .chatCompletions,
            text: (delta + stop + usageChunk + done).replacing("\n", with: "\r\n"), tokens: [50, 7, 0, 0, 17],
            hidden: usageChunk.replacing("\n", with: "\r\n")),
        RecordedStream(
            name: "chat with comments and a byte order mark", surface: .chatCompletions,
            text: "\u{FEFF}: hello\n\n" + delta + ": ping\n\n" + stop + usageChunk + done, tokens: [50, 7, 0, 0, 17],
            hidden: usageChunk),
        RecordedStream(
            name: "usage beside choices", surface: .chatCompletions,
            text: delta + chat(#"[{"index":0,"delta":{},"finish_reason":"stop"}]"#, counts) + done,
            tokens: [50, 7, 0, 0, 17]),
        RecordedStream(
            name: "explicit zero", surface: .chatCompletions,
            text: stop
                + chat("[]", #"{"prompt_tokens":0,"completion_tokens":0,"prompt_tokens_details":{"cached_tokens":0}}"#)
                + done, tokens: [0, 0, 0, 0, 0],
            hidden: chat(
                "[]", #"{"prompt_tokens":0,"completion_tokens":0,"prompt_tokens_details":{"cached_tokens":0}}"#)),
        RecordedStream(
            name: "no usage", surface: .chatCompletions, text: delta + stop + done, tokens: [-1, -1, -1, -1, -1],
            source: .absent),
        RecordedStream(
            name: "cut", surface: .chatCompletions, text: delta + delta, tokens: [-1, -1, -1, -1, -1], source: .absent,
            reachedEnd: false),
        RecordedStream(
            name: "no blank line at the end", surface: .chatCompletions, text: delta + stop + "data: [DONE]",
            tokens: [-1, -1, -1, -1, -1], source: .absent),
        RecordedStream(
            name: "error", surface: .chatCompletions,
            text: delta + "data: {\"error\":{\"message\":\"x\",\"type\":\"server_error\"}}\n\n",
            tokens: [-1, -1, -1, -1, -1], source: .absent, reachedEnd: false, error: "server_error"),
        RecordedStream(
            name: "responses", surface: .responses,
            text: messages([
                #"{"type":"response.created","response":{"id":"r","model":"m","usage":null}}"#,
                #"{"type":"response.output_text.delta","delta":"about \"response.completed\""}"#,
                #"{"type":"response.completed","response":{"id":"r","model":"m","output":[{"type":"web_search_call","id":"w"}],"usage":{"input_tokens":57,"input_tokens_details":{"cached_tokens":7},"output_tokens":17,"output_tokens_details":{"reasoning_tokens":4},"total_tokens":74}}}"#,
            ]), tokens: [50, 7, 0, 0, 17]),
        RecordedStream(
            name: "responses that failed", surface: .responses,
            text: messages([
                #"{"type":"response.failed","response":{"id":"r","model":"m","error":{"code":"server_error","message":"x"},"usage":null}}"#
            ]), tokens: [-1, -1, -1, -1, -1], source: .absent, error: "server_error"),
        RecordedStream(
            name: "messages: cumulative, the split of the start is kept", surface: .messages,
            text: messages([
                start, text, #"{"type":"message_delta","delta":{},"usage":{"output_tokens":3}}"#,
                #"{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":6}}"#,
                #"{"type":"message_stop"}"#,
            ]), tokens: [11, 5, 10, 20, 6]),
        RecordedStream(
            name: "messages: cache writes of later iterations are five-minute ones", surface: .messages,
            text: messages([
                start, text,
                #"{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"input_tokens":40,"cache_creation_input_tokens":100,"cache_read_input_tokens":9,"output_tokens":6,"server_tool_use":{"web_search_requests":2}}}"#,
                #"{"type":"message_stop"}"#,
            ]), tokens: [40, 9, 80, 20, 6]),
        RecordedStream(
            name: "messages cut after the start", surface: .messages, text: messages([start, text]),
            tokens: [11, 5, 10, 20, 1], source: .partial, reachedEnd: false),
        RecordedStream(
            name: "messages: error", surface: .messages,
            text: messages([start, #"{"type":"error","error":{"type":"overloaded_error","message":"x"}}"#]),
            tokens: [11, 5, 10, 20, 1], source: .partial, reachedEnd: false, error: "overloaded_error"),
        RecordedStream(
            name: "Gemini events", surface: .generateContent,
            text: [
                #"{"candidates":[{"content":{"parts":[{"text":"a"}]}}],"usageMetadata":{"promptTokenCount":57,"cachedContentTokenCount":7,"totalTokenCount":57}}"#,
                #"{"candidates":[{"content":{"parts":[{"text":"b"}]},"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":57,"cachedContentTokenCount":7,"candidatesTokenCount":11,"thoughtsTokenCount":6,"totalTokenCount":74},"modelVersion":"g"}"#,
            ].map { "data: \($0)\r\n\r\n" }.joined(), tokens: [50, 7, 0, 0, 17]),
        RecordedStream(
            name: "Gemini array", surface: .generateContent,
            text:
                #"[{"candidates":[{"content":{"parts":[{"text":"a ] } \" b"}]}}]}"# + ",\r\n"
                + #"{"candidates":[{"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":50,"candidatesTokenCount":11,"thoughtsTokenCount":6}}]"#,
            tokens: [50, 0, 0, 0, 17]),
    ]
}

@Suite("Metering of streams")
struct StreamMeterTests {
    /// Feeds a stream in pieces; returns what is passed on and what was read.
    private func feed(
        _ stream: [UInt8], _ surface: APISurface, hides: Bool, pieces: () -> Int
    ) -> (passed: [UInt8], result: MeteredResponse) {
        var meter = StreamMeter(surface: surface, hidesUsageChunk: hides)
        var passed: [UInt8] = []
        var position = 0
        while position < stream.count {
            let end = min(position + max(pieces(), 1), stream.count)
            let piece = Array(stream[position..<end])
            switch piece.withUnsafeBufferPointer({ meter.take($0) }) {
            case .verbatim: passed += piece
            case .bytes(let bytes): passed += bytes
            case .nothing: break
            }
            position = end
        }
        let (rest, result) = meter.finish()
        return (passed + rest, result)
    }

    private func check(_ recorded: RecordedStream, _ result: MeteredResponse) {
        let usage = result.usage
        let buckets = [
            usage.uncachedInput, usage.cacheRead, usage.cacheWrite5m, usage.cacheWrite1h, usage.output,
        ]
        #expect(buckets.map { $0.known ?? -1 } == recorded.tokens)
        #expect(result.usageSource == recorded.source && result.reachedEnd == recorded.reachedEnd)
        #expect(result.errorType == recorded.error)
    }

    @Test("The same is read, and passed on, however the bytes are cut", arguments: RecordedStream.all)
    func cuts(recorded: RecordedStream) {
        let bytes = Array(recorded.text.utf8)
        var state: UInt64 = 5
        let random = { () -> Int in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % 40 + 1
        }
        for pieces in [{ bytes.count }, { 1 }, { 2 }, random, random] as [() -> Int] {
            let (passed, result) = feed(bytes, recorded.surface, hides: false, pieces: pieces)
            #expect(passed == bytes)
            check(recorded, result)
            guard recorded.surface == .chatCompletions else { continue }
            let hidden = feed(bytes, recorded.surface, hides: true, pieces: pieces)
            let visible = recorded.hidden.map { recorded.text.replacing($0, with: "") } ?? recorded.text
            #expect(String(decoding: hidden.passed, as: UTF8.self) == visible)
            check(recorded, hidden.result)
        }
    }

    @Test("Searches are counted")
    func pieces() throws {
        let responses = try #require(RecordedStream.all.first { $0.name == "responses" })
        #expect(
            feed(Array(responses.text.utf8), .responses, hides: false, pieces: { 9_999 }).result.extras
                == [PieceUsage("web_search", count: 1)])
        let messages = try #require(RecordedStream.all.first { $0.name.contains("later iterations") })
        #expect(
            feed(Array(messages.text.utf8), .messages, hides: false, pieces: { 9_999 }).result.extras
                == [PieceUsage("web_search", count: 2)])
    }

    @Test("Damaged streams never crash, and lose nothing")
    func fuzz() {
        var state: UInt64 = 17
        let next = { (below: Int) -> Int in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % below
        }
        for round in 0..<3_000 {
            let recorded = RecordedStream.all[round % RecordedStream.all.count]
            var bytes = Array(recorded.text.utf8)
            for _ in 0...next(5) {
                let position = next(bytes.count)
                switch next(3) {
                case 0: bytes[position] = UInt8(next(256))
                case 1: bytes.removeSubrange(position..<min(position + next(20) + 1, bytes.count))
                default: bytes.insert(contentsOf: Array("\n\n{}[]\"\\:,".utf8).prefix(next(10)), at: position)
                }
                if bytes.isEmpty { bytes = [0] }
            }
            #expect(feed(bytes, recorded.surface, hides: false, pieces: { next(60) }).passed == bytes)
            let hidden = feed(bytes, .chatCompletions, hides: true, pieces: { next(60) }).passed
            #expect(hidden.count <= bytes.count)
        }
    }
}

@Suite("Errors in each provider's words")
struct CallerErrorTests {
    @Test(
        "The family decides the shape",
        arguments: [
            (ProviderFamily.openAI, #""type":"insufficient_quota","param":"model","code":"budget_exceeded""#),
            (.anthropic, #"{"type":"error","error":{"type":"billing_error","message":"No \"more\"\nmoney""#),
            (.gemini, #""code":402,"message":"No \"more\"\nmoney","status":"RESOURCE_EXHAUSTED""#),
        ])
    func shape(family: ProviderFamily, part: String) throws {
        let error = CallerError(status: 402, code: "budget_exceeded", message: "No \"more\"\nmoney", parameter: "model")
        let body = String(decoding: error.body(in: family), as: UTF8.self)
        #expect(body.contains(part), "\(body)")
    }
}
