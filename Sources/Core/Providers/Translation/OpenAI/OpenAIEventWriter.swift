import Domain
import JSONScan

/// Writes the chunks of a streamed chat completion.
struct OpenAIEventWriter: ChatEventWriter {
    private let context: ReplyContext
    private var id: String
    private var model: String
    private var created: Int64
    private var tier: ChatTier?
    private var usage = TokenUsage.unknown
    private var hasBegun = false
    /// The thought so far: with its signature it is sent once more, whole.
    private var thought = ""
    /// Calls whose arguments have begun.
    private var begun: Set<Int> = []

    init(context: ReplyContext) {
        self.context = context
        id = ReplyID.shown(nil, fallback: context.fallbackID, in: .openAI)
        (model, created) = (context.model, context.created)
    }

    mutating func write(_ event: ChatEvent, into bytes: inout [UInt8]) throws(TranslationProblem) {
        switch event {
        case .start(let id, let model, let created, let tier):
            self.id = ReplyID.shown(id, fallback: context.fallbackID, in: .openAI)
            (self.model, self.created, self.tier) = (model ?? self.model, created ?? self.created, tier)
            begin(&bytes)
        case .text(let text): send(["content": .string(text)], &bytes)
        case .refusal(let text): send(["refusal": .string(text)], &bytes)
        case .thought(let text):
            thought += text
            send(["reasoning_content": .string(text)], &bytes)
        case .signature(let signature, let family):
            sendBlock(ChatThought(thought, signature: signature, family: family), &bytes)
        case .redacted(let data, let family): sendBlock(ChatThought("", redacted: data, family: family), &bytes)
        case .callStart, .callArguments, .callEnd: writeCall(event, &bytes)
        case .usage(let usage): self.usage = usage
        case .stop(let stop):
            begin(&bytes)
            send(.object([]), finish: .string(OpenAIWords.word(of: stop)), &bytes)
        case .end: end(&bytes)
        case .failure(let error): bytes += error.streamEvent(in: .openAI)
        }
    }

    private mutating func writeCall(_ event: ChatEvent, _ bytes: inout [UInt8]) {
        switch event {
        case .callStart(let index, let id, let name, let signature):
            let function = JSONValue.members(["name": .string(name), "arguments": ""])
            let known = id.isEmpty ? "\(context.fallbackID)-\(index)" : id
            let call = JSONValue.members([
                "index": .integer(Int64(index)),
                "id": .string(ToolCallID.shown(known, signature: signature, in: .openAI)), "type": "function",
                "function": function,
            ])
            send(["tool_calls": .array([call])], &bytes)
        case .callArguments(let index, let text):
            begun.insert(index)
            sendArguments(index, text, &bytes)
        // Clients read the arguments as JSON, also where there are none.
        case .callEnd(let index) where !begun.contains(index): sendArguments(index, "{}", &bytes)
        default: break
        }
    }

    private mutating func sendArguments(_ index: Int, _ text: String, _ bytes: inout [UInt8]) {
        let call = JSONValue.members([
            "index": .integer(Int64(index)), "function": .members(["arguments": .string(text)]),
        ])
        send(["tool_calls": .array([call])], &bytes)
    }

    private mutating func sendBlock(_ thought: ChatThought, _ bytes: inout [UInt8]) {
        guard thought.family == .anthropic else { return }
        send(["thinking_blocks": .array([AnthropicBlocks.block(of: thought)])], &bytes)
        self.thought = ""
    }

    private mutating func begin(_ bytes: inout [UInt8]) {
        guard !hasBegun else { return }
        hasBegun = true
        send(.members(["role": "assistant", "content": ""]), finish: .null, &bytes)
    }

    private mutating func send(_ delta: KeyValuePairs<String, JSONValue?>, _ bytes: inout [UInt8]) {
        begin(&bytes)
        send(.members(delta), finish: .null, &bytes)
    }

    private func send(_ delta: JSONValue, finish: JSONValue, _ bytes: inout [UInt8]) {
        let choice = JSONValue.members([
            "index": .integer(0), "delta": delta, "logprobs": .null, "finish_reason": finish,
        ])
        sendChunk(choices: [choice], usage: context.includesUsage ? .null : nil, &bytes)
    }

    private func sendChunk(choices: [JSONValue], usage: JSONValue?, _ bytes: inout [UInt8]) {
        let chunk = JSONValue.members([
            "id": .string(id), "object": "chat.completion.chunk", "created": .integer(created),
            "model": .string(model), "service_tier": tier.map { .string(OpenAIWords.word(of: $0)) },
            "choices": .array(choices), "usage": usage,
        ])
        bytes += "data: ".utf8
        chunk.write(into: &bytes)
        bytes += "\n\n".utf8
    }

    private func end(_ bytes: inout [UInt8]) {
        if context.includesUsage, let usage = OpenAIUsage.json(of: usage) {
            sendChunk(choices: [], usage: usage, &bytes)
        }
        bytes += "data: [DONE]\n\n".utf8
    }
}
