import JSONScan

extension AnthropicRequestReader {
    mutating func readMessages(
        _ fields: inout ObjectReader, _ request: inout ChatRequest
    ) throws(TranslationProblem) {
        guard let messages = try fields.array("messages"), !messages.isEmpty else {
            throw .malformed("messages", "is missing or empty.")
        }
        for (value, path) in messages {
            var message = try ObjectReader(value, at: path)
            let role = try message.requiredText("role")
            let parts = try readContent(&message, "content")
            switch role {
            case "user": request.messages += ChatMessage.userTurns(of: parts, at: path)
            case "assistant": request.messages.append(ChatMessage(.assistant, parts, at: path))
            case "system": request.messages.append(ChatMessage(.system, parts, at: path))
            default: throw .malformed(message.path(of: "role"), "has to be user or assistant.")
            }
            try message.finish(AnthropicRules.message, &notes)
        }
    }

    private mutating func readContent(
        _ fields: inout ObjectReader, _ key: String
    ) throws(TranslationProblem) -> [ChatPart] {
        guard let content = fields.value(key) else { throw .malformed(fields.path(of: key), "is missing.") }
        if case .string(let text) = content { return [.text(text)] }
        let blocks = try ObjectReader.elements(of: content, at: fields.path(of: key))
        guard !blocks.isEmpty else { throw .malformed(fields.path(of: key), "is empty.") }
        var parts: [ChatPart] = []
        for (value, path) in blocks { parts.append(try readBlock(value, at: path)) }
        return parts
    }

    mutating func readBlock(_ value: JSONValue, at path: String) throws(TranslationProblem) -> ChatPart {
        var block = try ObjectReader(value, at: path)
        let type = try block.requiredText("type")
        let part: ChatPart
        switch type {
        case "text": part = .text(try block.text("text") ?? "")
        case "image": part = .image(try readImage(&block))
        case "tool_use": part = .toolCall(try readCall(&block))
        case "tool_result": part = .toolResult(try readResult(&block))
        case "thinking", "redacted_thinking": return .thought(try AnthropicBlocks.thought(value, at: path, &notes))
        case "document", "search_result", "container_upload":
            throw .unsupported(path, "is a \(type), which cannot be translated; send its text.")
        default: throw .unsupported(block.path(of: "type"), "is a kind of block that only Anthropic has.")
        }
        try block.finish(AnthropicRules.block, &notes)
        return part
    }

    private mutating func readImage(_ block: inout ObjectReader) throws(TranslationProblem) -> ChatImage {
        guard var source = try block.object("source") else { throw .malformed(block.path(of: "source"), "is missing.") }
        let image: ChatImage
        switch try source.requiredText("type") {
        case "base64":
            image = .data(
                mediaType: try source.requiredText("media_type"), base64: try source.requiredText("data"))
        case "url": image = try ImageTypes.image(of: try source.requiredText("url"), at: source.path(of: "url"))
        default: throw .unsupported(source.path, "is a file at Anthropic; send the image itself.")
        }
        try source.finish(.none, &notes)
        return image
    }

    private func readCall(_ block: inout ObjectReader) throws(TranslationProblem) -> ChatToolCall {
        let (id, signature) = ToolCallID.split(try block.requiredText("id"))
        let name = try block.requiredText("name")
        let input = block.value("input") ?? .object([])
        _ = try ObjectReader(input, at: block.path(of: "input"))
        return ChatToolCall(id: id, name: name, arguments: input, signature: signature)
    }

    private mutating func readResult(_ block: inout ObjectReader) throws(TranslationProblem) -> ChatToolResult {
        let id = ToolCallID.split(try block.requiredText("tool_use_id")).id
        let isError = try block.flag("is_error")?.value ?? false
        guard let content = block.value("content") else {
            return ChatToolResult(callID: id, parts: [], isError: isError)
        }
        if case .string(let text) = content {
            return ChatToolResult(callID: id, parts: [.text(text)], isError: isError)
        }
        var parts: [ChatPart] = []
        for (value, path) in try ObjectReader.elements(of: content, at: block.path(of: "content")) {
            let part = try readBlock(value, at: path)
            switch part {
            case .text, .image: parts.append(part)
            default: throw .unsupported(path, "has to be text or an image in a result.")
            }
        }
        return ChatToolResult(callID: id, parts: parts, isError: isError)
    }
}
