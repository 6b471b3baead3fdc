import Domain
import JSONScan

/// Reads the pieces of a streamed answer of Gemini's.
struct GeminiEventReader: ChatEventReader {
    private let context: ReplyContext
    private var id: String?
    private var hasBegun = false
    private var calls = 0
    private var hasStopped = false

    init(context: ReplyContext) { self.context = context }

    mutating func read(_ payload: UnsafeBufferPointer<UInt8>) -> [ChatEvent] {
        guard let chunk = try? JSONValue.parse(payload), case .object = chunk else {
            return [.unreadable("has an event that is not JSON.")]
        }
        if let error = chunk["error"], error != .null { return [.failure(ProviderError.gemini(error, status: nil))] }
        var events: [ChatEvent] = []
        if !hasBegun {
            (hasBegun, id) = (true, chunk["responseId"]?.text)
            events.append(.start(id: id, model: chunk["modelVersion"]?.text, created: nil, tier: nil))
        }
        if let usage = chunk["usageMetadata"], let usage = try? GeminiUsage.read(usage), usage.isKnown {
            events.append(.usage(usage))
        }
        if let candidate = chunk["candidates"]?.elements.first {
            events += read(candidate)
        } else if chunk["promptFeedback"]?["blockReason"]?.text != nil {
            hasStopped = true
            events.append(.stop(.refusal))
        }
        return events
    }

    /// Gemini's streams have no mark of their end but the reason for it.
    mutating func finish() -> [ChatEvent] { hasStopped ? [.end] : [] }

    private mutating func read(_ candidate: JSONValue) -> [ChatEvent] {
        var events: [ChatEvent] = []
        do throws(TranslationProblem) {
            for part in candidate["content"]?["parts"]?.elements ?? [] {
                let id = "\(self.id ?? context.fallbackID)-\(calls)"
                if let part = try GeminiReply.part(of: part, id: id, at: "") { events += read(part) }
            }
        } catch { return events + [.failure(error.callerError)] }
        guard let word = candidate["finishReason"]?.text, !hasStopped else { return events }
        guard let stop = GeminiWords.stop(word) else {
            return events + [.unreadable("ends with \"\(word)\": the model failed.")]
        }
        hasStopped = true
        return events + [.stop(stop == .endTurn && calls > 0 ? .toolUse : stop)]
    }

    private mutating func read(_ part: ChatPart) -> [ChatEvent] {
        switch part {
        case .text(let text): return [.text(text)]
        case .thought(let thought): return [.thought(thought.text)]
        case .toolCall(let call):
            defer { calls += 1 }
            return [
                .callStart(index: calls, id: call.id, name: call.name, signature: call.signature),
                .callArguments(index: calls, call.arguments.compactText), .callEnd(index: calls),
            ]
        default: return []
        }
    }
}
