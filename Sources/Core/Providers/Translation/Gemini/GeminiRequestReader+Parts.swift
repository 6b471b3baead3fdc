import JSONScan

extension GeminiRequestReader {
    /// Reads a part; `nil` for one that says nothing.
    mutating func readPart(_ value: JSONValue, at path: String) throws(TranslationProblem) -> ChatPart? {
        var part = try ObjectReader(value, at: path, spelling: .camelCase)
        let isThought = try part.flag("thought")?.value ?? false
        let signature = try part.text("thoughtSignature")
        var result: ChatPart?
        if let text = try part.text("text") {
            result = isThought ? .thought(GeminiThought.thought(text, signature: signature)) : .text(text)
            if !isThought, signature != nil {
                notes.append(TranslationNote(path, "left out: the signature of a thought behind a text."))
                if text.isEmpty { result = nil }
            }
        } else if let call = try part.object("functionCall", spelling: .camelCase) {
            result = .toolCall(try readCall(call, signature: signature))
        } else if let response = try part.object("functionResponse", spelling: .camelCase) {
            result = .toolResult(try readResult(response))
        } else if let media = try part.object("inlineData", spelling: .camelCase) {
            result = .image(try readImage(media))
        } else if let file = try part.object("fileData", spelling: .camelCase) {
            result = .image(try readFile(file))
        }
        try part.finish(GeminiRules.part, &notes)
        return result
    }

    private mutating func readCall(
        _ object: ObjectReader, signature: String?
    ) throws(TranslationProblem) -> ChatToolCall {
        var call = object
        let name = try call.requiredText("name")
        let arguments = call.value("args") ?? .object([])
        _ = try ObjectReader(arguments, at: call.path(of: "args"))
        let given = try call.text("id").map { ToolCallID.split($0).id }
        try call.finish(GeminiRules.call, &notes)
        return ChatToolCall(
            id: calls.id(ofCall: name, given: given), name: name, arguments: arguments,
            signature: signature == GeminiThought.unsigned ? nil : signature)
    }

    private mutating func readResult(_ object: ObjectReader) throws(TranslationProblem) -> ChatToolResult {
        var response = object
        let name = try response.requiredText("name")
        let given = try response.text("id").map { ToolCallID.split($0).id }
        guard let id = calls.id(ofResult: name, given: given) else {
            throw .malformed(response.path, "is the result of a call that is not in the conversation.")
        }
        let value = response.value("response") ?? .object([])
        _ = try ObjectReader(value, at: response.path(of: "response"))
        var result = GeminiResult.result(of: value, callID: id)
        for (value, path) in try response.array("parts") ?? [] {
            guard let part = try readPart(value, at: path), case .image = part else {
                throw .unsupported(path, "has to be an image in a result.")
            }
            result.parts.append(part)
        }
        try response.finish(GeminiRules.call, &notes)
        return result
    }

    private mutating func readImage(_ object: ObjectReader) throws(TranslationProblem) -> ChatImage {
        var media = object
        let type = try media.requiredText("mimeType")
        guard type.hasPrefix("image/") else {
            throw .unsupported(media.path, "is a medium of type \(type), which cannot be translated; only images are.")
        }
        let data = try media.requiredText("data")
        try media.finish(GeminiRules.media, &notes)
        return .data(mediaType: type, base64: data)
    }

    private mutating func readFile(_ object: ObjectReader) throws(TranslationProblem) -> ChatImage {
        var file = object
        let address = try file.requiredText("fileUri")
        let type = try file.text("mimeType") ?? ImageTypes.type(of: address) ?? "unknown"
        let isGoogles = ["gs://", "https://generativelanguage.googleapis.com/"].contains { address.hasPrefix($0) }
        guard type.hasPrefix("image/"), !isGoogles, address.hasPrefix("http") else {
            throw .unsupported(file.path, "is a file at Google, or no image; send the image itself.")
        }
        try file.finish(GeminiRules.media, &notes)
        return .url(address)
    }
}
