import JSONScan

extension OpenAIRequestWriter {
    mutating func writeMessages(_ request: ChatRequest) throws(TranslationProblem) -> JSONValue {
        try request.checkEnd()
        var messages: [JSONValue] = []
        if !request.system.isEmpty {
            messages.append(.members(["role": "system", "content": Self.content(request.system)]))
        }
        for message in request.messages {
            switch message.role {
            case .system:
                messages.append(.members(["role": "system", "content": Self.content(Self.texts(of: message.parts))]))
            case .user: messages.append(try writeUser(message))
            case .assistant: messages.append(try writeAssistant(message))
            case .tool:
                for part in message.parts { messages.append(try writeResult(part, at: message.path.text)) }
            }
        }
        return .array(messages)
    }

    private static func texts(of parts: [ChatPart]) -> [String] {
        parts.compactMap { part in
            if case .text(let text) = part { return text }
            return nil
        }
    }

    /// One text as it is, several as parts.
    private static func content(_ texts: [String]) -> JSONValue {
        if texts.count == 1 { return .string(texts[0]) }
        return .array(texts.map { .members(["type": "text", "text": .string($0)]) })
    }

    private func writeUser(_ message: ChatMessage) throws(TranslationProblem) -> JSONValue {
        let texts = Self.texts(of: message.parts)
        if texts.count == message.parts.count { return .members(["role": "user", "content": Self.content(texts)]) }
        var parts: [JSONValue] = []
        for part in message.parts { parts.append(try writePart(part, at: message.path.text)) }
        return .members(["role": "user", "content": .array(parts)])
    }

    private func writePart(_ part: ChatPart, at path: String) throws(TranslationProblem) -> JSONValue {
        switch part {
        case .text(let text): return .members(["type": "text", "text": .string(text)])
        case .image(let image):
            return .members([
                "type": "image_url", "image_url": .members(["url": .string(try url(of: image, at: path))]),
            ])
        default: throw .malformed(path, "has a part that a user cannot send.")
        }
    }

    private func url(of image: ChatImage, at path: String) throws(TranslationProblem) -> String {
        switch image {
        case .url(let url): return url
        case .data(let type, let base64):
            try ImageTypes.check(type, for: .openAI, at: path)
            return "data:\(type);base64,\(base64)"
        }
    }

    private mutating func writeAssistant(_ message: ChatMessage) throws(TranslationProblem) -> JSONValue {
        var content: [JSONValue] = []
        var calls: [JSONValue] = []
        for part in message.parts {
            switch part {
            case .text(let text): content.append(.members(["type": "text", "text": .string(text)]))
            case .refusal(let text): content.append(.members(["type": "refusal", "refusal": .string(text)]))
            case .toolCall(let call): calls.append(Self.call(call))
            case .thought:
                notes.append(TranslationNote(message.path.text, "left out: OpenAI's chats take no thoughts."))
            case .image, .toolResult:
                throw .unsupported(message.path.text, "has a part that OpenAI's models cannot send.")
            }
            if !calls.isEmpty, case .text = part {
                notes.append(TranslationNote(message.path.text, "changed: the text behind a call stands before it."))
            }
        }
        guard !content.isEmpty || !calls.isEmpty else {
            throw .unsupported(message.path.text, "has nothing left that can be translated.")
        }
        return .members([
            "role": "assistant", "content": Self.plain(content), "tool_calls": calls.isEmpty ? nil : .array(calls),
        ])
    }

    /// A single text needs no parts; a turn of calls alone has no content.
    private static func plain(_ content: [JSONValue]) -> JSONValue {
        if content.isEmpty { return .null }
        if content.count == 1, let text = content[0]["text"] { return text }
        return .array(content)
    }

    /// A call as chat completions have it, in requests and answers.
    static func call(_ call: ChatToolCall) -> JSONValue {
        let function = JSONValue.members([
            "name": .string(call.name), "arguments": .string(call.arguments.compactText),
        ])
        return .members(["id": .string(call.id), "type": "function", "function": function])
    }

    private mutating func writeResult(_ part: ChatPart, at path: String) throws(TranslationProblem) -> JSONValue {
        guard case .toolResult(let result) = part else { throw .malformed(path, "has to be results only.") }
        var texts = Self.texts(of: result.parts)
        guard texts.count == result.parts.count else {
            throw .unsupported(path, "has an image in a result, and OpenAI takes texts there.")
        }
        if result.isError {
            // OpenAI has no mark for failed calls.
            texts = ["Error: " + texts.joined(separator: "\n")]
            notes.append(TranslationNote(path, "changed: a failed call's result begins with \"Error: \"."))
        }
        return .members([
            "role": "tool", "tool_call_id": .string(result.callID),
            "content": texts.isEmpty ? "" : Self.content(texts),
        ])
    }
}
