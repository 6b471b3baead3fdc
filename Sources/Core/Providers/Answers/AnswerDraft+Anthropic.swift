import JSONScan

extension AnswerDraft {
    /// The events of a streamed message that say something.
    static let messageEvents: Set<String> = [
        "message_start", "content_block_start", "content_block_delta", "message_delta", "message_stop",
    ]

    /// Takes a message in, or an event of a streamed one.
    mutating func take(message document: JSONValue) {
        switch document["type"]?.text {
        case "content_block_start": take(block: document["content_block"] ?? .null, at: document["index"]?.integer)
        case "content_block_delta": take(delta: document["delta"] ?? .null, at: document["index"]?.integer)
        case "message_delta": takeStop(document["delta"] ?? .null)
        case "message_start", "message_stop": break
        default:
            for block in document["content"]?.elements ?? [] { take(block: block, at: nil) }
            takeStop(document)
        }
    }

    private mutating func takeStop(_ place: JSONValue) {
        guard let word = place["stop_reason"]?.text else { return }
        finish = AnswerReading.Finish(AnthropicWords.stop(word, text: nil))
    }

    private mutating func take(block: JSONValue, at index: Int64?) {
        switch block["type"]?.text {
        case "text": say(block["text"])
        case "thinking", "redacted_thinking": break
        case "tool_use":
            let input = block["input"] ?? .null
            if let index { callBlocks[index] = calls.count }
            calls.append(
                AnswerReading.Call(
                    name: block["name"]?.text ?? "", arguments: input.members.isEmpty ? "" : input.compactText))
        default: hasOtherParts = true
        }
    }

    private mutating func take(delta: JSONValue, at index: Int64?) {
        switch delta["type"]?.text {
        case "text_delta": say(delta["text"])
        case "input_json_delta":
            // The provider's own tools stream their input as well: those blocks are none of the calls.
            guard let place = index.flatMap({ callBlocks[$0] }), case .string(let more) = delta["partial_json"] else {
                return
            }
            calls[place].arguments += more
        default: break
        }
    }
}
