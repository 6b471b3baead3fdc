import Domain
import Gateway
import Prompts
import Providers
import Testing

@Suite("Identities of answers")
struct AnswerIdentityTests {
    private typealias Requests = AnswerRequests

    private static let shared: [APISurface] = [
        .chatCompletions, .completions, .responses, .embeddings, .messages, .generateContent, .geminiEmbeddings,
    ]

    /// Everything that changes an answer, each changed alone.
    private static let changes: [(APISurface, String, String)] = [
        (.chatCompletions, "model", #""gpt-4o-mini""#), (.chatCompletions, "temperature", "0.1"),
        (.chatCompletions, "max_tokens", "11"), (.chatCompletions, "max_completion_tokens", "10"),
        (.chatCompletions, "top_p", "0.5"), (.chatCompletions, "n", "2"), (.chatCompletions, "seed", "7"),
        (.chatCompletions, "stop", #"["x"]"#), (.chatCompletions, "stop", #"["X"]"#),
        (.chatCompletions, "logit_bias", #"{"50256":-100}"#), (.chatCompletions, "logprobs", "true"),
        (.chatCompletions, "top_logprobs", "3"), (.chatCompletions, "presence_penalty", "1"),
        (.chatCompletions, "frequency_penalty", "1"), (.chatCompletions, "reasoning_effort", #""high""#),
        (.chatCompletions, "verbosity", #""low""#), (.chatCompletions, "modalities", #"["text","audio"]"#),
        (.chatCompletions, "audio", #"{"voice":"a"}"#), (.chatCompletions, "prediction", #"{"type":"content"}"#),
        (.chatCompletions, "response_format", #"{"type":"json_object"}"#),
        (.chatCompletions, "response_format", #"{"type":"json_schema","json_schema":{"name":"a"}}"#),
        (.chatCompletions, "tools", "[]"),
        (.chatCompletions, "tools", #"[{"type":"function","function":{"name":"F"}}]"#),
        (.chatCompletions, "tools", #"[{"type":"function","function":{"name":"f","cache_control":{}}}]"#),
        (.chatCompletions, "tool_choice", #""none""#), (.chatCompletions, "parallel_tool_calls", "false"),
        (.chatCompletions, "functions", #"[{"name":"g"}]"#), (.chatCompletions, "function_call", #""none""#),
        (.chatCompletions, "web_search_options", "{}"), (.chatCompletions, "top_k", "5"),
        (.chatCompletions, "messages", #"[{"role":"user","content":"What is this?"}]"#),
        (.chatCompletions, "anything_new", "1"),
        (.completions, "prompt", #""Once upon ""#), (.completions, "suffix", #""end""#), (.completions, "echo", "true"),
        (.completions, "best_of", "2"), (.completions, "max_tokens", "3"), (.completions, "stop", #""x""#),
        (.responses, "instructions", #""Be long.""#), (.responses, "max_output_tokens", "4"),
        (.responses, "text", #"{"format":{"type":"json_object"}}"#), (.responses, "include", #"["x"]"#),
        (.responses, "reasoning", #"{"effort":"low"}"#), (.responses, "truncation", #""auto""#),
        (.responses, "max_tool_calls", "1"), (.responses, "tools", #"[{"type":"function","name":"f"}]"#),
        (.responses, "input", #""Hello there""#), (.responses, "store", "false"), (.responses, "user", #""u""#),
        (.responses, "metadata", #"{"a":"b"}"#), (.responses, "prompt_cache_key", #""k""#),
        (.embeddings, "dimensions", "256"), (.embeddings, "encoding_format", #""base64""#),
        (.embeddings, "input", #"["hello there"]"#), (.embeddings, "input", #""Hello there""#),
        (.messages, "max_tokens", "11"), (.messages, "top_k", "4"), (.messages, "top_p", "0.4"),
        (.messages, "stop_sequences", #"["x"]"#), (.messages, "thinking", #"{"type":"enabled","budget_tokens":1024}"#),
        (.messages, "tool_choice", #"{"type":"any"}"#), (.messages, "context_management", #"{"edits":[]}"#),
        (.messages, "output_config", #"{"effort":"low"}"#), (.messages, "inference_geo", #""eu""#),
        (.messages, "system", #""Be brief.""#),
        (.messages, "tools", #"[{"name":"f","input_schema":{"type":"object","cache_control":{}}}]"#),
        (.messages, "tools", #"[{"name":"f","description":"d","input_schema":{"type":"object"}}]"#),
        (.generateContent, "generationConfig", #"{"temperature":0.0,"maxOutputTokens":11}"#),
        (.generateContent, "generationConfig", #"{"temperature":0.0,"maxOutputTokens":10,"responseMimeType":"a/b"}"#),
        (.generateContent, "generationConfig", #"{"temperature":0.0,"maxOutputTokens":10,"stopSequences":["x"]}"#),
        (.generateContent, "tools", #"[{"functionDeclarations":[{"name":"f"}]}]"#),
        (.generateContent, "toolConfig", #"{"functionCallingConfig":{"mode":"ANY"}}"#),
        (.generateContent, "safetySettings", #"[{"category":"x"}]"#),
        (.generateContent, "systemInstruction", #"{"parts":[{"text":"Be long."}]}"#),
        (.geminiEmbeddings, "taskType", #""RETRIEVAL_QUERY""#), (.geminiEmbeddings, "outputDimensionality", "256"),
    ]

    @Test("Each parameter that changes the answer, changed alone, makes it another", arguments: changes)
    func parameters(surface: APISurface, key: String, value: String) throws {
        let plain = try #require(Requests.identity(Requests.body(Requests.members(surface)), surface))
        let changed = try #require(Requests.identity(Requests.body(surface, setting: key, to: value), surface))
        #expect(changed.exact != plain.exact)
        #expect(changed.normalised != plain.normalised)
    }

    @Test(
        "What is said, shown or returned differently makes another answer",
        arguments: [
            (APISurface.chatCompletions, "Be brief.", "Be brief!"), (.chatCompletions, "What is this", "What was this"),
            (.chatCompletions, "1.png", "2.png"), (.chatCompletions, "Rain", "rain"),
            (.chatCompletions, #""role":"system""#, #""role":"user""#), (.chatCompletions, #""id":"c""#, #""id":"d""#),
            (.chatCompletions, #"arguments":"{}""#, #"arguments":"{ }""#), (.responses, "Hello there", "Hello, there"),
            (.responses, "input_text", "output_text"), (.messages, "Rain", "rain"), (.messages, #""a":1"#, #""a":2"#),
            (.messages, #""a":1"#, #""a":1,"cache_control":{}"#), (.messages, "Be brief.", "Be brief, or not."),
            (.generateContent, "Hello there", "Hello you"), (.generateContent, #""role":"user""#, #""role":"model""#),
            (.geminiEmbeddings, "Hello", "hello"),
        ])
    func contents(surface: APISurface, part: String, other: String) throws {
        let plain = try #require(Requests.identity(Requests.body(Requests.members(surface)), surface))
        let changed = try #require(
            Requests.identity(Requests.body(surface, replacing: part, by: other), surface))
        #expect(changed.exact != plain.exact && changed.normalised != plain.normalised)
    }

    @Test("Members that change no answer count for nothing, with a reason each", arguments: shared)
    func leftOut(surface: APISurface) throws {
        let rules = try #require(AnswerRules.of(surface))
        let plain = try #require(Requests.identity(Requests.body(Requests.members(surface)), surface))
        for (key, reason) in rules.leftOut {
            #expect(!reason.isEmpty)
            for value in ["true", #"{"include_usage":true}"#, #""x""#] {
                let found = try #require(
                    Requests.identity(Requests.body(surface, setting: key, to: value), surface), "\(key)")
                #expect(found.exact == plain.exact && found.normalised == plain.normalised, "\(key)")
                #expect(found.streams == (key == "stream" && value == "true"))
            }
        }
        #expect(!plain.streams)
    }

    @Test("What depends on the provider's memory is nobody else's", arguments: shared)
    func unshared(surface: APISurface) throws {
        for (key, reason) in try #require(AnswerRules.of(surface)).unshared {
            #expect(!reason.isEmpty)
            #expect(Requests.identity(Requests.body(surface, setting: key, to: #""x""#), surface) == nil, "\(key)")
            #expect(Requests.identity(Requests.body(surface, setting: key, to: "null"), surface) != nil, "\(key)")
        }
    }

    @Test(
        "APIs without answers to share", arguments: [APISurface.models, .countTokens, .files, .batches, .other])
    func others(surface: APISurface) { #expect(Requests.identity(#"{"model":"m"}"#, surface) == nil) }

    @Test(
        "What can be read in two ways, or in none, is not shared",
        arguments: [
            "", "{}", "[]", "null", #"{"model":"a","model":"b"}"#, #"{"top_p":1,"x":2,"top\u005fp":0}"#, #"{"a":1}}"#,
            #"{"a":1} {"b":2}"#, #"{"a" 1}"#, #"{"messages":[{"role":"user","content":}]}"#, #"{"a":[1,2}"#, #"{"a":"#,
            #"{"messages":[{"role" "user"}]}"#,
        ])
    func damaged(body: String) { #expect(Requests.identity(body, .chatCompletions) == nil) }

    @Test("Hints to the provider's prompt cache count for nothing where they stand by its rules")
    func cacheMarks() throws {
        let plain = try #require(Requests.identity(Requests.body(Requests.members(.messages)), .messages))
        var members = Requests.members(.messages)
        let mark = #""cache_control":{"type":"ephemeral"}"#
        members[2].value = #"[{"type":"text","text":"Be brief.",\#(mark)}]"#
        members[3].value.replace(#""text":"Rain"}"#, with: #""text":"Rain",\#(mark)}"#)
        members[3].value.replace(#""input":{"a":1}}"#, with: #""input":{"a":1},\#(mark)}"#)
        members[5].value.replace(#"{"name":"f","#, with: #"{\#(mark),"name":"f","#)
        let marked = try #require(Requests.identity(Requests.body(members), .messages))
        #expect(marked == plain)
    }

    @Test("Folding case and white space reaches what is said, and nothing else", arguments: shared)
    func folding(surface: APISurface) throws {
        let plain = try #require(Requests.identity(Requests.body(Requests.members(surface)), surface))
        var body = Requests.body(Requests.members(surface))
        body.replace("Be brief.", with: #"  be\tBRIEF. "#)
        body.replace("Hello there", with: #"hello\n\n\u0054here"#)
        body.replace("What is this?", with: "WHAT  IS this?")
        body.replace("Once upon", with: "once  upon")
        let shouted = try #require(Requests.identity(body, surface))
        let hasWords = [.chatCompletions, .responses, .messages, .generateContent].contains(surface)
        #expect(shouted.exact != plain.exact)
        #expect((shouted.normalised == plain.normalised) == hasWords)
        #expect((plain.normalised == plain.exact) == !hasWords)
    }

    @Test("Words cannot pass for the structure around them")
    func confusion() throws {
        let bodies = [
            #"{"messages":[{"role":"user","content":"a"},{"role":"user","content":"b"}]}"#,
            #"{"messages":[{"role":"user","content":"a\"},{\"role\":\"user\",\"content\":\"b"}]}"#,
            #"{"messages":[{"role":"user","content":"a\",},{\"role\":\"user\",\"content\":\u0001\u0001\u0000\u0000\u0000b"}]}"#,
            #"{"messages":[{"role":"user","content":"a b"}]}"#, #"{"messages":[{"role":"user","content":["a b"]}]}"#,
            #"{"x":[1 2]}"#, #"{"x":[12]}"#, #"{"x":["a" "b"]}"#, #"{"x":["a""b"]}"#, #"{"a":1,"b":2}"#,
            #"{"a":1,"b2":null}"#,
        ]
        let found = try bodies.map { try #require(Requests.identity($0, .chatCompletions)) }
        #expect(Set(found.map(\.exact)).count == bodies.count)
        #expect(Set(found.map(\.normalised)).count == bodies.count)
    }

    @Test("The API, what headers turn on, and the key are part of it")
    func context() throws {
        let body = #"{"model":"m","messages":[{"role":"user","content":"x"}]}"#
        let found = [
            Requests.identity(body, .chatCompletions), Requests.identity(body, .messages),
            Requests.identity(body, .chatCompletions, outside: ["2024-10-21"]),
            Requests.identity(body, .chatCompletions, outside: ["2024-10-", "21"]),
            Requests.identity(body, .chatCompletions, key: PromptKey(secret: Array("another secret of ours".utf8))),
        ]
        #expect(Set(found.map { $0?.exact }).count == 5 && Set(found.map { $0?.normalised }).count == 5)
    }

    @Test(
        "Chance and tools are seen",
        arguments: [
            (APISurface.chatCompletions, #"{"temperature":0}"#, false, false, false),
            (.chatCompletions, #"{"temperature": 0.00e3 }"#, false, false, false),
            (.chatCompletions, #"{"temperature":null}"#, true, false, false),
            (.chatCompletions, #"{"x":1}"#, true, false, false),
            (.chatCompletions, #"{"temperature":"0"}"#, true, false, false),
            (.chatCompletions, #"{"tools":[{}],"temperature":1}"#, true, true, false),
            (.chatCompletions, #"{"tools":[ ],"web_search_options":{}}"#, true, false, true),
            (.messages, #"{"tools":[{"type":"web_search_20250305"}]}"#, true, true, true),
            (.generateContent, #"{"generationConfig":{"topK":1,"temperature":0}}"#, false, false, false),
            (.generateContent, #"{"generationConfig":{},"tools":[{"googleSearch":{}}]}"#, true, true, true),
            (.embeddings, #"{"input":"x"}"#, false, false, false),
        ])
    func chance(surface: APISurface, body: String, isSampled: Bool, hasTools: Bool, hasServerTools: Bool) throws {
        let found = try #require(Requests.identity(body, surface))
        #expect(found.isSampled == isSampled && found.hasTools == hasTools && found.hasServerTools == hasServerTools)
    }

    @Test("Long bodies are not folded, and still have both identities")
    func long() throws {
        func identity(_ word: String) throws -> AnswerIdentity {
            let text = String(repeating: word, count: AnswerIdentityReader.longestFolded / 4)
            return try #require(
                Requests.identity(#"{"messages":[{"role":"user","content":"\#(text)"}]}"#, .chatCompletions))
        }
        let (small, large) = (try identity("word"), try identity("Word"))
        #expect(small.normalised == small.exact && small.normalised != large.normalised)
    }
}
