import Domain
import JSONScan

/// Thoughts in Gemini's parts. Those of other providers' models carry their signature in Gemini's, marked as theirs.
enum GeminiThought {
    /// What Google's documentation has for calls that another model made: it skips the check of the signature.
    static let unsigned = "skip_thought_signature_validator"
    private static let signed = "anthropic:"
    private static let redacted = "anthropic-redacted:"

    static func thought(_ text: String, signature: String?) -> ChatThought {
        guard let signature, let mark = decoded(signature) else { return ChatThought(text, family: .gemini) }
        if mark.hasPrefix(signed) {
            return ChatThought(text, signature: String(mark.dropFirst(signed.count)), family: .anthropic)
        }
        if mark.hasPrefix(redacted) {
            return ChatThought("", redacted: String(mark.dropFirst(redacted.count)), family: .anthropic)
        }
        return ChatThought(text, family: .gemini)
    }

    /// The signature that a caller of Gemini's API is given for a thought; `nil` where there is none.
    static func signature(of thought: ChatThought) -> String? {
        guard thought.family == .anthropic else { return nil }
        if let redacted = thought.redacted { return Base64.encode(Array((Self.redacted + redacted).utf8)) }
        return thought.signature.map { Base64.encode(Array((signed + $0).utf8)) }
    }

    /// The part of a thought that an answer shows.
    static func part(of thought: ChatThought) -> JSONValue {
        .members([
            "text": .string(thought.text), "thought": .bool(true),
            "thoughtSignature": signature(of: thought).map(JSONValue.string),
        ])
    }

    private static func decoded(_ base64: String) -> String? {
        var bytes: [UInt8] = []
        guard Base64.decode(Array(base64.utf8)[...], into: &bytes) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// Results of calls, which are objects with Gemini and texts with the others.
enum GeminiResult {
    /// An object with nothing but `output` or `error` is a text; any other is given as its JSON.
    static func result(of response: JSONValue, callID: String) -> ChatToolResult {
        if response.members.count == 1, let member = response.members.first, case .string(let text) = member.value {
            if member.key == "output" { return ChatToolResult(callID: callID, parts: [.text(text)]) }
            if member.key == "error" { return ChatToolResult(callID: callID, parts: [.text(text)], isError: true) }
        }
        let text = response.members.isEmpty ? "" : response.compactText
        return ChatToolResult(callID: callID, parts: text.isEmpty ? [] : [.text(text)])
    }

    /// The object of some texts. A single text that is an object itself is given as that object.
    static func response(of texts: [String], isError: Bool) -> JSONValue {
        let text = texts.joined(separator: "\n")
        if isError { return .members(["error": .string(text)]) }
        if texts.count == 1, let object = JSONValue.object(from: text), !object.members.isEmpty,
            object["output"] == nil, object["error"] == nil
        {
            return object
        }
        return texts.isEmpty ? .object([]) : .members(["output": .string(text)])
    }
}
