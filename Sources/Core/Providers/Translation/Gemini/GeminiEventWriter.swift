import Domain
import JSONScan

/// Writes the pieces of a streamed answer of Gemini's. Calls stand in it whole.
struct GeminiEventWriter: ChatEventWriter {
    /// A call whose arguments are being gathered.
    private struct Call {
        let id: String
        let name: String
        let signature: String?
        var text = ""
    }

    private let context: ReplyContext
    private var id: String
    private var model: String
    private var usage = TokenUsage.unknown
    private var calls: [Int: Call] = [:]
    private var stop: ChatStop?
    private var isFirst = true

    init(context: ReplyContext) {
        self.context = context
        (id, model) = (ReplyID.shown(nil, fallback: context.fallbackID, in: .gemini), context.model)
    }

    mutating func write(_ event: ChatEvent, into bytes: inout [UInt8]) throws(TranslationProblem) {
        switch event {
        case .start(let id, let model, _, _):
            self.id = ReplyID.shown(id, fallback: context.fallbackID, in: .gemini)
            self.model = model ?? self.model
        case .text(let text), .refusal(let text): send([.members(["text": .string(text)])], &bytes)
        case .thought(let text): send([GeminiThought.part(of: ChatThought(text, family: .gemini))], &bytes)
        case .signature(let signature, let family):
            send([GeminiThought.part(of: ChatThought("", signature: signature, family: family))], &bytes)
        case .redacted(let data, let family):
            send([GeminiThought.part(of: ChatThought("", redacted: data, family: family))], &bytes)
        case .callStart(let index, let id, let name, let signature):
            let known = id.isEmpty ? "call_\(context.fallbackID)-\(index)" : id
            calls[index] = Call(id: known, name: name, signature: signature)
        case .callArguments(let index, let text): calls[index]?.text += text
        case .callEnd: break
        case .usage(let usage): self.usage = usage
        case .stop(let stop):
            try sendCalls(&bytes)
            self.stop = stop
        case .end: end(&bytes)
        case .failure(let error): fail(error, &bytes)
        }
    }

    private mutating func sendCalls(_ bytes: inout [UInt8]) throws(TranslationProblem) {
        var parts: [JSONValue] = []
        for (_, call) in calls.sorted(by: { $0.key < $1.key }) {
            guard let arguments = JSONValue.object(from: call.text) else {
                throw .upstream("arguments", "of a call of \(call.name) are no JSON object.")
            }
            let whole = ChatToolCall(id: call.id, name: call.name, arguments: arguments)
            parts.append(GeminiRequestWriter.part(of: whole, signature: call.signature))
        }
        if !parts.isEmpty { send(parts, &bytes) }
    }

    private mutating func send(_ parts: [JSONValue], stop: ChatStop? = nil, _ bytes: inout [UInt8]) {
        let answer = GeminiReply.answer(
            parts: parts, stop: stop, usage: GeminiUsage.json(of: usage), model: model, id: id)
        frame(answer.compactBytes, &bytes)
    }

    private mutating func frame(_ json: [UInt8], _ bytes: inout [UInt8]) {
        switch context.framing {
        case .events: bytes += Array("data: ".utf8) + json + Array("\r\n\r\n".utf8)
        case .array: bytes += Array((isFirst ? "[" : ",\r\n").utf8) + json
        }
        isFirst = false
    }

    private mutating func end(_ bytes: inout [UInt8]) {
        send([], stop: stop ?? .endTurn, &bytes)
        if context.framing == .array { bytes += "]".utf8 }
    }

    private mutating func fail(_ error: CallerError, _ bytes: inout [UInt8]) {
        frame(error.body(in: .gemini), &bytes)
        if context.framing == .array { bytes += "]".utf8 }
    }
}
