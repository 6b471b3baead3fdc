import Domain
import JSONScan

/// Whole chat completions.
enum OpenAIReply {
    static func read(_ body: JSONValue) throws(TranslationProblem) -> ChatReply {
        let path = "choices[0]"
        guard let choice = body["choices"]?.elements.first, let message = choice["message"] else {
            throw .upstream(path, "is missing.")
        }
        var reply = ChatReply()
        (reply.id, reply.model, reply.created) = (body["id"]?.text, body["model"]?.text, body["created"]?.integer)
        reply.tier = body["service_tier"]?.text.flatMap(OpenAIWords.tier)
        reply.usage = (try? OpenAIUsage.chat(body["usage"] ?? .null)) ?? .unknown
        reply.parts = try parts(of: message, at: "\(path).message")
        let word = choice["finish_reason"]?.text ?? ""
        guard let stop = OpenAIWords.stop(word) else {
            throw .upstream("\(path).finish_reason", "is \"\(word)\", which cannot be translated.")
        }
        reply.stop = ChatStop.of(stop, in: reply.parts)
        return reply
    }

    private static func parts(of message: JSONValue, at path: String) throws(TranslationProblem) -> [ChatPart] {
        var parts: [ChatPart] = []
        if let thought = message["reasoning_content"]?.text ?? message["reasoning"]?.text {
            parts.append(.thought(ChatThought(thought, family: .openAI)))
        }
        if let text = message["content"]?.text { parts.append(.text(text)) }
        if let refusal = message["refusal"]?.text { parts.append(.refusal(refusal)) }
        for (position, call) in (message["tool_calls"]?.elements ?? []).enumerated() {
            parts.append(.toolCall(try self.call(call, at: "\(path).tool_calls[\(position)]")))
        }
        return parts
    }

    private static func call(_ call: JSONValue, at path: String) throws(TranslationProblem) -> ChatToolCall {
        guard let id = call["id"]?.text, let name = call["function"]?["name"]?.text else {
            throw .upstream(path, "is no call of a function.")
        }
        guard case .string(let text) = call["function"]?["arguments"] ?? "",
            let arguments = JSONValue.object(from: text)
        else { throw .upstream("\(path).function.arguments", "is not the text of a JSON object.") }
        return ChatToolCall(id: id, name: name, arguments: arguments)
    }

    static func write(_ reply: ChatReply, _ context: ReplyContext) -> JSONValue {
        let choice = JSONValue.members([
            "index": .integer(0), "message": message(reply), "logprobs": .null,
            "finish_reason": .string(OpenAIWords.word(of: reply.stop)),
        ])
        return .members([
            "id": .string(ReplyID.shown(reply.id, fallback: context.fallbackID, in: .openAI)),
            "object": "chat.completion", "created": .integer(reply.created ?? context.created),
            "model": .string(reply.model ?? context.model), "choices": .array([choice]),
            "usage": OpenAIUsage.json(of: reply.usage),
            "service_tier": reply.tier.map { .string(OpenAIWords.word(of: $0)) },
        ])
    }

    private static func message(_ reply: ChatReply) -> JSONValue {
        var (text, refusal, thought): (String?, String?, String?)
        var (calls, blocks): ([JSONValue], [JSONValue]) = ([], [])
        for part in reply.parts {
            switch part {
            case .text(let more): text = (text ?? "") + more
            case .refusal(let more): refusal = (refusal ?? "") + more
            case .toolCall(var call):
                call.id = ToolCallID.shown(call.id, signature: call.signature, in: .openAI)
                calls.append(OpenAIRequestWriter.call(call))
            case .thought(let part):
                if !part.text.isEmpty { thought = (thought ?? "") + part.text }
                if part.family == .anthropic { blocks.append(AnthropicBlocks.block(of: part)) }
            case .image, .toolResult: break
            }
        }
        return .members([
            "role": "assistant", "content": text.map(JSONValue.string) ?? .null,
            "refusal": refusal.map(JSONValue.string) ?? .null, "reasoning_content": thought.map(JSONValue.string),
            "thinking_blocks": blocks.isEmpty ? nil : .array(blocks), "tool_calls": calls.isEmpty ? nil : .array(calls),
        ])
    }
}

extension ChatStop {
    /// The reason where a provider's word leaves it open: an ordinary end behind calls waits for their results, and
    /// one behind a refusal refuses.
    static func of(_ stop: ChatStop, in parts: [ChatPart]) -> ChatStop {
        guard stop == .endTurn else { return stop }
        for part in parts {
            switch part {
            case .toolCall: return .toolUse
            case .refusal: return .refusal
            default: continue
            }
        }
        return stop
    }
}
