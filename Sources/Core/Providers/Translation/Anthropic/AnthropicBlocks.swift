import JSONScan

/// Blocks of Anthropic's content that stand in other formats as well.
enum AnthropicBlocks {
    /// A block of thinking, plain or encrypted.
    static func thought(
        _ value: JSONValue, at path: String, _ notes: inout [TranslationNote]
    ) throws(TranslationProblem) -> ChatThought {
        var block = try ObjectReader(value, at: path)
        let thought: ChatThought
        switch try block.requiredText("type") {
        case "thinking":
            let signature = try block.text("signature") ?? ""
            thought = ChatThought(
                try block.text("thinking") ?? "", signature: signature.isEmpty ? nil : signature, family: .anthropic)
        case "redacted_thinking":
            thought = ChatThought("", redacted: try block.requiredText("data"), family: .anthropic)
        default: throw .malformed(block.path(of: "type"), "has to be thinking or redacted_thinking.")
        }
        try block.finish(FieldRules(harmless: ["cache_control": FieldRules.cacheMark]), &notes)
        return thought
    }

    /// The block of a thought.
    static func block(of thought: ChatThought) -> JSONValue {
        if let redacted = thought.redacted {
            return .members(["type": .string("redacted_thinking"), "data": .string(redacted)])
        }
        return .members([
            "type": .string("thinking"), "thinking": .string(thought.text),
            "signature": .string(thought.signature ?? ""),
        ])
    }
}
