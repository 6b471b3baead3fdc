import Domain
import JSONScan

/// Reads the events of a streamed message.
struct AnthropicEventReader: ChatEventReader {
    /// A block that is being streamed.
    private enum Block {
        case text
        case thought(signature: String)
        case call(Int)
    }

    private var blocks: [Int64: Block] = [:]
    private var calls = 0
    private var usage = AnthropicStreamUsage()
    private var hasStopped = false
    private var hasEnded = false

    mutating func read(_ payload: UnsafeBufferPointer<UInt8>) -> [ChatEvent] {
        guard let event = try? JSONValue.parse(payload), case .object = event else {
            return [.unreadable("has an event that is not JSON.")]
        }
        switch event["type"]?.text {
        case "message_start": return start(event["message"] ?? .null)
        case "content_block_start": return startBlock(event)
        case "content_block_delta": return delta(event)
        case "content_block_stop": return stopBlock(event)
        case "message_delta": return stop(event)
        case "message_stop": return finish()
        case "error": return [.failure(ProviderError.anthropic(event["error"] ?? .null, status: nil))]
        // Anthropic asks clients to pass over events that they do not know.
        default: return []
        }
    }

    mutating func finish() -> [ChatEvent] {
        guard hasStopped, !hasEnded else { return [] }
        hasEnded = true
        return [.end]
    }

    private mutating func start(_ message: JSONValue) -> [ChatEvent] {
        let tier = AnthropicWords.tier(message["usage"]?["service_tier"]?.text)
        return [.start(id: message["id"]?.text, model: message["model"]?.text, created: nil, tier: tier)]
            + counted(message["usage"], isStart: true)
    }

    private mutating func counted(_ object: JSONValue?, isStart: Bool) -> [ChatEvent] {
        guard let object, object != .null, (try? usage.take(object, isStart: isStart)) != nil else { return [] }
        return [.usage(usage.usage)]
    }

    private mutating func startBlock(_ event: JSONValue) -> [ChatEvent] {
        let index = event["index"]?.integer ?? 0
        let block = event["content_block"] ?? .null
        switch block["type"]?.text {
        case "text":
            blocks[index] = .text
            return block["text"]?.text.map { [.text($0)] } ?? []
        case "thinking":
            blocks[index] = .thought(signature: block["signature"]?.text ?? "")
            return block["thinking"]?.text.map { [.thought($0)] } ?? []
        case "redacted_thinking": return [.redacted(block["data"]?.text ?? "", .anthropic)]
        case "tool_use": return startCall(block, at: index)
        default: return [.unreadable("has a kind of block that only Anthropic has.")]
        }
    }

    private mutating func startCall(_ block: JSONValue, at index: Int64) -> [ChatEvent] {
        guard let id = block["id"]?.text, let name = block["name"]?.text else {
            return [.unreadable("has a call without id or name.")]
        }
        defer { calls += 1 }
        blocks[index] = .call(calls)
        let start = ChatEvent.callStart(index: calls, id: id, name: name, signature: nil)
        // Compatible servers may give the input at once.
        guard let input = block["input"], !input.members.isEmpty else { return [start] }
        return [start, .callArguments(index: calls, input.compactText)]
    }

    private mutating func delta(_ event: JSONValue) -> [ChatEvent] {
        let index = event["index"]?.integer ?? 0
        let delta = event["delta"] ?? .null
        switch (delta["type"]?.text, blocks[index]) {
        case ("text_delta", .text): return delta["text"]?.text.map { [.text($0)] } ?? []
        case ("thinking_delta", .thought): return delta["thinking"]?.text.map { [.thought($0)] } ?? []
        case ("signature_delta", .thought(let signature)):
            blocks[index] = .thought(signature: signature + (delta["signature"]?.text ?? ""))
            return []
        case ("input_json_delta", .call(let call)):
            return delta["partial_json"]?.text.map { [.callArguments(index: call, $0)] } ?? []
        case ("citations_delta", _): return []
        default: return [.unreadable("has a piece that belongs to no block.")]
        }
    }

    private mutating func stopBlock(_ event: JSONValue) -> [ChatEvent] {
        switch blocks.removeValue(forKey: event["index"]?.integer ?? 0) {
        case .call(let call): [.callEnd(index: call)]
        case .thought(let signature): signature.isEmpty ? [] : [.signature(signature, .anthropic)]
        case .text, nil: []
        }
    }

    private mutating func stop(_ event: JSONValue) -> [ChatEvent] {
        let counts = counted(event["usage"], isStart: false)
        guard let word = event["delta"]?["stop_reason"]?.text, !hasStopped else { return counts }
        guard let stop = AnthropicWords.stop(word, text: event["delta"]?["stop_sequence"]?.text) else {
            return [.unreadable("ends with \"\(word)\", which cannot be translated.")]
        }
        hasStopped = true
        return counts + [.stop(stop)]
    }
}
