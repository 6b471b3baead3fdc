import JSONScan

extension AnthropicRequestWriter {
    mutating func writeMessages(_ request: ChatRequest) throws(TranslationProblem) -> JSONValue {
        try request.checkEnd()
        var turns: [(role: String, blocks: [JSONValue])] = []
        var endsWithResults = false
        for message in request.messages {
            let blocks = try writeBlocks(message)
            guard !blocks.isEmpty else {
                throw .unsupported(message.path.text, "says nothing, which Anthropic's API refuses.")
            }
            if endsWithResults, message.role == .user {
                // Results and what the user says to them are one turn.
                turns[turns.count - 1].blocks += blocks
            } else {
                turns.append((try role(of: message), blocks))
            }
            endsWithResults = message.role == .tool
        }
        return .array(turns.map { .members(["role": .string($0.role), "content": .array($0.blocks)]) })
    }

    private func role(of message: ChatMessage) throws(TranslationProblem) -> String {
        switch message.role {
        case .user, .tool: return "user"
        case .assistant: return "assistant"
        case .system:
            guard target.acceptsSystemTurns else {
                throw .unsupported(
                    message.path.text,
                    "is a system message within the conversation, which \(target.model) does not take.")
            }
            return "system"
        }
    }

    private mutating func writeBlocks(_ message: ChatMessage) throws(TranslationProblem) -> [JSONValue] {
        var blocks: [JSONValue] = []
        for part in message.parts {
            if let block = try writeBlock(part, at: message.path.text) { blocks.append(block) }
        }
        return blocks
    }

    private mutating func writeBlock(_ part: ChatPart, at path: String) throws(TranslationProblem) -> JSONValue? {
        switch part {
        case .text(let text), .refusal(let text):
            // Anthropic's API refuses blocks without text.
            return text.isEmpty ? nil : .members(["type": "text", "text": .string(text)])
        case .image(let image): return try Self.block(of: image, at: path)
        case .toolCall(let call): return Self.block(of: call)
        case .toolResult(let result): return try writeResult(result, at: path)
        case .thought(let thought):
            guard thought.family == .anthropic, thought.signature != nil || thought.redacted != nil else {
                notes.append(TranslationNote(path, "left out: a thought that Anthropic's models have not signed."))
                return nil
            }
            return AnthropicBlocks.block(of: thought)
        }
    }

    /// The block of a call.
    static func block(of call: ChatToolCall) -> JSONValue {
        .members([
            "type": "tool_use", "id": .string(ToolCallID.plain(call.id)), "name": .string(call.name),
            "input": call.arguments,
        ])
    }

    private static func block(of image: ChatImage, at path: String) throws(TranslationProblem) -> JSONValue {
        switch image {
        case .url(let url):
            return .members(["type": "image", "source": .members(["type": "url", "url": .string(url)])])
        case .data(let type, let base64):
            try ImageTypes.check(type, for: .anthropic, at: path)
            let source = JSONValue.members([
                "type": "base64", "media_type": .string(type), "data": .string(base64),
            ])
            return .members(["type": "image", "source": source])
        }
    }

    private mutating func writeResult(
        _ result: ChatToolResult, at path: String
    ) throws(TranslationProblem) -> JSONValue {
        var blocks: [JSONValue] = []
        for part in result.parts {
            if let block = try writeBlock(part, at: path) { blocks.append(block) }
        }
        return .members([
            "type": "tool_result", "tool_use_id": .string(ToolCallID.plain(result.callID)), "content": .array(blocks),
            "is_error": result.isError ? .bool(true) : nil,
        ])
    }

    // MARK: Tools

    func writeTools(_ request: ChatRequest) throws(TranslationProblem) -> JSONValue? {
        try request.checkNames(for: .anthropic)
        guard !request.tools.isEmpty else { return nil }
        return .array(
            request.tools.map { tool in
                .members([
                    "name": .string(tool.name), "description": tool.description.map(JSONValue.string),
                    "input_schema": tool.schema ?? .members(["type": "object", "properties": .object([])]),
                    "strict": tool.isStrict ? .bool(true) : nil,
                ])
            })
    }

    func choice(_ request: ChatRequest) throws(TranslationProblem) -> JSONValue? {
        try request.checkChoice()
        guard !request.tools.isEmpty else { return nil }
        let single: JSONValue? = request.parallelToolCalls?.value == false ? .bool(true) : nil
        switch request.toolChoice?.value {
        case nil: return single == nil ? nil : .members(["type": "auto", "disable_parallel_tool_use": single])
        case .auto: return .members(["type": "auto", "disable_parallel_tool_use": single])
        case .any: return .members(["type": "any", "disable_parallel_tool_use": single])
        case .never: return .members(["type": "none"])
        case .tool(let name):
            return .members(["type": "tool", "name": .string(name), "disable_parallel_tool_use": single])
        }
    }
}
