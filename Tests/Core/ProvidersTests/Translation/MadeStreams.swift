import Domain
import JSONScan

@testable import Providers

/// Pseudo-random streams, in the words of a family.
struct MadeStreams {
    var numbers: SeededNumbers

    init(seed: UInt64) { numbers = SeededNumbers(state: seed) }

    /// The events of an answer: thoughts, texts and calls in pieces, with the usage at the end.
    mutating func events() -> [ChatEvent] {
        var events = [ChatEvent.start(id: "1", model: "m", created: 7, tier: nil)]
        if chance(0.5) { events += pieces().map { .thought($0) } }
        if chance(0.8) { events += pieces().map { .text($0) } }
        let calls = below(4)
        for index in 0..<calls { events += call(index) }
        let ordinary: [ChatStop] = [.endTurn, .outputLimit, .refusal]
        events.append(.stop(calls > 0 ? .toolUse : ordinary[below(3)]))
        events.append(
            .usage(
                TokenUsage(
                    uncachedInput: TokenCount(Int64(below(1000))), cacheRead: TokenCount(Int64(below(1000))),
                    cacheWrite5m: .zero, cacheWrite1h: .zero, output: TokenCount(Int64(below(1000))))))
        return events + [.end]
    }

    /// The bytes of an answer.
    mutating func bytes(_ family: ProviderFamily) throws -> [UInt8] {
        var writer: any ChatEventWriter =
            switch family {
            case .openAI: OpenAIEventWriter(context: Translating.context)
            case .anthropic: AnthropicEventWriter(context: Translating.context)
            case .gemini: GeminiEventWriter(context: Translating.context)
            case .bedrock: UntranslatedEvents()
            }
        var bytes: [UInt8] = []
        for event in events() { try writer.write(event, into: &bytes) }
        return bytes
    }

    private mutating func call(_ index: Int) -> [ChatEvent] {
        var text = JSONValue.members(["a": .string(pieces().joined()), "b": .array([.number("1.50"), .null])])
            .compactText
        if chance(0.2) { text = "{}" }
        var events = [ChatEvent.callStart(index: index, id: "call_\(index)", name: "f\(index)", signature: nil)]
        while !text.isEmpty {
            let piece = text.prefix(below(6) + 1)
            events.append(.callArguments(index: index, String(piece)))
            text.removeFirst(piece.count)
        }
        return events + [.callEnd(index: index)]
    }

    private mutating func pieces() -> [String] {
        let words = ["a", " b", "\"", "\\", "\n\n", "\r", "é", "😀", "data: ", "[DONE]", "}", "{", "\u{1}"]
        return (0...below(8)).map { _ in words[below(words.count)] }
    }

    private mutating func below(_ count: Int) -> Int { Int.random(in: 0..<count, using: &numbers) }

    private mutating func chance(_ share: Double) -> Bool { Double.random(in: 0..<1, using: &numbers) < share }
}
