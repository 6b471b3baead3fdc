import JSONScan

extension OpenAIRequestReader {
    mutating func readMessages(
        _ fields: inout ObjectReader, _ request: inout ChatRequest
    ) throws(TranslationProblem) {
        guard let messages = try fields.array("messages"), !messages.isEmpty else {
            throw .malformed("messages", "is missing or empty.")
        }
        for (value, path) in messages {
            var message = try ObjectReader(value, at: path)
            let role = try message.requiredText("role")
            switch role {
            case "system", "developer": try readSystem(&message, &request)
            case "user": request.messages.append(ChatMessage(.user, try readContent(&message), at: path))
            case "assistant": request.messages.append(try readAssistant(&message))
            case "tool": try readResult(&message, &request)
            case "function": throw .unsupported(message.path(of: "role"), "is OpenAI's old form; use tool.")
            default: throw .malformed(message.path(of: "role"), "has to be system, user, assistant or tool.")
            }
            try message.finish(OpenAIRules.message, &notes)
        }
    }

    /// What stands before the conversation is the system prompt; what stands within it stays where it is.
    private mutating func readSystem(
        _ message: inout ObjectReader, _ request: inout ChatRequest
    ) throws(TranslationProblem) {
        let parts = try readContent(&message)
        var texts: [String] = []
        for part in parts {
            guard case .text(let text) = part else {
                throw .malformed(message.path(of: "content"), "has to be text in a system message.")
            }
            texts.append(text)
        }
        if request.messages.isEmpty {
            request.system += texts
        } else {
            request.messages.append(ChatMessage(.system, parts, at: message.path))
        }
    }

    private mutating func readAssistant(_ message: inout ObjectReader) throws(TranslationProblem) -> ChatMessage {
        var parts = try readThoughts(&message)
        parts += try readContent(&message, isOptional: true)
        if let refusal = try message.text("refusal") { parts.append(.refusal(refusal)) }
        for (value, path) in try message.array("tool_calls") ?? [] {
            parts.append(.toolCall(try readCall(value, at: path)))
        }
        guard !parts.isEmpty else { throw .malformed(message.path, "says nothing.") }
        return ChatMessage(.assistant, parts, at: message.path)
    }

    private mutating func readCall(_ value: JSONValue, at path: String) throws(TranslationProblem) -> ChatToolCall {
        var call = try ObjectReader(value, at: path)
        guard try call.text("type") ?? "function" == "function", var function = try call.object("function") else {
            throw .unsupported(call.path(of: "type"), "is a kind of call that only OpenAI has.")
        }
        let text = try function.text("arguments") ?? ""
        guard let arguments = JSONValue.object(from: text) else {
            throw .malformed(function.path(of: "arguments"), "has to be the text of a JSON object.")
        }
        let (id, signature) = ToolCallID.split(try call.requiredText("id"))
        let name = try function.requiredText("name")
        try function.finish(.none, &notes)
        // Where Google's own compatible API puts the signature.
        let google = call.value("extra_content")?["google"]?["thought_signature"]?.text
        // Some clients give back the number that only streams have.
        _ = call.value("index")
        try call.finish(.none, &notes)
        return ChatToolCall(id: id, name: name, arguments: arguments, signature: signature ?? google)
    }

    /// Thoughts of Anthropic's models in the form that gateways give them to callers of chat completions.
    private mutating func readThoughts(_ message: inout ObjectReader) throws(TranslationProblem) -> [ChatPart] {
        guard let blocks = try message.array("thinking_blocks") else { return [] }
        _ = message.value("reasoning_content")
        var thoughts: [ChatPart] = []
        for (value, path) in blocks {
            thoughts.append(.thought(try AnthropicBlocks.thought(value, at: path, &notes)))
        }
        return thoughts
    }

    private mutating func readResult(
        _ message: inout ObjectReader, _ request: inout ChatRequest
    ) throws(TranslationProblem) {
        let id = ToolCallID.split(try message.requiredText("tool_call_id")).id
        let result = ChatPart.toolResult(ChatToolResult(callID: id, parts: try readContent(&message)))
        if let last = request.messages.indices.last, request.messages[last].role == .tool {
            request.messages[last].parts.append(result)
        } else {
            request.messages.append(ChatMessage(.tool, [result], at: message.path))
        }
    }

    /// A text, or an array of parts.
    private mutating func readContent(
        _ message: inout ObjectReader, isOptional: Bool = false
    ) throws(TranslationProblem) -> [ChatPart] {
        let path = message.path(of: "content")
        guard let content = message.value("content") else {
            if isOptional { return [] }
            throw .malformed(path, "is missing.")
        }
        if case .string(let text) = content { return text.isEmpty && isOptional ? [] : [.text(text)] }
        var parts: [ChatPart] = []
        for (value, path) in try ObjectReader.elements(of: content, at: path) {
            parts.append(try readPart(value, at: path))
        }
        return parts
    }

    private mutating func readPart(_ value: JSONValue, at path: String) throws(TranslationProblem) -> ChatPart {
        var part = try ObjectReader(value, at: path)
        let type = try part.requiredText("type")
        let result: ChatPart
        switch type {
        case "text": result = .text(try part.text("text") ?? "")
        case "refusal": result = .refusal(try part.text("refusal") ?? "")
        case "image_url":
            guard var image = try part.object("image_url") else {
                throw .malformed(part.path(of: "image_url"), "is missing.")
            }
            result = .image(try ImageTypes.image(of: try image.requiredText("url"), at: image.path(of: "url")))
            try image.finish(OpenAIRules.image, &notes)
        case "input_audio": throw .unsupported(path, "is audio, which cannot be translated.")
        case "file": throw .unsupported(path, "is a file, which cannot be translated; send its text.")
        default: throw .unsupported(part.path(of: "type"), "is a kind of part that cannot be translated.")
        }
        try part.finish(OpenAIRules.part, &notes)
        return result
    }
}
