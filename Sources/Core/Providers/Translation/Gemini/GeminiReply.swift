import Domain
import JSONScan

/// Whole answers of Gemini's.
enum GeminiReply {
    static func read(_ body: JSONValue, _ context: ReplyContext) throws(TranslationProblem) -> ChatReply {
        var reply = ChatReply()
        (reply.id, reply.model) = (body["responseId"]?.text, body["modelVersion"]?.text)
        reply.usage = (try? GeminiUsage.read(body["usageMetadata"] ?? .null)) ?? .unknown
        guard let candidate = body["candidates"]?.elements.first else {
            guard body["promptFeedback"]?["blockReason"]?.text != nil else {
                throw .upstream("candidates", "is missing.")
            }
            reply.stop = .refusal
            return reply
        }
        let path = "candidates[0]"
        for (position, part) in (candidate["content"]?["parts"]?.elements ?? []).enumerated() {
            let place = "\(path).content.parts[\(position)]"
            if let part = try self.part(of: part, id: "\(reply.id ?? context.fallbackID)-\(position)", at: place) {
                reply.parts.append(part)
            }
        }
        let word = candidate["finishReason"]?.text ?? ""
        guard let stop = GeminiWords.stop(word) else {
            throw .upstream("\(path).finishReason", "is \"\(word)\": the model failed.")
        }
        reply.stop = ChatStop.of(stop, in: reply.parts)
        return reply
    }

    /// A part of an answer; `nil` for one that says nothing.
    ///
    /// - Parameter id: the id of a call that has none: older models give none.
    static func part(of part: JSONValue, id: String, at path: String) throws(TranslationProblem) -> ChatPart? {
        if case .string(let text) = part["text"] {
            if text.isEmpty { return nil }
            return part["thought"]?.isTrue ?? false ? .thought(ChatThought(text, family: .gemini)) : .text(text)
        }
        if let call = part["functionCall"] {
            guard let name = call["name"]?.text, case .object = call["args"] ?? .object([]) else {
                throw .upstream(path, "is no call of a function.")
            }
            return .toolCall(
                ChatToolCall(
                    id: call["id"]?.text ?? "call_" + ToolCallID.plain(id), name: name,
                    arguments: call["args"] ?? .object([]), signature: part["thoughtSignature"]?.text))
        }
        let known = ["thought", "thoughtSignature", "partMetadata"]
        guard part.members.allSatisfy({ known.contains($0.key) }) else {
            throw .upstream(path, "is a kind of part that only Gemini has.")
        }
        return nil
    }

    static func write(_ reply: ChatReply, _ context: ReplyContext) -> JSONValue {
        answer(
            parts: reply.parts.compactMap(part), stop: reply.stop, usage: GeminiUsage.json(of: reply.usage),
            model: reply.model ?? context.model,
            id: ReplyID.shown(reply.id, fallback: context.fallbackID, in: .gemini))
    }

    /// An answer, or a piece of a streamed one.
    static func answer(parts: [JSONValue], stop: ChatStop?, usage: JSONValue?, model: String, id: String) -> JSONValue {
        let candidate = JSONValue.members([
            "content": .members(["parts": .array(parts), "role": "model"]),
            "finishReason": stop.map { .string(GeminiWords.word(of: $0)) }, "index": .integer(0),
        ])
        return .members([
            "candidates": .array([candidate]), "usageMetadata": usage, "modelVersion": .string(model),
            "responseId": .string(id),
        ])
    }

    private static func part(of part: ChatPart) -> JSONValue? {
        switch part {
        case .text(let text), .refusal(let text): return text.isEmpty ? nil : .members(["text": .string(text)])
        case .toolCall(let call): return GeminiRequestWriter.part(of: call, signature: call.signature)
        case .thought(let thought): return GeminiThought.part(of: thought)
        case .image, .toolResult: return nil
        }
    }
}

/// Gemini's words for what other providers have as well.
enum GeminiWords {
    /// Why an answer ended; `nil` where the model failed.
    static func stop(_ word: String) -> ChatStop? {
        switch word {
        case "STOP": .endTurn
        case "MAX_TOKENS": .outputLimit
        case "SAFETY", "RECITATION", "LANGUAGE", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "IMAGE_SAFETY",
            "IMAGE_PROHIBITED_CONTENT", "IMAGE_RECITATION", "MODEL_ARMOR":
            .refusal
        default: nil
        }
    }

    static func word(of stop: ChatStop) -> String {
        switch stop {
        case .endTurn, .stopText, .toolUse: "STOP"
        case .outputLimit: "MAX_TOKENS"
        case .refusal: "SAFETY"
        }
    }
}
