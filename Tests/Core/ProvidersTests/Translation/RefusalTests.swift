import JSONScan
import Providers
import Testing

/// A field that a target has no counterpart for.
struct RefusalCase: Sendable, CustomTestStringConvertible {
    let family: ProviderFamily
    /// Members behind a plain request's own; a member that stands in both counts from here.
    let members: String
    let targets: [ProviderFamily]
    let path: String

    var testDescription: String { "\(family) \(members)" }

    init(_ family: ProviderFamily, _ members: String, _ targets: [ProviderFamily], _ path: String) {
        (self.family, self.members, self.targets, self.path) = (family, members, targets, path)
    }

    /// The whole body.
    var body: String {
        let own =
            switch family {
            case .openAI: [(#""model""#, #""m""#), (#""messages""#, #"[{"role":"user","content":"Hi"}]"#)]
            case .anthropic:
                [
                    (#""model""#, #""m""#), (#""max_tokens""#, "99"),
                    (#""messages""#, #"[{"role":"user","content":"Hi"}]"#),
                ]
            case .gemini: [(#""contents""#, #"[{"parts":[{"text":"Hi"}]}]"#)]
            case .bedrock: [(#""messages""#, #"[{"role":"user","content":[{"text":"Hi"}]}]"#)]
            }
        let kept = own.filter { !members.hasPrefix($0.0) }.map { "\($0.0):\($0.1)" }
        return "{" + (kept + [members]).joined(separator: ",") + "}"
    }

    private static func turn(_ part: String) -> String {
        #""messages":[{"role":"user","content":["# + part + "]}]"
    }

    static let openAI: [RefusalCase] = [
        Self(.openAI, #""logprobs":true"#, [.anthropic, .gemini], "logprobs"),
        Self(.openAI, #""top_logprobs":3"#, [.anthropic, .gemini], "top_logprobs"),
        Self(.openAI, #""n":2"#, [.anthropic, .gemini], "n"),
        Self(.openAI, #""logit_bias":{"50256":-100}"#, [.anthropic, .gemini], "logit_bias"),
        Self(.openAI, #""modalities":["text","audio"]"#, [.anthropic, .gemini], "modalities"),
        Self(.openAI, #""verbosity":"low""#, [.anthropic, .gemini], "verbosity"),
        Self(.openAI, #""store":true"#, [.anthropic, .gemini], "store"),
        Self(.openAI, #""web_search_options":{}"#, [.anthropic, .gemini], "web_search_options"),
        Self(.openAI, #""functions":[{"name":"f"}]"#, [.anthropic, .gemini], "functions"),
        Self(.openAI, #""brand_new":1"#, [.anthropic, .gemini], "brand_new"),
        Self(.openAI, #""seed":1"#, [.anthropic], "seed"),
        Self(.openAI, #""presence_penalty":0.1"#, [.anthropic], "presence_penalty"),
        Self(.openAI, #""temperature":1.5"#, [.anthropic], "temperature"),
        Self(.openAI, #""temperature":2.5"#, [.anthropic, .gemini], "temperature"),
        Self(.openAI, #""service_tier":"priority""#, [.anthropic], "service_tier"),
        Self(.openAI, #""service_tier":"scale""#, [.anthropic, .gemini], "service_tier"),
        Self(.openAI, #""response_format":{"type":"json_object"}"#, [.anthropic], "response_format"),
        Self(.openAI, #""tools":[{"type":"custom","custom":{"name":"x"}}]"#, [.anthropic, .gemini], "tools[0].type"),
        Self(
            .openAI, #""tools":[{"type":"function","function":{"name":"f"}}],"parallel_tool_calls":false"#, [.gemini],
            "parallel_tool_calls"),
        Self(
            .openAI,
            #""tool_choice":{"type":"allowed_tools","allowed_tools":{"mode":"auto","tools":[]}}"#,
            [.anthropic, .gemini], "tool_choice.type"),
        Self(
            .openAI, turn(#"{"type":"input_audio","input_audio":{"data":"","format":"wav"}}"#), [.anthropic, .gemini],
            "messages[0].content[0]"),
        Self(
            .openAI, turn(#"{"type":"file","file":{"file_id":"f"}}"#), [.anthropic, .gemini], "messages[0].content[0]"),
        Self(
            .openAI, turn(#"{"type":"image_url","image_url":{"url":"https://a.b/c.png","detail":"low"}}"#),
            [.anthropic, .gemini], "messages[0].content[0].image_url.detail"),
        Self(
            .openAI, turn(#"{"type":"image_url","image_url":{"url":"https://a.b/picture"}}"#), [.gemini], "messages[0]"),
        Self(
            .openAI, turn(#"{"type":"image_url","image_url":{"url":"data:image/gif;base64,AA=="}}"#), [.gemini],
            "messages[0]"),
        Self(
            .openAI,
            #""messages":[{"role":"user","content":"Hi"},{"role":"system","content":"Now"},{"role":"user","content":"?"}]"#,
            [.anthropic, .gemini], "messages[1]"),
        Self(
            .openAI, #""messages":[{"role":"user","name":"Bob","content":"Hi"}]"#, [.anthropic, .gemini],
            "messages[0].name"),
        Self(
            .openAI, #""messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"I"}]"#,
            [.anthropic, .gemini], "messages[1]"),
        Self(.openAI, #""messages":[{"role":"user","content":""}]"#, [.anthropic, .gemini], "messages[0]"),
    ]

    static let others: [RefusalCase] = [
        Self(.anthropic, #""top_k":5"#, [.openAI], "top_k"),
        Self(.anthropic, #""container":"c""#, [.openAI, .gemini], "container"),
        Self(.anthropic, #""mcp_servers":[{"url":"u"}]"#, [.openAI, .gemini], "mcp_servers"),
        Self(.anthropic, #""inference_geo":"eu""#, [.openAI, .gemini], "inference_geo"),
        Self(.anthropic, #""speed":"fast""#, [.openAI, .gemini], "speed"),
        Self(.anthropic, #""max_tokens":0"#, [.openAI, .gemini], "max_tokens"),
        Self(.anthropic, #""thinking":{"type":"enabled","budget_tokens":2000}"#, [.openAI], "thinking"),
        Self(.anthropic, #""thinking":{"type":"between_tools"}"#, [.openAI, .gemini], "thinking.type"),
        Self(
            .anthropic, #""tools":[{"type":"web_search_20250305","name":"web_search"}]"#, [.openAI, .gemini],
            "tools[0].type"),
        Self(
            .anthropic, #""tools":[{"name":"f","input_schema":{},"input_examples":[{}]}]"#, [.openAI, .gemini],
            "tools[0].input_examples"),
        Self(
            .anthropic, turn(#"{"type":"document","source":{"type":"text","data":"x"}}"#), [.openAI, .gemini],
            "messages[0].content[0]"),
        Self(
            .anthropic, turn(#"{"type":"image","source":{"type":"file","file_id":"f"}}"#), [.openAI, .gemini],
            "messages[0].content[0].source"),
        Self(
            .anthropic, turn(#"{"type":"text","text":"a","citations":[{"type":"char_location"}]}"#),
            [.openAI, .gemini],
            "messages[0].content[0].citations"),
        Self(.anthropic, #""stop_sequences":["1","2","3","4","5"]"#, [.openAI], "stop_sequences"),
        Self(
            .anthropic,
            #""messages":[{"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":"x"}]}]"#,
            [.gemini], "messages[0]"),
        Self(
            .gemini, #""safetySettings":[{"category":"c","threshold":"t"}]"#, [.openAI, .anthropic], "safetySettings"),
        Self(.gemini, #""cached_content":"cachedContents/1""#, [.openAI, .anthropic], "cached_content"),
        Self(.gemini, #""tools":[{"google_search":{}}]"#, [.openAI, .anthropic], "tools[0].google_search"),
        Self(.gemini, #""tools":[{"codeExecution":{}}]"#, [.openAI, .anthropic], "tools[0].codeExecution"),
        Self(
            .gemini, #""generationConfig":{"candidateCount":2}"#, [.openAI, .anthropic],
            "generationConfig.candidateCount"),
        Self(
            .gemini, #""generationConfig":{"responseLogprobs":true}"#, [.openAI, .anthropic],
            "generationConfig.responseLogprobs"),
        Self(
            .gemini, #""generationConfig":{"responseModalities":["AUDIO"]}"#, [.openAI, .anthropic],
            "generationConfig.responseModalities"),
        Self(
            .gemini, #""generationConfig":{"responseMimeType":"text/x.enum"}"#, [.openAI, .anthropic],
            "generationConfig.responseMimeType"),
        Self(
            .gemini, #""generationConfig":{"responseMimeType":"application/json"}"#, [.anthropic],
            "generationConfig.responseMimeType"),
        Self(.gemini, #""generationConfig":{"seed":3}"#, [.anthropic], "generationConfig.seed"),
        Self(.gemini, #""generationConfig":{"topK":3}"#, [.openAI], "generationConfig.topK"),
        Self(
            .gemini, #""generationConfig":{"thinkingConfig":{"thinkingBudget":512}}"#, [.openAI, .anthropic],
            "generationConfig.thinkingConfig.thinkingBudget"),
        Self(
            .gemini, #""contents":[{"parts":[{"inlineData":{"mimeType":"audio/wav","data":"AA=="}}]}]"#,
            [.openAI, .anthropic], "contents[0].parts[0].inlineData"),
        Self(
            .gemini, #""contents":[{"parts":[{"fileData":{"fileUri":"gs://b/c.png","mimeType":"image/png"}}]}]"#,
            [.openAI, .anthropic], "contents[0].parts[0].fileData"),
        Self(
            .gemini, #""contents":[{"parts":[{"executableCode":{"code":"1"}}]}]"#, [.openAI, .anthropic],
            "contents[0].parts[0].executableCode"),
    ]
}

@Suite("What cannot be translated")
struct RefusalTests {
    @Test("It is refused by its path, not dropped", arguments: RefusalCase.openAI + RefusalCase.others)
    func refused(_ refusal: RefusalCase) throws {
        for family in refusal.targets {
            let problem = Translating.problem {
                _ = try Translating.request(
                    refusal.body, from: refusal.family, to: Translating.target(family, limit: 4000))
            }
            #expect(problem?.path == refusal.path, "to \(family)")
            #expect(problem?.kind != .upstream)
        }
        for family in Translating.families where family != refusal.family && !refusal.targets.contains(family) {
            #expect(throws: Never.self) {
                try Translating.request(refusal.body, from: refusal.family, to: Translating.target(family))
            }
        }
    }

    @Test("A plain request is translated each way", arguments: Translating.ways)
    func plain(_ way: Translating.Way) throws {
        let plain = RefusalCase(way.from, way.from == .gemini ? #""labels":{}"# : #""stream":false"#, [], "")
        let body = try Translating.request(plain.body, from: way.from, to: Translating.target(way.to)).body
        #expect(String(decoding: body, as: UTF8.self).contains("Hi"))
    }

    @Test("Anthropic's API needs a limit of the output, and newer models no sampling")
    func targets() throws {
        let chat = #"{"model":"m","temperature":0.5,"messages":[{"role":"user","content":"Hi"}]}"#
        let unlimited = Translating.problem {
            _ = try Translating.request(chat, from: .openAI, to: Translating.target(.anthropic, limit: nil))
        }
        #expect(unlimited?.path == "max_tokens" && unlimited?.kind == .unsupported)
        var target = Translating.target(.anthropic)
        target.acceptsSampling = false
        let sampled = Translating.problem { _ = try Translating.request(chat, from: .openAI, to: target) }
        #expect(sampled?.path == "temperature")
        let plain = chat.replacing("0.5", with: "1")
        let found = try JSONValue.parse(Translating.request(plain, from: .openAI, to: target).body)
        #expect(found["temperature"] == nil)
    }

    @Test("What the caller is told")
    func told() {
        let problem = Translating.problem {
            _ = try Translating.request(
                RefusalCase(.openAI, #""n":2"#, [], "").body, from: .openAI, to: Translating.target(.gemini))
        }
        let error = problem?.callerError
        #expect(error?.status == 400 && error?.code == "translation_unsupported" && error?.parameter == "n")
        #expect(error?.message.contains("ask several times") == true)
    }
}
