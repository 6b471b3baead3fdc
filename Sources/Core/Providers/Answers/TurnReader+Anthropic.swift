import JSONScan

extension TurnReader {
    /// Reads Anthropic's messages.
    mutating func readMessages(_ body: JSONValue) throws(NoText) {
        if !Self.isMissing(body["system"]) { add(.system, try Self.texts(body["system"], ["text": "text"])) }
        for message in try Self.elements(body["messages"]) {
            let message = try Self.object(message)
            let role = message["role"]?.text
            guard let speaker = role.flatMap({ ConversationTurn.Speaker(rawValue: $0) }), speaker != .tool else {
                throw NoText()
            }
            if case .string(let text) = message["content"] {
                add(speaker, [text])
            } else {
                try read(blocks: Self.elements(message["content"]), speaker)
            }
        }
    }

    /// Results of calls stand in a user's turn; they are turns of their own.
    private mutating func read(
        blocks: [JSONValue], _ speaker: ConversationTurn.Speaker
    ) throws(NoText) {
        var texts: [String] = []
        for block in blocks {
            let block = try Self.object(block)
            switch block["type"]?.text {
            case "text": texts.append(try Self.text(block["text"]))
            case "tool_use": texts.append(try Self.call(block["name"], block["input"]))
            case "tool_result":
                let content = Self.isMissing(block["content"]) ? [] : try Self.texts(block["content"], ["text": "text"])
                add(.tool, block["is_error"]?.isTrue ?? false ? ["Error:"] + content : content)
            case "thinking", "redacted_thinking": continue
            default: throw NoText()
            }
        }
        if !texts.isEmpty { add(speaker, texts) }
    }
}
