import Domain
import Foundation
import JSONScan
import Testing

@testable import Providers

/// What a stream says, put together.
struct Transcript: Equatable {
    var text = ""
    var thought = ""
    var calls: [String] = []
    var stop: ChatStop?
    var usage = TokenUsage.unknown
    var hasEnded = false
    var error: String?

    /// Reads a whole stream in a family's words.
    init(_ bytes: [UInt8], _ family: ProviderFamily) {
        var reader: any ChatEventReader =
            switch family {
            case .openAI: OpenAIEventReader()
            case .anthropic: AnthropicEventReader()
            case .gemini: GeminiEventReader(context: Translating.context)
            case .bedrock: UntranslatedEvents()
            }
        var events: [ChatEvent] = []
        var units = StreamUnits()
        _ = bytes.withUnsafeBufferPointer { bytes in units.take(bytes) { events += reader.read($0) } }
        units.finish { events += reader.read($0) }
        events += reader.finish()
        var arguments: [Int: (name: String, text: String)] = [:]
        for event in events where error == nil {
            switch event {
            case .text(let more), .refusal(let more): text += more
            case .thought(let more): thought += more
            case .callStart(let index, _, let name, _): arguments[index] = (name, "")
            case .callArguments(let index, let more): arguments[index]?.text += more
            case .usage(let usage): self.usage = usage
            case .stop(let stop): self.stop = stop
            case .end: hasEnded = true
            case .failure(let failure): error = failure.message
            default: break
            }
        }
        calls = arguments.sorted { $0.key < $1.key }.map { _, call in
            call.name + (JSONValue.object(from: call.text)?.compactText ?? "?" + call.text)
        }
    }

    /// What every API can tell of it.
    var plain: Transcript {
        var plain = self
        if case .stopText = stop { plain.stop = .endTurn }
        plain.usage = TokenUsage(
            uncachedInput: TokenCount(usage.totalInput - usage.cacheRead.orZero), cacheRead: usage.cacheRead,
            output: usage.output)
        if !plain.usage.cacheRead.isKnown { plain.usage.cacheRead = .zero }
        if !usage.uncachedInput.isKnown { plain.usage = .unknown }
        return plain
    }
}

@Suite("Streams in another provider's words")
struct StreamTranslationTests {
    /// The fixtures of chats, with their family.
    private static let fixtures: [(name: String, family: ProviderFamily)] =
        ExchangeFixture.names(holding: "stream.txt").compactMap { name in
            switch try? ExchangeFixture(name, "stream.txt").surface {
            case .chatCompletions: (name, .openAI)
            case .messages: (name, .anthropic)
            case .generateContent: (name, .gemini)
            default: nil
            }
        }
    private static let names = fixtures.map(\.name)

    private func family(of name: String) throws -> ProviderFamily {
        try #require(Self.fixtures.first { $0.name == name }?.family)
    }

    @Test("None is missing")
    func complete() {
        #expect(Self.fixtures.count >= 25)
        #expect(Set(Self.fixtures.map(\.family)).count == 3)
    }

    @Test("The translated stream says what the provider's says", arguments: names)
    func meaning(name: String) throws {
        let fixture = try ExchangeFixture(name, "stream.txt")
        let from = try family(of: name)
        let source = Transcript(fixture.bytes, from)
        for to in Translating.families where to != from {
            let way = Translating.Way(from: from, to: to)
            let (bytes, translator) = Translating.stream(fixture.bytes, way, piece: fixture.bytes.count)
            let told = Transcript(bytes, to)
            if to == .gemini, source.calls.contains(where: { $0.contains("?") }) {
                // Gemini's calls are objects: a text that is none cannot be told.
                #expect(translator.failure != nil && told.error != nil && !told.hasEnded)
                continue
            }
            #expect(translator.reachedEnd == source.hasEnded)
            #expect((translator.failure != nil) == (source.error != nil))
            #expect(told.hasEnded == source.hasEnded && (told.error == nil) == (source.error == nil))
            guard source.hasEnded, source.error == nil else { continue }
            let (found, expected) = (told.plain, source.plain)
            #expect(found.text == expected.text && found.thought == expected.thought && found.calls == expected.calls)
            #expect(found.stop == expected.stop)
            if expected.usage.isKnown { #expect(found.usage == expected.usage) }
        }
    }

    @Test("A stream cut at any byte gives the same", arguments: names)
    func cuts(name: String) throws {
        let fixture = try ExchangeFixture(name, "stream.txt")
        let from = try family(of: name)
        for to in Translating.families where to != from {
            let way = Translating.Way(from: from, to: to)
            let whole = Translating.stream(fixture.bytes, way, piece: max(fixture.bytes.count, 1)).bytes
            for piece in [1, 2, 3, 7, 64] {
                #expect(Translating.stream(fixture.bytes, way, piece: piece).bytes == whole)
            }
            for cut in stride(from: 0, to: fixture.bytes.count, by: 1) {
                #expect(halves(fixture.bytes, at: cut, way) == whole, "\(way) at \(cut)")
            }
        }
    }

    private func halves(_ bytes: [UInt8], at cut: Int, _ way: Translating.Way) -> [UInt8] {
        var translator = StreamTranslator(from: way.from, to: way.to, context: Translating.context)
        var result: [UInt8] = []
        for half in [Array(bytes[..<cut]), Array(bytes[cut...])] {
            result += half.withUnsafeBufferPointer { translator.take($0) }
        }
        return result + translator.finish()
    }

    @Test("Made streams say the same in each API", arguments: Translating.ways)
    func made(_ way: Translating.Way) throws {
        var calls = 0
        for seed in 0..<300 {
            var streams = MadeStreams(seed: UInt64(seed))
            let bytes = try streams.bytes(way.from)
            let source = Transcript(bytes, way.from)
            let (output, translator) = Translating.stream(bytes, way, piece: seed % 90 + 1)
            let told = Transcript(output, way.to)
            #expect(translator.reachedEnd && source.hasEnded && told.hasEnded, "seed \(seed)")
            #expect(told.plain == source.plain, "seed \(seed)")
            calls += told.calls.count
        }
        #expect(calls > 200)
    }

    @Test("Damaged streams never crash, and never end well twice")
    func damaged() throws {
        let fixtures = try Self.fixtures.map { ($0.family, try ExchangeFixture($0.name, "stream.txt").bytes) }
        var numbers = SeededNumbers(state: 23)
        var failures = 0
        for round in 0..<3000 {
            let (from, original) = fixtures[round % fixtures.count]
            let bytes = numbers.damaged(original)
            for to in Translating.families where to != from {
                let way = Translating.Way(from: from, to: to)
                let (output, translator) = Translating.stream(bytes, way, piece: 50)
                if translator.failure != nil { failures += 1 }
                #expect(!(translator.reachedEnd && translator.failure != nil))
                let ends = String(decoding: output, as: UTF8.self).components(separatedBy: "data: [DONE]").count
                #expect(ends <= 2)
            }
        }
        #expect(failures > 500)
    }
}
