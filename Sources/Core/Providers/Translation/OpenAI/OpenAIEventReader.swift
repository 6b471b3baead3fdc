import Domain
import JSONScan

/// Reads the chunks of a streamed chat completion.
struct OpenAIEventReader: ChatEventReader {
    /// A call that is being streamed.
    private struct Call {
        var id = ""
        var name = ""
        /// Arguments that came before the name.
        var early = ""
        var isStarted = false
    }

    private var calls: [Call] = []
    private var numbers = OpenAICallNumbers()
    private var hasBegun = false
    private var hasRefused = false
    private var hasStopped = false
    private var hasEnded = false

    mutating func read(_ payload: UnsafeBufferPointer<UInt8>) -> [ChatEvent] {
        if payload.starts(with: "[DONE]".utf8) { return finish() }
        guard let chunk = try? JSONValue.parse(payload), case .object = chunk else {
            return [.unreadable("has an event that is not JSON.")]
        }
        if let error = chunk["error"], error != .null { return [.failure(ProviderError.openAI(error, status: nil))] }
        var events: [ChatEvent] = []
        if !hasBegun, chunk["id"]?.text != nil || chunk["choices"]?.elements.isEmpty == false {
            hasBegun = true
            events.append(
                .start(
                    id: chunk["id"]?.text, model: chunk["model"]?.text, created: chunk["created"]?.integer,
                    tier: chunk["service_tier"]?.text.flatMap(OpenAIWords.tier)))
        }
        if let choice = chunk["choices"]?.elements.first { events += read(choice) }
        if let usage = chunk["usage"], usage != .null, let usage = try? OpenAIUsage.chat(usage), usage.isKnown {
            events.append(.usage(usage))
        }
        return events
    }

    /// The end, where the answer has ended; some servers leave `[DONE]` out.
    mutating func finish() -> [ChatEvent] {
        guard hasStopped, !hasEnded else { return [] }
        hasEnded = true
        return [.end]
    }

    private mutating func read(_ choice: JSONValue) -> [ChatEvent] {
        let delta = choice["delta"] ?? .null
        var events: [ChatEvent] = []
        if let thought = delta["reasoning_content"]?.text ?? delta["reasoning"]?.text {
            events.append(.thought(thought))
        }
        if let text = delta["content"]?.text { events.append(.text(text)) }
        if let refusal = delta["refusal"]?.text {
            hasRefused = true
            events.append(.refusal(refusal))
        }
        for call in delta["tool_calls"]?.elements ?? [] { events += read(call: call) }
        if let word = choice["finish_reason"]?.text { events += stop(word) }
        return events
    }

    private mutating func read(call: JSONValue) -> [ChatEvent] {
        let index = numbers.place(of: call)
        if index == calls.count { calls.append(Call()) }
        let function = call["function"] ?? .null
        var fragment = ""
        if case .string(let text) = function["arguments"] { fragment = text }
        if calls[index].name.isEmpty { calls[index].name = function["name"]?.text ?? "" }
        if calls[index].id.isEmpty { calls[index].id = call["id"]?.text ?? "" }
        guard !calls[index].name.isEmpty else {
            calls[index].early += fragment
            return []
        }
        var events: [ChatEvent] = []
        if !calls[index].isStarted {
            calls[index].isStarted = true
            let call = calls[index]
            events.append(.callStart(index: index, id: call.id, name: call.name, signature: nil))
            fragment = call.early + fragment
        }
        if !fragment.isEmpty { events.append(.callArguments(index: index, fragment)) }
        return events
    }

    private mutating func stop(_ word: String) -> [ChatEvent] {
        guard !hasStopped else { return [] }
        guard var stop = OpenAIWords.stop(word) else {
            return [.unreadable("ends with \"\(word)\", which cannot be translated.")]
        }
        hasStopped = true
        if stop == .endTurn { stop = hasRefused ? .refusal : calls.isEmpty ? stop : .toolUse }
        let ends = calls.indices.filter { calls[$0].isStarted }.map { ChatEvent.callEnd(index: $0) }
        return ends + [.stop(stop)]
    }
}
