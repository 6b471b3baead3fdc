import JSONScan
import Testing

@testable import Providers

/// An answer as a provider's documentation has it, and what a caller of another API gets.
struct ReplyExample: Sendable, CustomTestStringConvertible {
    let name: String
    let from: ProviderFamily
    let to: ProviderFamily
    let reply: String
    let expected: String

    var testDescription: String { name }

    private static let chat = """
        {"id":"chatcmpl-B9","object":"chat.completion","created":1741570283,"model":"gpt-4.1-2025-04-14","choices":[
        {"index":0,"message":{"role":"assistant","content":"Looking.","refusal":null,"tool_calls":[{"id":"call_abc",
        "type":"function","function":{"name":"get_weather","arguments":"{\\n\\"location\\": \\"Boston, MA\\"\\n}"}}],
        "annotations":[]},"logprobs":null,"finish_reason":"tool_calls"}],"usage":{"prompt_tokens":82,
        "completion_tokens":17,"total_tokens":99,"prompt_tokens_details":{"cached_tokens":32,"audio_tokens":0},
        "completion_tokens_details":{"reasoning_tokens":5}},"service_tier":"default"}
        """
    private static let message = """
        {"id":"msg_013","type":"message","role":"assistant","model":"claude-sonnet-4-5","content":[
        {"type":"thinking","thinking":"Hm.","signature":"EqQB"},{"type":"text","text":"Hi! "},
        {"type":"text","text":"Bye."},{"type":"tool_use","id":"toolu_1","name":"look","input":{"a":1}}],
        "stop_reason":"tool_use","stop_sequence":null,"usage":{"input_tokens":2095,"output_tokens":503,
        "cache_read_input_tokens":100,"cache_creation_input_tokens":20}}
        """
    private static let content = """
        {"candidates":[{"content":{"parts":[{"text":"Hm.","thought":true},{"text":"Look."},{"functionCall":
        {"name":"look","args":{"a":1}},"thoughtSignature":"QUI="}],"role":"model"},"finishReason":"STOP","index":0}],
        "usageMetadata":{"promptTokenCount":50,"candidatesTokenCount":11,"totalTokenCount":67,"thoughtsTokenCount":6},
        "modelVersion":"gemini-2.5-flash","responseId":"yPb"}
        """

    static let all = [
        ReplyExample(
            name: "a chat with a call for Anthropic's callers", from: .openAI, to: .anthropic, reply: chat,
            expected: """
                {"id":"msg_B9","type":"message","role":"assistant","model":"gpt-4.1-2025-04-14","content":[
                {"type":"text","text":"Looking."},
                {"type":"tool_use","id":"toolu_abc","name":"get_weather","input":{"location":"Boston, MA"}}],
                "stop_reason":"tool_use","stop_sequence":null,"usage":{"input_tokens":50,
                "cache_creation_input_tokens":0,"cache_read_input_tokens":32,"output_tokens":17,
                "output_tokens_details":{"thinking_tokens":5},"service_tier":"standard"}}
                """),
        ReplyExample(
            name: "a chat with a call for Gemini's callers", from: .openAI, to: .gemini, reply: chat,
            expected: """
                {"candidates":[{"content":{"parts":[{"text":"Looking."},{"functionCall":{"id":"call_abc",
                "name":"get_weather","args":{"location":"Boston, MA"}}}],"role":"model"},"finishReason":"STOP",
                "index":0}],"usageMetadata":{"promptTokenCount":82,"cachedContentTokenCount":32,
                "candidatesTokenCount":12,"thoughtsTokenCount":5,"totalTokenCount":99},
                "modelVersion":"gpt-4.1-2025-04-14","responseId":"B9"}
                """),
        ReplyExample(
            name: "a message for OpenAI's callers", from: .anthropic, to: .openAI, reply: message,
            expected: """
                {"id":"chatcmpl-013","object":"chat.completion","created":1790000000,"model":"claude-sonnet-4-5",
                "choices":[{"index":0,"message":{"role":"assistant","content":"Hi! Bye.","refusal":null,
                "reasoning_content":"Hm.","thinking_blocks":[{"type":"thinking","thinking":"Hm.","signature":"EqQB"}],
                "tool_calls":[{"id":"call_1","type":"function","function":{"name":"look","arguments":"{\\"a\\":1}"}}]},
                "logprobs":null,"finish_reason":"tool_calls"}],"usage":{"prompt_tokens":2215,"completion_tokens":503,
                "total_tokens":2718,"prompt_tokens_details":{"cached_tokens":100,"cache_write_tokens":20}}}
                """),
        ReplyExample(
            name: "a message for Gemini's callers", from: .anthropic, to: .gemini, reply: message,
            expected: """
                {"candidates":[{"content":{"parts":[{"text":"Hm.","thought":true,
                "thoughtSignature":"YW50aHJvcGljOkVxUUI="},{"text":"Hi! "},{"text":"Bye."},
                {"functionCall":{"id":"toolu_1","name":"look","args":{"a":1}}}],"role":"model"},"finishReason":"STOP",
                "index":0}],"usageMetadata":{"promptTokenCount":2215,"cachedContentTokenCount":100,
                "candidatesTokenCount":503,"totalTokenCount":2718},"modelVersion":"claude-sonnet-4-5",
                "responseId":"013"}
                """),
        ReplyExample(
            name: "Gemini's content for OpenAI's callers", from: .gemini, to: .openAI, reply: content,
            expected: """
                {"id":"chatcmpl-yPb","object":"chat.completion","created":1790000000,"model":"gemini-2.5-flash",
                "choices":[{"index":0,"message":{"role":"assistant","content":"Look.","refusal":null,
                "reasoning_content":"Hm.","tool_calls":[{"id":"call_yPb-2__thought__QUI","type":"function",
                "function":{"name":"look","arguments":"{\\"a\\":1}"}}]},"logprobs":null,"finish_reason":"tool_calls"}],
                "usage":{"prompt_tokens":50,"completion_tokens":17,"total_tokens":67,
                "prompt_tokens_details":{"cached_tokens":0},"completion_tokens_details":{"reasoning_tokens":6}}}
                """),
        ReplyExample(
            name: "Gemini's content for Anthropic's callers", from: .gemini, to: .anthropic, reply: content,
            expected: """
                {"id":"msg_yPb","type":"message","role":"assistant","model":"gemini-2.5-flash","content":[
                {"type":"thinking","thinking":"Hm.","signature":""},{"type":"text","text":"Look."},
                {"type":"tool_use","id":"toolu_yPb-2__thought__QUI","name":"look","input":{"a":1}}],
                "stop_reason":"tool_use","stop_sequence":null,"usage":{"input_tokens":50,
                "cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":17,
                "output_tokens_details":{"thinking_tokens":6}}}
                """),
    ]
}

@Suite("Answers in another provider's words")
struct ReplyTranslationTests {
    @Test("Documented answers", arguments: ReplyExample.all)
    func documented(_ example: ReplyExample) throws {
        let found = try Translating.reply(example.reply, from: example.from, to: example.to)
        #expect(found.sorted.compactText == (try JSONValue.parse(example.expected)).sorted.compactText)
    }

    @Test(
        "Why an answer ended",
        arguments: [
            ("stop", "end_turn", "STOP"), ("length", "max_tokens", "MAX_TOKENS"),
            ("content_filter", "refusal", "SAFETY"),
        ])
    func stops(openAI: String, anthropic: String, gemini: String) throws {
        let chat = #"{"choices":[{"message":{"content":"x"},"finish_reason":"\#(openAI)"}]}"#
        let message = #"{"content":[{"type":"text","text":"x"}],"stop_reason":"\#(anthropic)"}"#
        let content = #"{"candidates":[{"content":{"parts":[{"text":"x"}]},"finishReason":"\#(gemini)"}]}"#
        for (text, family) in [(chat, ProviderFamily.openAI), (message, .anthropic), (content, .gemini)] {
            let asChat = try Translating.reply(text, from: family, to: .openAI)["choices"]?.elements.first
            #expect(asChat?["finish_reason"]?.text == openAI)
            #expect(try Translating.reply(text, from: family, to: .anthropic)["stop_reason"]?.text == anthropic)
            let asContent = try Translating.reply(text, from: family, to: .gemini)["candidates"]?.elements.first
            #expect(asContent?["finishReason"]?.text == gemini)
        }
    }

    @Test("A stop text is told to those whose API has a place for it; refusals and blocked prompts are refusals")
    func particularStops() throws {
        let message = #"{"content":[],"stop_reason":"stop_sequence","stop_sequence":"END"}"#
        let chat = try Translating.reply(message, from: .anthropic, to: .openAI)["choices"]?.elements.first
        #expect(chat?["finish_reason"]?.text == "stop" && chat?["message"]?["content"] == .null)
        let refusal = #"{"choices":[{"message":{"content":null,"refusal":"No."},"finish_reason":"stop"}]}"#
        let refused = try Translating.reply(refusal, from: .openAI, to: .anthropic)
        #expect(refused["stop_reason"]?.text == "refusal")
        #expect(refused["content"]?.elements.first?["text"]?.text == "No.")
        let blocked = #"{"promptFeedback":{"blockReason":"SAFETY"},"usageMetadata":{"promptTokenCount":3}}"#
        let answer = try Translating.reply(blocked, from: .gemini, to: .openAI)
        #expect(answer["choices"]?.elements.first?["finish_reason"]?.text == "content_filter")
        #expect(answer["usage"]?["prompt_tokens"]?.integer == 3)
    }

    @Test("Usage that is not told is not made up where the format lets it be left out")
    func unknownUsage() throws {
        let message = #"{"content":[],"stop_reason":"end_turn"}"#
        #expect(try Translating.reply(message, from: .anthropic, to: .openAI)["usage"] == nil)
        #expect(try Translating.reply(message, from: .anthropic, to: .gemini)["usageMetadata"] == nil)
    }

    @Test(
        "Answers that break the provider's promise are told as its failure",
        arguments: [
            ("openAI", "not json", ""), ("openAI", #"{"choices":[]}"#, "choices[0]"),
            (
                "openAI",
                #"{"choices":[{"message":{"tool_calls":[{"id":"a","function":{"name":"f","arguments":"{"}}]},"finish_reason":"tool_calls"}]}"#,
                "choices[0].message.tool_calls[0].function.arguments"
            ),
            ("openAI", #"{"choices":[{"message":{},"finish_reason":null}]}"#, "choices[0].finish_reason"),
            ("anthropic", #"{"content":[{"type":"server_tool_use"}],"stop_reason":"end_turn"}"#, "content[0].type"),
            ("anthropic", #"{"content":[],"stop_reason":"pause_turn"}"#, "stop_reason"),
            ("gemini", #"{"candidates":[{"finishReason":"MALFORMED_FUNCTION_CALL"}]}"#, "candidates[0].finishReason"),
            (
                "gemini", #"{"candidates":[{"content":{"parts":[{"inlineData":{}}]},"finishReason":"STOP"}]}"#,
                "candidates[0].content.parts[0]"
            ),
        ])
    func broken(family: String, body: String, path: String) throws {
        let from = try #require(Translating.families.first { "\($0)" == family })
        for to in Translating.families where to != from {
            let problem = Translating.problem { _ = try Translating.reply(body, from: from, to: to) }
            #expect(problem?.kind == .upstream && problem?.path == path)
            #expect(problem?.callerError.status == 502)
        }
    }
}
