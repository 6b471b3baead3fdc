import JSONScan

extension GeminiRequestWriter {
    mutating func writeContents(_ request: ChatRequest) throws(TranslationProblem) -> JSONValue {
        try request.checkEnd()
        var names: [String: String] = [:]
        var contents: [JSONValue] = []
        for message in request.messages {
            for case .toolCall(let call) in message.parts { names[call.id] = call.name }
            guard message.role != .system else {
                throw .unsupported(
                    message.path.text, "is a system message within the conversation, which Gemini does not take.")
            }
            let parts = try writeParts(message, names: names)
            guard !parts.isEmpty else {
                throw .unsupported(message.path.text, "says nothing, which Gemini's API refuses.")
            }
            let role: JSONValue = message.role == .assistant ? "model" : "user"
            contents.append(.members(["role": role, "parts": .array(parts)]))
        }
        return .array(contents)
    }

    private mutating func writeParts(
        _ message: ChatMessage, names: [String: String]
    ) throws(TranslationProblem) -> [JSONValue] {
        var parts: [JSONValue] = []
        var hasCall = false
        for part in message.parts {
            switch part {
            case .text(let text), .refusal(let text):
                if !text.isEmpty { parts.append(.members(["text": .string(text)])) }
            case .image(let image): parts.append(try Self.part(of: image, at: message.path.text))
            case .toolCall(let call):
                parts.append(self.part(of: call, isFirst: !hasCall))
                hasCall = true
            case .toolResult(let result): parts.append(try writeResult(result, names: names, at: message.path.text))
            case .thought:
                notes.append(
                    TranslationNote(message.path.text, "left out: Gemini takes no thoughts but in signatures."))
            }
        }
        return parts
    }

    /// Of calls that stand side by side the first bears the signature.
    private func part(of call: ChatToolCall, isFirst: Bool) -> JSONValue {
        let unsigned = isFirst && target.needsSignedCalls ? GeminiThought.unsigned : nil
        return Self.part(of: call, signature: call.signature ?? unsigned)
    }

    /// The part of a call.
    static func part(of call: ChatToolCall, signature: String?) -> JSONValue {
        .members([
            "functionCall": .members([
                "id": .string(call.id), "name": .string(call.name), "args": call.arguments,
            ]),
            "thoughtSignature": signature.map(JSONValue.string),
        ])
    }

    private static func part(of image: ChatImage, at path: String) throws(TranslationProblem) -> JSONValue {
        switch image {
        case .data(let type, let base64):
            try ImageTypes.check(type, for: .gemini, at: path)
            return .members(["inlineData": .members(["mimeType": .string(type), "data": .string(base64)])])
        case .url(let url):
            guard let type = ImageTypes.type(of: url) else {
                throw .unsupported(
                    path,
                    "has an image whose address does not tell its type, which Gemini needs; send the image itself.")
            }
            try ImageTypes.check(type, for: .gemini, at: path)
            return .members(["fileData": .members(["mimeType": .string(type), "fileUri": .string(url)])])
        }
    }

    private func writeResult(
        _ result: ChatToolResult, names: [String: String], at path: String
    ) throws(TranslationProblem) -> JSONValue {
        guard let name = names[result.callID] else {
            throw .malformed(path, "has the result of a call (\(result.callID)) that is not in the conversation.")
        }
        var texts: [String] = []
        var images: [JSONValue] = []
        for part in result.parts {
            switch part {
            case .text(let text): texts.append(text)
            case .image(let image): images.append(try Self.part(of: image, at: path))
            default: throw .malformed(path, "has to be texts and images in a result.")
            }
        }
        return .members([
            "functionResponse": .members([
                "id": .string(result.callID), "name": .string(name),
                "response": GeminiResult.response(of: texts, isError: result.isError),
                "parts": images.isEmpty ? nil : .array(images),
            ])
        ])
    }

    // MARK: Tools

    func writeTools(_ request: ChatRequest) throws(TranslationProblem) -> JSONValue? {
        try request.checkNames(for: .gemini)
        guard !request.tools.isEmpty else { return nil }
        let functions = request.tools.map { tool in
            JSONValue.members([
                "name": .string(tool.name), "description": tool.description.map(JSONValue.string),
                "parametersJsonSchema": tool.schema,
            ])
        }
        return .array([.members(["functionDeclarations": .array(functions)])])
    }

    func writeChoice(_ request: ChatRequest) throws(TranslationProblem) -> JSONValue? {
        try request.checkChoice()
        guard !request.tools.isEmpty else { return nil }
        if let parallel = request.parallelToolCalls, !parallel.value {
            throw .unsupported(parallel.path.text, "forbids calls side by side, which Gemini cannot promise.")
        }
        let isStrict = request.tools.contains(where: \.isStrict)
        var names: JSONValue?
        let mode: JSONValue
        switch request.toolChoice?.value {
        case nil:
            guard isStrict else { return nil }
            mode = "VALIDATED"
        // A mode that holds calls to their schema.
        case .auto: mode = isStrict ? "VALIDATED" : "AUTO"
        case .never: mode = "NONE"
        case .any: mode = "ANY"
        case .tool(let name): (mode, names) = ("ANY", .array([.string(name)]))
        }
        return .members(["functionCallingConfig": .members(["mode": mode, "allowedFunctionNames": names])])
    }
}
