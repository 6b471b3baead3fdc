import Domain
import Providers
import Testing

@Suite("Streams of Bedrock")
struct BedrockStreamMeterTests {
    private func meter(_ stream: BedrockStream, _ pieces: [ArraySlice<UInt8>]) -> MeteredResponse {
        var meter = StreamMeter(surface: stream.surface, hidesUsageChunk: false)
        for piece in pieces {
            let relay = Array(piece).withUnsafeBufferPointer { meter.take($0) }
            #expect(relay == .verbatim)
        }
        let (rest, result) = meter.finish()
        #expect(rest.isEmpty)
        return result
    }

    private func tokens(_ usage: TokenUsage) -> [Int64] {
        [usage.uncachedInput, usage.cacheRead, usage.cacheWrite5m, usage.cacheWrite1h, usage.output].map {
            $0.known ?? -1
        }
    }

    @Test("What a stream tells, whole and byte by byte", arguments: BedrockStream.all)
    func told(stream: BedrockStream) {
        let bytes = stream.bytes
        let whole = meter(stream, [bytes[...]])
        #expect(tokens(whole.usage) == stream.tokens && whole.usageSource == stream.source)
        #expect(whole.reachedEnd == (stream.needed <= stream.messages.count) && whole.errorType == stream.error)
        #expect(whole.serviceTier == stream.tier && whole.providerLatency == stream.latency)
        #expect(whole.generatedBytes == stream.generated && whole.problem == nil)
        #expect(meter(stream, bytes.indices.map { bytes[$0...$0] }) == whole)
    }

    @Test("Wherever a stream is cut it tells the same of what came, and is no proper end", arguments: BedrockStream.all)
    func cuts(stream: BedrockStream) {
        let bytes = stream.bytes
        let whole = meter(stream, [bytes[...]])
        for cut in 0...bytes.count {
            #expect(meter(stream, [bytes[..<cut], bytes[cut...]]) == whole, "cut at \(cut)")
            let part = meter(stream, [bytes[..<cut]])
            let ends = (0...stream.messages.count).map { stream.messages.prefix($0).flatMap(\.encoded).count }
            let isEnd = ends.firstIndex(of: cut).map { $0 >= stream.needed } ?? false
            #expect(part.reachedEnd == isEnd, "cut at \(cut)")
        }
    }

    @Test("Damage is told, is no proper end, and leaves what was read before", arguments: BedrockStream.all)
    func damage(stream: BedrockStream) throws {
        let last = try #require(stream.messages.last).encoded
        for position in last.indices {
            var bytes = stream.bytes
            bytes[bytes.count - last.count + position] ^= 0x40
            let found = meter(stream, [bytes[...]])
            #expect(found.problem?.code == "damaged_stream" && !found.reachedEnd && found.errorType == nil)
            let before = meter(stream, [stream.messages.dropLast().flatMap(\.encoded)[...]])
            #expect(found.generatedBytes == before.generatedBytes && found.usage == before.usage)
        }
    }

    @Test("Random damage never crashes")
    func fuzz() {
        var random = SeededNumbers(state: 11)
        for round in 0..<2_000 {
            let stream = BedrockStream.all[round % BedrockStream.all.count]
            let bytes = random.damaged(stream.bytes)
            let found = meter(stream, [bytes[...]])
            #expect(tokens(found.usage).allSatisfy { $0 >= -1 })
        }
    }

    @Test("Counts that are no counts are a problem, not numbers")
    func wrongCounts() {
        let stream = BedrockStream(
            name: "negative", surface: .converse,
            messages: [EventStreamMessage(event: "metadata", json: #"{"usage":{"inputTokens":-5,"outputTokens":1}}"#)],
            tokens: [], needed: 1)
        let found = meter(stream, [stream.bytes[...]])
        #expect(found.problem?.code == "negative_tokens" && !found.usage.isKnown)
    }
}
