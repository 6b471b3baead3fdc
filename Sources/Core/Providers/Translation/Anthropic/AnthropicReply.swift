import Domain
import JSONScan

/// Whole messages.
enum AnthropicReply {
    static func read(_ body: JSONValue) throws(TranslationProblem) -> ChatReply {
        guard case .array(let blocks) = body["content"] else { throw .upstream("content", "is missing.") }
        var reply = ChatReply()
        (reply.id, reply.model) = (body["id"]?.text, body["model"]?.text)
        reply.usage = (try? AnthropicUsage.read(body["usage"] ?? .null)) ?? .unknown
        reply.tier = AnthropicWords.tier(body["usage"]?["service_tier"]?.text)
        for (position, block) in blocks.enumerated() {
            reply.parts.append(try part(of: block, at: "content[\(position)]"))
        }
        let word = body["stop_reason"]?.text ?? ""
        guard let stop = AnthropicWords.stop(word, text: body["stop_sequence"]?.text) else {
            throw .upstream("stop_reason", "is \"\(word)\", which cannot be translated.")
        }
        reply.stop = stop
        return reply
    }

    private static func part(of block: JSONValue, at path: String) throws(TranslationProblem) -> ChatPart {
        switch block["type"]?.text {
        case "text": return .text(block["text"]?.text ?? "")
        case "thinking":
            return .thought(
                ChatThought(
                    block["thinking"]?.text ?? "", signature: block["signature"]?.text, family: .anthropic))
        case "redacted_thinking":
            return .thought(ChatThought("", redacted: block["data"]?.text ?? "", family: .anthropic))
        case "tool_use":
            guard let id = block["id"]?.text, let name = block["name"]?.text else {
                throw .upstream(path, "is no call of a function.")
            }
            let input = block["input"] ?? .object([])
            guard case .object = input else { throw .upstream("\(path).input", "is no object.") }
            return .toolCall(ChatToolCall(id: id, name: name, arguments: input))
        default: throw .upstream("\(path).type", "is a kind of block that only Anthropic has.")
        }
    }

    static func write(_ reply: ChatReply, _ context: ReplyContext) -> JSONValue {
        var stopText: String?
        if case .stopText(let text) = reply.stop { stopText = text }
        return .members([
            "id": .string(ReplyID.shown(reply.id, fallback: context.fallbackID, in: .anthropic)),
            "type": "message", "role": "assistant", "model": .string(reply.model ?? context.model),
            "content": .array(reply.parts.compactMap(block)),
            "stop_reason": .string(AnthropicWords.word(of: reply.stop)),
            "stop_sequence": stopText.map(JSONValue.string) ?? .null,
            "usage": AnthropicUsage.json(of: reply.usage, tier: reply.tier),
        ])
    }

    private static func block(of part: ChatPart) -> JSONValue? {
        switch part {
        case .text(let text), .refusal(let text):
            return text.isEmpty ? nil : .members(["type": "text", "text": .string(text)])
        case .toolCall(var call):
            call.id = ToolCallID.shown(call.id, signature: call.signature, in: .anthropic)
            return AnthropicRequestWriter.block(of: call)
        case .thought(let thought): return AnthropicBlocks.block(of: thought)
        case .image, .toolResult: return nil
        }
    }
}

/// Anthropic's words for what other providers have as well.
enum AnthropicWords {
    /// Why an answer ended; `nil` for words that no request of ours leads to.
    static func stop(_ word: String, text: String?) -> ChatStop? {
        switch word {
        case "end_turn": .endTurn
        case "max_tokens", "model_context_window_exceeded": .outputLimit
        case "stop_sequence": .stopText(text)
        case "tool_use": .toolUse
        case "refusal": .refusal
        default: nil
        }
    }

    static func word(of stop: ChatStop) -> String {
        switch stop {
        case .endTurn: "end_turn"
        case .outputLimit: "max_tokens"
        case .stopText: "stop_sequence"
        case .toolUse: "tool_use"
        case .refusal: "refusal"
        }
    }

    static func tier(_ word: String?) -> ChatTier? {
        switch word {
        case "standard": .standard
        case "priority": .priority
        default: nil
        }
    }
}
