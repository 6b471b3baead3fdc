import JSONScan
import Providers
import Testing

/// A request as a provider's documentation has it, and what another provider is asked.
struct RequestExample: Sendable, CustomTestStringConvertible {
    let name: String
    let from: ProviderFamily
    let to: ProviderFamily
    let request: String
    let expected: String

    var testDescription: String { name }

    static let all = [
        RequestExample(
            name: "a chat with tools for Anthropic", from: .openAI, to: .anthropic,
            request: """
                {"model":"gpt-4.1","messages":[{"role":"developer","content":"You are a helpful assistant."},
                {"role":"user","content":"What is the weather like in Boston today?"},
                {"role":"assistant","content":null,"tool_calls":[
                {"id":"call_abc","type":"function","function":{"name":"get_weather","arguments":"{\\"location\\": \\"Boston, MA\\"}"}},
                {"id":"call_def","type":"function","function":{"name":"get_time","arguments":"{}"}}]},
                {"role":"tool","tool_call_id":"call_abc","content":"9 °C"},
                {"role":"tool","tool_call_id":"call_def","content":"12:00"},
                {"role":"user","content":"And in Paris?"}],
                "tools":[{"type":"function","function":{"name":"get_weather","description":"Weather","parameters":
                {"type":"object","properties":{"location":{"type":"string"}},"required":["location"]}}},
                {"type":"function","function":{"name":"get_time"}}],
                "tool_choice":"required","parallel_tool_calls":false,"temperature":0.70,"top_p":1,"stop":"END",
                "max_completion_tokens":300,"user":"u-1","stream":true,"stream_options":{"include_usage":true},"n":1}
                """,
            expected: """
                {"model":"target","max_tokens":300,"system":"You are a helpful assistant.","messages":[
                {"role":"user","content":[{"type":"text","text":"What is the weather like in Boston today?"}]},
                {"role":"assistant","content":[
                {"type":"tool_use","id":"call_abc","name":"get_weather","input":{"location":"Boston, MA"}},
                {"type":"tool_use","id":"call_def","name":"get_time","input":{}}]},
                {"role":"user","content":[
                {"type":"tool_result","tool_use_id":"call_abc","content":[{"type":"text","text":"9 °C"}]},
                {"type":"tool_result","tool_use_id":"call_def","content":[{"type":"text","text":"12:00"}]},
                {"type":"text","text":"And in Paris?"}]}],
                "tools":[{"name":"get_weather","description":"Weather","input_schema":
                {"type":"object","properties":{"location":{"type":"string"}},"required":["location"]}},
                {"name":"get_time","input_schema":{"type":"object","properties":{}}}],
                "tool_choice":{"type":"any","disable_parallel_tool_use":true},"temperature":0.70,"top_p":1,
                "stop_sequences":["END"],"metadata":{"user_id":"u-1"},"stream":true}
                """),
        RequestExample(
            name: "a chat with images and a schema for Gemini", from: .openAI, to: .gemini,
            request: """
                {"model":"gpt-4.1","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":[
                {"type":"text","text":"What is in these?"},
                {"type":"image_url","image_url":{"url":"https://example.com/a.png","detail":"auto"}},
                {"type":"image_url","image_url":{"url":"data:image/jpeg;base64,AAAA"}}]}],
                "response_format":{"type":"json_schema","json_schema":{"name":"response","strict":true,"schema":
                {"type":"object","properties":{"n":{"type":"integer"}},"required":["n"],"additionalProperties":false}}},
                "seed":7,"frequency_penalty":0.5,"reasoning_effort":"low","service_tier":"flex"}
                """,
            expected: """
                {"systemInstruction":{"parts":[{"text":"Be brief."}]},"contents":[{"role":"user","parts":[
                {"text":"What is in these?"},{"fileData":{"mimeType":"image/png","fileUri":"https://example.com/a.png"}},
                {"inlineData":{"mimeType":"image/jpeg","data":"AAAA"}}]}],"generationConfig":{"seed":7,
                "frequencyPenalty":0.5,"responseMimeType":"application/json","responseJsonSchema":
                {"type":"object","properties":{"n":{"type":"integer"}},"required":["n"],"additionalProperties":false},
                "thinkingConfig":{"thinkingLevel":"LOW"}},"serviceTier":"flex"}
                """),
        RequestExample(
            name: "a message with a failed call for OpenAI", from: .anthropic, to: .openAI,
            request: """
                {"model":"claude-sonnet-4-5","max_tokens":1024,"system":[{"type":"text","text":"One.",
                "cache_control":{"type":"ephemeral"}},{"type":"text","text":"Two."}],"messages":[
                {"role":"user","content":"Go"},{"role":"assistant","content":[
                {"type":"thinking","thinking":"Hm.","signature":"EqQB"},{"type":"text","text":"Looking."},
                {"type":"tool_use","id":"toolu_1","name":"look","input":{"a":[1,2.50]}}]},
                {"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_1","is_error":true,
                "content":"not there"}]}],"tools":[{"name":"look","input_schema":{"type":"object"},"strict":true}],
                "tool_choice":{"type":"tool","name":"look"},"output_config":{"effort":"high"},
                "thinking":{"type":"adaptive"},"stop_sequences":["a","b"]}
                """,
            expected: """
                {"model":"target","messages":[{"role":"system","content":[{"type":"text","text":"One."},
                {"type":"text","text":"Two."}]},{"role":"user","content":"Go"},
                {"role":"assistant","content":"Looking.","tool_calls":[{"id":"toolu_1","type":"function",
                "function":{"name":"look","arguments":"{\\"a\\":[1,2.50]}"}}]},
                {"role":"tool","tool_call_id":"toolu_1","content":"Error: not there"}],
                "tools":[{"type":"function","function":{"name":"look","parameters":{"type":"object"},"strict":true}}],
                "tool_choice":{"type":"function","function":{"name":"look"}},"max_completion_tokens":1024,
                "reasoning_effort":"high","stop":["a","b"]}
                """),
        RequestExample(
            name: "a message with thinking for Gemini", from: .anthropic, to: .gemini,
            request: """
                {"model":"claude-opus-4-1","max_tokens":4096,"top_k":40,"thinking":{"type":"enabled",
                "budget_tokens":2000,"display":"summarized"},"messages":[{"role":"user","content":"Go"},
                {"role":"assistant","content":[{"type":"tool_use","id":"toolu_1__thought__AbC-_w","name":"look","input":{}},
                {"type":"tool_use","id":"toolu_2","name":"look","input":{"b":1}}]},{"role":"user","content":[
                {"type":"tool_result","tool_use_id":"toolu_1","content":[{"type":"text","text":"yes"}]},
                {"type":"tool_result","tool_use_id":"toolu_2","content":"{\\"found\\": true}"},
                {"type":"text","text":"Well?"}]}],"tools":[{"name":"look","input_schema":{"type":"object"}}]}
                """,
            expected: """
                {"contents":[{"role":"user","parts":[{"text":"Go"}]},{"role":"model","parts":[
                {"functionCall":{"id":"toolu_1","name":"look","args":{}},"thoughtSignature":"AbC+/w=="},
                {"functionCall":{"id":"toolu_2","name":"look","args":{"b":1}}}]},{"role":"user","parts":[
                {"functionResponse":{"id":"toolu_1","name":"look","response":{"output":"yes"}}},
                {"functionResponse":{"id":"toolu_2","name":"look","response":{"found":true}}}]},
                {"role":"user","parts":[{"text":"Well?"}]}],
                "tools":[{"functionDeclarations":[{"name":"look","parametersJsonSchema":{"type":"object"}}]}],
                "generationConfig":{"topK":40,"maxOutputTokens":4096,
                "thinkingConfig":{"thinkingBudget":2000,"includeThoughts":true}}}
                """),
        RequestExample(
            name: "Gemini's content with OpenAPI's schema for Anthropic", from: .gemini, to: .anthropic,
            request: """
                {"system_instruction":{"parts":[{"text":"Be brief."}]},"contents":[{"parts":[{"text":"Light?"}]},
                {"role":"model","parts":[{"functionCall":{"name":"dim","args":{"to":3}},"thoughtSignature":"QUJD"}]},
                {"role":"user","parts":[{"functionResponse":{"name":"dim","response":{"error":"broken"}}}]}],
                "tools":[{"function_declarations":[{"name":"dim","parameters":{"type":"OBJECT","properties":
                {"to":{"type":"INTEGER","nullable":true,"minimum":0}},"required":["to"]}}]}],
                "toolConfig":{"functionCallingConfig":{"mode":"ANY","allowedFunctionNames":["dim"]}},
                "generationConfig":{"temperature":1.0,"maxOutputTokens":64,"candidateCount":1,
                "responseMimeType":"application/json","responseSchema":{"type":"ARRAY","items":{"type":"OBJECT",
                "properties":{"name":{"type":"STRING"}},"propertyOrdering":["name"]},"minItems":"1"},
                "thinkingConfig":{"thinkingBudget":0}}}
                """,
            expected: """
                {"model":"target","max_tokens":64,"system":"Be brief.","messages":[
                {"role":"user","content":[{"type":"text","text":"Light?"}]},{"role":"assistant","content":[
                {"type":"tool_use","id":"call_1","name":"dim","input":{"to":3}}]},{"role":"user","content":[
                {"type":"tool_result","tool_use_id":"call_1","content":[{"type":"text","text":"broken"}],
                "is_error":true}]}],"tools":[{"name":"dim","input_schema":{"type":"object","properties":
                {"to":{"type":["integer","null"],"minimum":0}},"required":["to"]}}],
                "tool_choice":{"type":"tool","name":"dim"},"temperature":1.0,"thinking":{"type":"disabled"},
                "output_config":{"format":{"type":"json_schema","schema":{"type":"array","items":{"type":"object",
                "properties":{"name":{"type":"string"}},"additionalProperties":false},"minItems":1}}}}
                """),
        RequestExample(
            name: "Gemini's content with parallel calls for OpenAI", from: .gemini, to: .openAI,
            request: """
                {"contents":[{"role":"user","parts":[{"text":"Go"}]},{"role":"model","parts":[
                {"functionCall":{"name":"look","args":{"n":1}}},{"functionCall":{"name":"look","args":{"n":2}}}]},
                {"role":"user","parts":[{"functionResponse":{"name":"look","response":{"output":"one"}}},
                {"functionResponse":{"name":"look","response":{"deep":{"two":2}}}}]}],
                "generationConfig":{"responseMimeType":"application/json","thinkingConfig":{"thinkingLevel":"HIGH"}}}
                """,
            expected: """
                {"model":"target","messages":[{"role":"user","content":"Go"},{"role":"assistant","content":null,
                "tool_calls":[{"id":"call_1","type":"function","function":{"name":"look","arguments":"{\\"n\\":1}"}},
                {"id":"call_2","type":"function","function":{"name":"look","arguments":"{\\"n\\":2}"}}]},
                {"role":"tool","tool_call_id":"call_1","content":"one"},
                {"role":"tool","tool_call_id":"call_2","content":"{\\"deep\\":{\\"two\\":2}}"}],
                "response_format":{"type":"json_object"},"reasoning_effort":"high"}
                """),
    ]
}

@Suite("Requests in another provider's words")
struct RequestTranslationTests {
    @Test("Documented requests", arguments: RequestExample.all)
    func documented(_ example: RequestExample) throws {
        let found = try Translating.request(
            example.request, from: example.from, to: Translating.target(example.to))
        let body = try JSONValue.parse(found.body).sorted
        #expect(body.compactText == (try JSONValue.parse(example.expected)).sorted.compactText)
    }

    @Test("Where a request goes")
    func paths() throws {
        let chat = #"{"model":"m","messages":[{"role":"user","content":"Hi"}],"stream":true}"#
        let gemini = try Translating.request(chat, from: .openAI, to: Translating.target(.gemini))
        #expect(gemini.path == "/v1beta/models/target:streamGenerateContent?alt=sse")
        let messages = try Translating.request(chat, from: .openAI, to: Translating.target(.anthropic))
        #expect(messages.path == "/v1/messages")
        let odd = TranslationTarget(family: .gemini, model: "../files?é")
        let path = try Translating.request(chat, from: .openAI, to: odd).path
        #expect(path == "/v1beta/models/..%2Ffiles%3F%C3%A9:streamGenerateContent?alt=sse")
        let content = #"{"contents":[{"parts":[{"text":"Hi"}]}]}"#
        let streamed = try Translating.request(
            content, from: .gemini, to: Translating.target(.openAI), streams: true)
        let body = try JSONValue.parse(streamed.body)
        #expect(streamed.path == "/v1/chat/completions")
        #expect(body["stream_options"]?["include_usage"] == .bool(true))
    }

    @Test("Azure's path names the model; other paths than those of chats are refused")
    func otherPaths() throws {
        let chat = try JSONValue.parse(#"{"messages":[{"role":"user","content":"Hi"}]}"#)
        let azure = RequestRoute(uri: "/openai/deployments/mine/chat/completions", isAnthropic: false)
        #expect(try Translation.read(chat, route: azure).request.model == "mine")
        for uri in ["/v1/responses", "/v1/embeddings", "/v1/messages/count_tokens"] {
            let route = RequestRoute(uri: uri, isAnthropic: false)
            let problem = Translating.problem { _ = try Translation.read(chat, route: route) }
            #expect(problem?.kind == .unsupported)
        }
    }

    @Test("What is left out is noted, with its place")
    func notes() throws {
        let chat = """
            {"model":"m","messages":[{"role":"user","content":[{"type":"text","text":"Hi",
            "prompt_cache_breakpoint":{"mode":"explicit"}}]}],"prompt_cache_key":"k","metadata":{"a":"b"},
            "reasoning_effort":"minimal","response_format":{"type":"json_schema","json_schema":
            {"name":"city","schema":{"type":"object"}}}}
            """
        let found = try Translating.request(chat, from: .openAI, to: Translating.target(.anthropic))
        let places = found.notes.map(\.path)
        let expected = [
            "messages[0].content[0].prompt_cache_breakpoint", "prompt_cache_key", "max_tokens", "reasoning_effort",
            "response_format", "response_format", "metadata",
        ]
        #expect(places.sorted() == expected.sorted())
    }

    @Test("Calls of another model are marked for Gemini's newer models, and never shown as signed elsewhere")
    func signatures() throws {
        let chat = """
            {"model":"m","messages":[{"role":"user","content":"Hi"},{"role":"assistant","tool_calls":[
            {"id":"call_1__thought__QUJD","type":"function","function":{"name":"f","arguments":""}},
            {"id":"call_2","type":"function","function":{"name":"f","arguments":"{}"}}]},
            {"role":"tool","tool_call_id":"call_1__thought__QUJD","content":"1"},
            {"role":"assistant","tool_calls":[{"id":"call_3","type":"function","function":{"name":"f","arguments":"{}"}},
            {"id":"call_4","type":"function","function":{"name":"f","arguments":"{}"}}]},
            {"role":"tool","tool_call_id":"call_3","content":"1"},{"role":"tool","tool_call_id":"call_4","content":"1"}]}
            """
        var target = TranslationTarget(family: .gemini, model: "gemini-3-flash")
        let new = try JSONValue.parse(Translating.request(chat, from: .openAI, to: target).body)
        let turns = new["contents"]?.elements ?? []
        let signatures = turns.flatMap { $0["parts"]?.elements ?? [] }.filter { $0["functionCall"] != nil }
            .map { $0["thoughtSignature"]?.text }
        #expect(signatures == ["QUJD", nil, "skip_thought_signature_validator", nil])
        target = TranslationTarget(family: .gemini, model: "gemini-2.5-flash")
        let old = try Translating.request(chat, from: .openAI, to: target)
        #expect(!String(decoding: old.body, as: UTF8.self).contains("skip_thought"))
        let anthropic = try Translating.request(chat, from: .openAI, to: Translating.target(.anthropic))
        #expect(!String(decoding: anthropic.body, as: UTF8.self).contains("__thought__"))
    }

    @Test("Signed thoughts go back to the provider that signed them, through each API")
    func thoughts() throws {
        let chat = """
            {"model":"m","messages":[{"role":"user","content":"Hi"},{"role":"assistant","reasoning_content":"Hm.",
            "thinking_blocks":[{"type":"thinking","thinking":"Hm.","signature":"EqQB"},
            {"type":"redacted_thinking","data":"XYZ"}],"content":"Yes"},{"role":"user","content":"So?"}]}
            """
        let content = """
            {"contents":[{"role":"user","parts":[{"text":"Hi"}]},{"role":"model","parts":[
            {"text":"Hm.","thought":true,"thoughtSignature":"YW50aHJvcGljOkVxUUI="},
            {"text":"","thought":true,"thoughtSignature":"YW50aHJvcGljLXJlZGFjdGVkOlhZWg=="},
            {"text":"Mine.","thought":true},{"text":"Yes"}]},{"role":"user","parts":[{"text":"So?"}]}]}
            """
        let expected = """
            [{"type":"thinking","thinking":"Hm.","signature":"EqQB"},{"type":"redacted_thinking","data":"XYZ"},\
            {"type":"text","text":"Yes"}]
            """
        for (text, family) in [(chat, ProviderFamily.openAI), (content, .gemini)] {
            let found = try Translating.request(text, from: family, to: Translating.target(.anthropic))
            let messages = try JSONValue.parse(found.body)["messages"]?.elements ?? []
            #expect(messages[1]["content"]?.compactText == expected)
        }
    }
}
