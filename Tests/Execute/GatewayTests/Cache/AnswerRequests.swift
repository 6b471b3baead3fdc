import Domain
import Gateway
import Prompts
import Providers

/// Requests to read identities of.
enum AnswerRequests {
    static let key = PromptKey(secret: Array("a secret of the tests".utf8))

    /// The identity of a body.
    static func identity(
        _ body: String, _ surface: APISurface, outside: [String] = [], key: PromptKey = key
    ) -> AnswerIdentity? {
        Array(body.utf8).withUnsafeBufferPointer {
            AnswerIdentityReader().read($0, surface: surface, outside: outside, key: key)
        }
    }

    /// A request of an API, as its members: the keys and their values in JSON.
    static func members(_ surface: APISurface) -> [(key: String, value: String)] {
        switch surface {
        case .chatCompletions:
            [
                ("model", #""gpt-4o""#),
                (
                    "messages",
                    #"[{"role":"system","content":"Be brief."},{"role":"user","content":[{"type":"text","text":"What is this?"},{"type":"image_url","image_url":{"url":"https://a.example/1.png"}}]},{"role":"assistant","tool_calls":[{"id":"c","function":{"name":"f","arguments":"{}"}}]},{"role":"tool","tool_call_id":"c","content":"Rain"}]"#
                ),
                ("temperature", "0"), ("max_tokens", "10"),
                ("tools", #"[{"type":"function","function":{"name":"f"}}]"#),
            ]
        case .completions: [("model", #""m""#), ("prompt", #""Once upon""#), ("temperature", "0")]
        case .responses:
            [
                ("model", #""gpt-4o""#), ("instructions", #""Be brief.""#),
                ("input", #"[{"role":"user","content":[{"type":"input_text","text":"Hello there"}]}]"#),
                ("temperature", "0"),
            ]
        case .messages:
            [
                ("model", #""claude""#), ("max_tokens", "10"), ("system", #"[{"type":"text","text":"Be brief."}]"#),
                (
                    "messages",
                    #"[{"role":"user","content":"Hello there"},{"role":"assistant","content":[{"type":"tool_use","id":"t","name":"f","input":{"a":1}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":[{"type":"text","text":"Rain"}]}]}]"#
                ),
                ("temperature", "0"), ("tools", #"[{"name":"f","input_schema":{"type":"object"}}]"#),
            ]
        case .generateContent:
            [
                ("contents", #"[{"role":"user","parts":[{"text":"Hello there"}]}]"#),
                ("systemInstruction", #"{"parts":[{"text":"Be brief."}]}"#),
                ("generationConfig", #"{"temperature":0.0,"maxOutputTokens":10}"#),
            ]
        case .embeddings: [("model", #""e""#), ("input", #"["Hello there"]"#)]
        default: [("content", #"{"parts":[{"text":"Hello there"}]}"#)]
        }
    }

    /// A body of members.
    static func body(_ members: [(key: String, value: String)]) -> String {
        "{" + members.map { "\"\($0.key)\":\($0.value)" }.joined(separator: ",") + "}"
    }

    /// The request of an API with a member set, or added.
    static func body(_ surface: APISurface, setting key: String, to value: String) -> String {
        var members = members(surface).filter { $0.key != key }
        members.append((key, value))
        return body(members)
    }

    /// The request of an API with some of its bytes replaced.
    static func body(_ surface: APISurface, replacing part: String, by other: String) -> String {
        body(members(surface)).replacing(part, with: other)
    }
}
