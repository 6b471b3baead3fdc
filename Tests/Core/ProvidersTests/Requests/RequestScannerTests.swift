import JSONScan
import Providers
import Testing

@Suite("Requests")
struct RequestScannerTests {
    private func facts(_ text: String, uri: String = "/v1/chat/completions") throws -> RequestFacts {
        let bytes = Array(text.utf8)
        let scanner = RequestScanner()
        return try bytes.withUnsafeBufferPointer {
            try scanner.facts(of: $0, route: RequestRoute(uri: uri, isAnthropic: false))
        }
    }

    @Test("What a chat request asks for")
    func chat() throws {
        let found = try facts(
            """
            { "model" : "gpt-4o", "stream":true, "stream_options":{"include_usage":true}, "max_tokens":5,
              "max_completion_tokens": 7, "n":3, "service_tier":"flex", "user":"end \\"user\\"",
              "metadata":{"user_id":"u","tags":["a","b"],"feature":"search"}, "tags":["c"], "unknown":{"model":"x"},
              "messages":[{"role":"user","content":"model"}] }
            """)
        #expect(found.model == "gpt-4o" && found.streams && found.includesUsage)
        #expect(found.outputLimit == 7 && found.choices == 3 && found.serviceTier == "flex")
        #expect(found.endUser == "end \"user\"" && found.feature == "search")
        #expect(found.tags == ["c", "a", "b"])
        #expect(
            found.promptRanges.count == 1 && found.promptBytes == #"[{"role":"user","content":"model"}]"#.utf8.count)
    }

    @Test("Gemini's limits stand in the generation config, its model in the path")
    func gemini() throws {
        let found = try facts(
            #"{"contents":[{"parts":[{"text":"hi"}]}],"generationConfig":{"maxOutputTokens":9,"candidateCount":2}}"#,
            uri: "/v1beta/models/gemini-2.5-pro:streamGenerateContent?alt=sse")
        #expect(found.model == "gemini-2.5-pro" && found.streams && found.outputLimit == 9 && found.choices == 2)
    }

    @Test(
        "A governed key given twice is refused by name, however it is written",
        arguments: [
            #"{"model":"cheap","messages":[],"model":"dear"}"#, #"{"model":"cheap","mod\u0065l":"dear"}"#,
            #"{"max_tokens":1,"x":{"max_tokens":2},"max_tokens":100000}"#,
            #"{"stream":false,"model":"a","stream":true}"#,
        ])
    func duplicates(text: String) {
        let problem = #expect(throws: RequestProblem.self) { try facts(text) }
        #expect(problem?.message.contains("given twice") ?? false)
        #expect(problem?.parameter != nil)
    }

    @Test(
        "What is no object of JSON is refused",
        arguments: [
            "", "[]", "null", "{", "{\"a\"}", "{\"a\":1", "{\"a\":1}}", "{\"a\":1,}", "{\"a\":[1}", "{\"a\":1} {}",
            "{a:1}", "{\"a\":\"\u{1}\"}", "\"model\"", "{\"model\":\"x\" \"y\":1}",
        ])
    func damaged(text: String) { #expect(throws: RequestProblem.self) { try facts(text) } }

    @Test("Limits that are no limits are refused", arguments: ["-1", "1.5", "\"many\"", "[]", "true"])
    func badLimits(value: String) {
        let problem = #expect(throws: RequestProblem.self) { try facts("{\"model\":\"m\",\"max_tokens\":\(value)}") }
        #expect(problem?.parameter == "max_tokens")
    }

    @Test("Random changes of a request never crash the scanner")
    func fuzz() {
        let seed = Array(
            #"{"model":"gpt-4o","stream":true,"stream_options":{"include_usage":false},"n":2,"messages":[{"role":"user","content":"a\"b\\"}],"max_tokens":17}"#
                .utf8)
        var state: UInt64 = 3
        let next = { () -> Int in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33)
        }
        let scanner = RequestScanner()
        let route = RequestRoute(uri: "/v1/chat/completions", isAnthropic: false)
        var accepted = 0
        for _ in 0..<20_000 {
            var bytes = seed
            for _ in 0...(next() % 4) {
                let position = next() % bytes.count
                switch next() % 3 {
                case 0: bytes[position] = UInt8(next() % 256)
                case 1: bytes.remove(at: position)
                default: bytes.insert(Array("{}[]\",:\\0e".utf8)[next() % 10], at: position)
                }
            }
            if (try? bytes.withUnsafeBufferPointer({ try scanner.facts(of: $0, route: route) })) != nil {
                accepted += 1
            }
        }
        #expect(accepted > 1_000)
    }

    @Test(
        "Paths lead to their API",
        arguments: [
            ("/v1/chat/completions", APISurface.chatCompletions, ProviderFamily.openAI, nil),
            ("/chat/completions?x=1", .chatCompletions, .openAI, nil),
            ("/v1/responses", .responses, .openAI, nil), ("/v1/embeddings", .embeddings, .openAI, nil),
            ("/v1/messages", .messages, .anthropic, nil), ("/v1/messages/count_tokens", .countTokens, .anthropic, nil),
            ("/v1/messages/batches/b/results", .batches, .anthropic, nil),
            ("/v1beta/models/gemini-2.5-pro:generateContent", .generateContent, .gemini, "gemini-2.5-pro"),
            ("/v1beta/models/m:countTokens", .geminiCountTokens, .gemini, "m"),
            ("/v1/models/gemini-2.5-pro:generateContent", .generateContent, .gemini, "gemini-2.5-pro"),
            ("/openai/deployments/d/chat/completions?api-version=1", .chatCompletions, .openAI, "d"),
            ("/openai/v1/responses", .responses, .openAI, nil), ("/v1/files/f/content", .files, .openAI, nil),
            ("/v1/audio/speech", .other, .openAI, nil), ("/", .other, .openAI, nil), ("/v1", .other, .openAI, nil),
            ("/v1/models", .models, .openAI, nil), ("/v1beta/models", .models, .gemini, nil),
            ("/model/us.amazon.nova-lite-v1%3A0/converse", .converse, .bedrock, "us.amazon.nova-lite-v1:0"),
            ("/model/us.amazon.nova-lite-v1:0/converse-stream", .converse, .bedrock, "us.amazon.nova-lite-v1:0"),
            ("/model/arn%3Aaws%3Ax%2Fabc/invoke", .invokeModel, .bedrock, "arn:aws:x/abc"),
            ("/model/arn:aws:x/abc/invoke-with-response-stream", .invokeModel, .bedrock, "arn:aws:x/abc"),
            ("/model/m/count-tokens", .countTokens, .bedrock, "m"), ("/model/%zz/converse", .other, .bedrock, nil),
            ("/model/m/invoke-with-bidirectional-stream", .other, .bedrock, nil), ("/model/m", .other, .bedrock, nil),
            ("/guardrail/g/version/1/apply", .other, .bedrock, nil), ("/async-invoke", .other, .bedrock, nil),
        ] as [(String, APISurface, ProviderFamily, String?)])
    func routes(uri: String, surface: APISurface, family: ProviderFamily, model: String?) {
        let route = RequestRoute(uri: uri, isAnthropic: false)
        #expect(route.surface == surface && route.family == family && route.model == model)
    }

    @Test("Bedrock's Converse: limits, tools, tier, and whom its metadata names")
    func converse() throws {
        let found = try facts(
            """
            {"messages":[{"role":"user","content":[{"text":"hi"}]}],"system":[{"text":"s"}],"toolConfig":{"tools":[]},
             "inferenceConfig":{"maxTokens":9,"maxTokens":12},"additionalModelRequestFields":{"max_tokens":11},
             "serviceTier":{"type":"flex"},"promptVariables":{"a":{"text":"b"}},
             "requestMetadata":{"customer":"acme","team":"growth","feature":"chat","session_id":"s1","stage":"beta"}}
            """, uri: "/model/us.amazon.nova-lite-v1%3A0/converse-stream")
        #expect(found.model == "us.amazon.nova-lite-v1:0" && found.streams && found.hasTools)
        #expect(found.outputLimit == 12, "of a key given twice either may count")
        #expect(found.serviceTier == "flex" && found.reachesOutside == "promptVariables")
        #expect(found.customer == "acme" && found.team == "growth" && found.feature == "chat")
        #expect(found.session == "s1" && found.tags == ["stage=beta"] && found.promptRanges.count == 4)
        let optimised = try facts(
            #"{"messages":[],"performanceConfig":{"latency":"optimized"}}"#, uri: "/model/m/converse")
        #expect(optimised.serviceTier == "latency_optimised")
    }

    @Test(
        "Bedrock's InvokeModel: the limit in the words of whoever made the model",
        arguments: [
            #"{"max_tokens":9,"messages":[]}"#, #"{"max_gen_len":9,"prompt":"hi"}"#,
            #"{"inferenceConfig":{"max_new_tokens":9}}"#, #"{"textGenerationConfig":{"maxTokenCount":9}}"#,
        ])
    func invoke(text: String) throws {
        let found = try facts(text, uri: "/model/m/invoke")
        #expect(found.outputLimit == 9 && found.model == "m" && !found.streams)
    }

    @Test("An object that limits the output and is none is refused", arguments: ["null", "1", "[]"])
    func noObject(value: String) {
        let problem = #expect(throws: RequestProblem.self) {
            try facts("{\"inferenceConfig\":\(value)}", uri: "/model/m/converse")
        }
        #expect(problem?.parameter == "inferenceConfig")
    }

    @Test("Media and tools of the provider are found, words about them are not")
    func reach() {
        func medium(_ text: String) -> String? {
            Array(text.utf8).withUnsafeBufferPointer { InputReach.medium(in: $0) }
        }
        #expect(medium(#"{"content":[{"type":"image_url","image_url":{"url":"https://x"}}]}"#) == "image_url")
        #expect(medium(#"{"content":[{ "type" : "document" }]}"#) == "document")
        #expect(medium(#"{"content":"an \"image_url\" is what I mean"}"#) == nil)
        let tools = Array(#"{"tools":[{"type":"web_search_20250305"}]}"#.utf8)
        #expect(tools.withUnsafeBufferPointer { InputReach.serverTool(in: $0) } == "web_search")
    }
}
