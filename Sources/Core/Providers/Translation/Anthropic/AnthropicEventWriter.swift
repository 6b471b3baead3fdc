import Domain
import JSONScan

/// Writes the events of a streamed message. Its blocks come one behind the other, each with its start and its stop.
struct AnthropicEventWriter: ChatEventWriter {
    /// The block that is open.
    private enum Open: Equatable {
        case text
        case thought
        case call(Int)
    }

    private let context: ReplyContext
    private var hasBegun = false
    private var open: Open?
    private var blocks: Int64 = 0
    private var usage = TokenUsage.unknown
    private var tier: ChatTier?
    private var stop = ChatStop.endTurn
    /// The arguments of the call that is open.
    private var arguments = BracketDepth()
    /// Events of other calls that came before the arguments of the open one were whole.
    private var waiting: [ChatEvent] = []
    /// Calls whose block is closed.
    private var closed: Set<Int> = []

    init(context: ReplyContext) { self.context = context }

    mutating func write(_ event: ChatEvent, into bytes: inout [UInt8]) throws(TranslationProblem) {
        switch event {
        case .start(let id, let model, _, let tier): begin(id, model, tier, &bytes)
        case .text(let text), .refusal(let text):
            delta(.text, ["type": "text", "text": ""], ["type": "text_delta", "text": .string(text)], &bytes)
        case .thought(let text):
            delta(
                .thought, ["type": "thinking", "thinking": "", "signature": ""],
                ["type": "thinking_delta", "thinking": .string(text)], &bytes)
        // Only Anthropic's own signatures would mean something here, and its streams are not translated.
        case .signature, .redacted: close(&bytes)
        case .callStart, .callArguments, .callEnd: try writeCall(event, &bytes)
        case .usage(let usage): self.usage = usage
        case .stop(let stop):
            sendWaiting(&bytes, isEnd: true)
            close(&bytes)
            self.stop = stop
        case .end: end(&bytes)
        case .failure(let error): bytes += error.streamEvent(in: .anthropic)
        }
    }

    // MARK: Calls

    private mutating func writeCall(_ event: ChatEvent, _ bytes: inout [UInt8]) throws(TranslationProblem) {
        if let call = event.call, closed.contains(call) { return try Self.checkLate(event) }
        if case .call(let current) = open, event.call == current {
            send(call: event, &bytes)
        } else {
            waiting.append(event)
        }
        sendWaiting(&bytes)
    }

    /// What comes behind a call's end may be blanks; anything else has no place any more.
    private static func checkLate(_ event: ChatEvent) throws(TranslationProblem) {
        guard case .callArguments(_, let text) = event, !text.allSatisfy(\.isWhitespace) else { return }
        throw .upstream("arguments", "of a call go on behind its end.")
    }

    /// Sends what has waited, call by call, until the arguments of one are not whole yet.
    private mutating func sendWaiting(_ bytes: inout [UInt8], isEnd: Bool = false) {
        while let next = waiting.first?.call {
            if case .call = open, !isEnd, !arguments.isWhole { return }
            let events = waiting.filter { $0.call == next }
            waiting.removeAll { $0.call == next }
            for event in events { send(call: event, &bytes) }
        }
    }

    private mutating func send(call event: ChatEvent, _ bytes: inout [UInt8]) {
        switch event {
        case .callStart(let index, let id, let name, let signature):
            let known = id.isEmpty ? "\(context.fallbackID)-\(index)" : id
            let shown = ToolCallID.shown(known, signature: signature, in: .anthropic)
            start(
                .call(index),
                ["type": "tool_use", "id": .string(shown), "name": .string(name), "input": .object([])], &bytes)
            arguments = BracketDepth()
        case .callArguments(_, let text):
            arguments.take(text)
            let delta = JSONValue.members(["type": "input_json_delta", "partial_json": .string(text)])
            send("content_block_delta", ["index": .integer(blocks), "delta": delta], &bytes)
        case .callEnd(let index) where open == .call(index): close(&bytes)
        default: break
        }
    }

    // MARK: Blocks

    private mutating func delta(
        _ kind: Open, _ block: KeyValuePairs<String, JSONValue?>, _ delta: KeyValuePairs<String, JSONValue?>,
        _ bytes: inout [UInt8]
    ) {
        if open != kind { start(kind, block, &bytes) }
        send("content_block_delta", ["index": .integer(blocks), "delta": .members(delta)], &bytes)
    }

    private mutating func start(
        _ kind: Open, _ block: KeyValuePairs<String, JSONValue?>, _ bytes: inout [UInt8]
    ) {
        begin(nil, nil, nil, &bytes)
        close(&bytes)
        open = kind
        send("content_block_start", ["index": .integer(blocks), "content_block": .members(block)], &bytes)
    }

    private mutating func close(_ bytes: inout [UInt8]) {
        guard open != nil else { return }
        send("content_block_stop", ["index": .integer(blocks)], &bytes)
        if case .call(let call) = open { closed.insert(call) }
        open = nil
        blocks += 1
    }

    // MARK: The message

    private mutating func begin(_ id: String?, _ model: String?, _ tier: ChatTier?, _ bytes: inout [UInt8]) {
        guard !hasBegun else { return }
        (hasBegun, self.tier) = (true, tier)
        let message = JSONValue.members([
            "id": .string(ReplyID.shown(id, fallback: context.fallbackID, in: .anthropic)), "type": "message",
            "role": "assistant", "model": .string(model ?? context.model), "content": .array([]),
            "stop_reason": .null, "stop_sequence": .null, "usage": AnthropicUsage.json(of: usage, tier: tier),
        ])
        send("message_start", ["message": message], &bytes)
    }

    private mutating func end(_ bytes: inout [UInt8]) {
        begin(nil, nil, nil, &bytes)
        var stopText = JSONValue.null
        if case .stopText(let text) = stop { stopText = text.map(JSONValue.string) ?? .null }
        let delta = JSONValue.members([
            "stop_reason": .string(AnthropicWords.word(of: stop)), "stop_sequence": stopText,
        ])
        send("message_delta", ["delta": delta, "usage": AnthropicUsage.json(of: usage)], &bytes)
        send("message_stop", [:], &bytes)
    }

    private func send(_ type: String, _ members: KeyValuePairs<String, JSONValue?>, _ bytes: inout [UInt8]) {
        let head = [JSONValue.Member(key: "type", value: .string(type))]
        bytes += "event: \(type)\ndata: ".utf8
        JSONValue.object(head + JSONValue.members(members).members).write(into: &bytes)
        bytes += "\n\n".utf8
    }
}
