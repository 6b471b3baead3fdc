import JSONScan
import Testing

@testable import Providers

@Suite("The shape of translated streams")
struct StreamShapeTests {
    /// Two calls whose fragments come mixed, as some compatible servers send them.
    private static let mixed = [
        #"{"id":"chatcmpl-1","created":7,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":""}}]}"#,
        #"{"id":"chatcmpl-1","choices":[{"index":0,"delta":{"content":"Hi"}}]}"#,
        #"{"id":"chatcmpl-1","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"call_a","type":"function","function":{"name":"f","arguments":"{\"x\":"}}]}}]}"#,
        #"{"id":"chatcmpl-1","choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"id":"call_b","type":"function","function":{"name":"g","arguments":""}}]}}]}"#,
        #"{"id":"chatcmpl-1","choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"function":{"arguments":"{}"}},{"index":0,"function":{"arguments":"1}"}}]}}]}"#,
        #"{"id":"chatcmpl-1","choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}"#,
        #"{"id":"chatcmpl-1","choices":[],"usage":{"prompt_tokens":10,"completion_tokens":5,"prompt_tokens_details":{"cached_tokens":4}}}"#,
        "[DONE]",
    ]

    private func translated(
        _ payloads: [String], _ from: ProviderFamily, _ to: ProviderFamily, context: ReplyContext = Translating.context
    ) -> String {
        let bytes = Array(payloads.map { "data: \($0)\n\n" }.joined().utf8)
        let way = Translating.Way(from: from, to: to)
        return String(
            decoding: Translating.stream(bytes, way, piece: bytes.count, context: context).bytes, as: UTF8.self)
    }

    /// The payloads of a stream.
    private func payloads(_ stream: String) -> [String] {
        stream.split(whereSeparator: \.isNewline).filter { $0.hasPrefix("data: ") }.map { String($0.dropFirst(6)) }
    }

    @Test("Anthropic's blocks come one behind the other, also where the fragments of calls are mixed")
    func anthropic() throws {
        let stream = translated(Self.mixed, .openAI, .anthropic)
        let events = try payloads(stream).map { try JSONValue.parse($0) }
        let shape = events.map { "\($0["type"]?.text ?? "") \($0["index"]?.text ?? "")" }
        let block = ["content_block_start", "content_block_delta", "content_block_stop"]
        var expected = ["message_start "] + block.map { "\($0) 0" }
        expected += ["content_block_start 1", "content_block_delta 1", "content_block_delta 1", "content_block_stop 1"]
        expected += block.map { "\($0) 2" } + ["message_delta ", "message_stop "]
        #expect(shape == expected)
        let names = stream.split(separator: "\n").filter { $0.hasPrefix("event: ") }.map { String($0.dropFirst(7)) }
        #expect(names == events.compactMap { $0["type"]?.text })
        #expect(events[0]["message"]?["id"]?.text == "msg_1")
        #expect(events[4]["content_block"]?["id"]?.text == "toolu_a")
        let delta = events[events.count - 2]
        #expect(delta["delta"]?["stop_reason"]?.text == "tool_use")
        #expect(delta["usage"]?["input_tokens"]?.integer == 6)
        #expect(delta["usage"]?["cache_read_input_tokens"]?.integer == 4)
        #expect(delta["usage"]?["output_tokens"]?.integer == 5)
    }

    /// The calls of a stream for Anthropic's callers, read block by block as their clients do.
    private func calls(_ stream: String) throws -> [String] {
        var calls: [String] = []
        var open: String?
        for event in try payloads(stream).map({ try JSONValue.parse($0) }) {
            switch event["type"]?.text {
            case "content_block_start" where event["content_block"]?["type"] == "tool_use":
                open = "\(event["content_block"]?["name"]?.text ?? "") "
            case "content_block_delta": open? += event["delta"]?["partial_json"]?.text ?? ""
            case "content_block_stop":
                if let call = open { calls.append(call) }
                open = nil
            default: break
            }
        }
        return calls
    }

    @Test("Fragments of many calls, mixed in any order, come whole to Anthropic's callers")
    func manyMixed() throws {
        var numbers = SeededNumbers(state: 3)
        for seed in 0..<300 {
            let texts = (0..<Int.random(in: 2...6, using: &numbers)).map { #"{"n":\#($0),"s":"}{\\"x"}"# }
            var rests = texts.map { $0[...] }
            var chunks = texts.indices.map { call in
                #"{"choices":[{"delta":{"tool_calls":[{"index":\#(call),"id":"call_\#(call)","function":{"name":"f\#(call)","arguments":""}}]}}]}"#
            }
            while let call = rests.indices.filter({ !rests[$0].isEmpty }).randomElement(using: &numbers) {
                let piece = rests[call].prefix(Int.random(in: 1...7, using: &numbers))
                rests[call].removeFirst(piece.count)
                let text = JSONValue.string(String(piece)).compactText
                chunks.append(
                    #"{"choices":[{"delta":{"tool_calls":[{"index":\#(call),"function":{"arguments":\#(text)}}]}}]}"#)
            }
            chunks += [#"{"choices":[{"delta":{},"finish_reason":"tool_calls"}]}"#, "[DONE]"]
            let found = try calls(translated(chunks, .openAI, .anthropic))
            #expect(found == texts.enumerated().map { "f\($0.offset) \($0.element)" }, "seed \(seed)")
        }
    }

    @Test("Arguments behind a call's end are a failure, blanks are not", arguments: [(" ", true), ("{}", false)])
    func late(text: String, isFine: Bool) {
        func chunk(_ call: Int, _ arguments: String) -> String {
            #"{"choices":[{"delta":{"tool_calls":[{"index":\#(call),"id":"call_\#(call)","function":{"name":"f","arguments":"\#(arguments)"}}]}}]}"#
        }
        let stream = translated(
            [
                chunk(0, "{}"), chunk(1, "{}"), chunk(0, text),
                #"{"choices":[{"delta":{},"finish_reason":"tool_calls"}]}"#, "[DONE]",
            ], .openAI, .anthropic)
        #expect(stream.contains("message_stop") == isFine && stream.contains("event: error") != isFine)
    }

    @Test("Gemini's calls stand whole, with the usage at the end, as events or as an array")
    func gemini() throws {
        let chunks = try payloads(translated(Self.mixed, .openAI, .gemini)).map { try JSONValue.parse($0) }
        let parts = chunks.flatMap { $0["candidates"]?.elements.first?["content"]?["parts"]?.elements ?? [] }
        let expected = [
            #"{"text":"Hi"}"#, #"{"functionCall":{"id":"call_a","name":"f","args":{"x":1}}}"#,
            #"{"functionCall":{"id":"call_b","name":"g","args":{}}}"#,
        ]
        #expect(parts.map(\.compactText) == expected)
        #expect(chunks.last?["candidates"]?.elements.first?["finishReason"]?.text == "STOP")
        #expect(chunks.last?["usageMetadata"]?["promptTokenCount"]?.integer == 10)
        var context = Translating.context
        context.framing = .array
        let array = try JSONValue.parse(translated(Self.mixed, .openAI, .gemini, context: context))
        #expect(array.elements == chunks)
    }

    @Test("OpenAI's chunks: the role first, arguments also for calls without any, usage only where it was asked for")
    func openAI() throws {
        let message = [
            #"{"type":"message_start","message":{"id":"msg_9","model":"claude","usage":{"input_tokens":3,"output_tokens":1}}}"#,
            #"{"type":"ping"}"#,
            #"{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"toolu_1","name":"f","input":{}}}"#,
            #"{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":""}}"#,
            #"{"type":"content_block_stop","index":0}"#,
            #"{"type":"message_delta","delta":{"stop_reason":"tool_use"},"usage":{"output_tokens":8}}"#,
            #"{"type":"message_stop"}"#,
        ]
        let stream = payloads(translated(message, .anthropic, .openAI))
        #expect(stream.last == "[DONE]")
        let chunks = try stream.dropLast().map { try JSONValue.parse($0) }
        let deltas = chunks.compactMap { $0["choices"]?.elements.first?["delta"]?.compactText }
        let expected = [
            #"{"role":"assistant","content":""}"#,
            #"{"tool_calls":[{"index":0,"id":"call_1","type":"function","function":{"name":"f","arguments":""}}]}"#,
            #"{"tool_calls":[{"index":0,"function":{"arguments":"{}"}}]}"#, "{}",
        ]
        #expect(deltas == expected)
        #expect(Set(chunks.map { $0["id"]?.text }) == ["chatcmpl-9"])
        #expect(chunks.last?["usage"]?["total_tokens"]?.integer == 11)
        var context = Translating.context
        context.includesUsage = false
        let plain = translated(message, .anthropic, .openAI, context: context)
        #expect(!plain.contains("usage"))
    }

    @Test("Signed thoughts reach OpenAI's callers whole, for sending back")
    func thoughts() throws {
        let bytes = try ExchangeFixture("anthropic/thinking", "stream.txt").bytes
        let way = Translating.Way(from: .anthropic, to: .openAI)
        let stream = String(decoding: Translating.stream(bytes, way, piece: 9).bytes, as: UTF8.self)
        let blocks = #"{"thinking_blocks":[{"type":"thinking","thinking":"Six times seven.","signature":"EqQB"}]}"#
        #expect(stream.contains(#"{"reasoning_content":"Six times seven."}"#) && stream.contains(blocks))
    }

    @Test("A provider's error is told in the caller's format, and ends the stream", arguments: Translating.ways)
    func errors(_ way: Translating.Way) throws {
        let name = ["openAI": "openai", "anthropic": "anthropic", "gemini": "gemini"]["\(way.from)"] ?? ""
        let bytes = try ExchangeFixture("\(name)/error-event", "stream.txt").bytes
        let (output, translator) = Translating.stream(bytes, way, piece: 5)
        #expect(!translator.reachedEnd && (translator.failure?.status ?? 0) >= 500)
        let last = try #require(payloads(String(decoding: output, as: UTF8.self)).last)
        #expect(try JSONValue.parse(last)["error"]?["message"]?.text == translator.failure?.message)
    }

    @Test("A stream that is broken off has no end", arguments: Translating.ways)
    func truncated(_ way: Translating.Way) throws {
        let name = ["openAI": "openai", "anthropic": "anthropic", "gemini": "gemini"]["\(way.from)"] ?? ""
        let bytes = try ExchangeFixture("\(name)/truncated", "stream.txt").bytes
        let (output, translator) = Translating.stream(bytes, way, piece: 5)
        #expect(!translator.reachedEnd)
        let text = String(decoding: output, as: UTF8.self)
        for end in ["[DONE]", "message_stop", "finishReason"] { #expect(!text.contains(end)) }
    }
}
