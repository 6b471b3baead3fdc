import JSONScan

extension TurnReader {
    /// Reads Gemini's contents. Google takes keys of several words in both spellings.
    mutating func readContents(_ body: JSONValue) throws(NoText) {
        try Self.refuse(["cachedContent", "cached_content"], in: body)
        let instructions = ["systemInstruction", "system_instruction"].filter { !Self.isMissing(body[$0]) }
        guard instructions.count <= 1 else { throw NoText() }
        if let key = instructions.first { try read(content: body[key], .system) }
        for content in try Self.elements(body["contents"]) {
            switch content["role"]?.text {
            case nil, "user", "function": try read(content: content, .user)
            case "model": try read(content: content, .assistant)
            default: throw NoText()
            }
        }
    }

    private mutating func read(content: JSONValue?, _ speaker: ConversationTurn.Speaker) throws(NoText) {
        let content = try Self.object(content)
        var texts: [String] = []
        for part in try Self.elements(content["parts"]) {
            let part = try Self.object(part)
            if part["thought"]?.isTrue ?? false { continue }
            let more = part.members.filter {
                !["text", "thoughtSignature", "thought_signature", "thought"].contains($0.key)
            }
            switch (part["text"], more.first?.key, more.count) {
            case (let text?, nil, _): texts.append(try Self.text(text))
            case (nil, "functionCall", 1), (nil, "function_call", 1):
                texts.append(try Self.call(more[0].value["name"], more[0].value["args"]))
            case (nil, "functionResponse", 1), (nil, "function_response", 1):
                try Self.refuse(["parts"], in: more[0].value)
                add(.tool, [(more[0].value["response"] ?? .object([])).compactText])
            default: throw NoText()
            }
        }
        if !texts.isEmpty { add(speaker, texts) }
    }
}
