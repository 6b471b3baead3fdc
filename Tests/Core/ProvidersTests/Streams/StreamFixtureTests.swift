import Providers
import Testing

/// The streams under `Tests/Fixtures`, cut in every way.
@Suite("Streams of each provider")
struct StreamFixtureTests {
    private static let names = ExchangeFixture.names(holding: "stream.txt")

    /// Feeds a stream in pieces; returns what is passed on and what was read.
    private func feed(
        _ stream: [UInt8], _ surface: APISurface, hides: Bool, pieces: ClosedRange<Int>,
        _ numbers: inout SeededNumbers
    ) -> (passed: [UInt8], result: MeteredResponse) {
        var meter = StreamMeter(surface: surface, hidesUsageChunk: hides)
        var passed: [UInt8] = []
        var position = 0
        while position < stream.count {
            let end = min(position + Int.random(in: pieces, using: &numbers), stream.count)
            let piece = Array(stream[position..<end])
            switch piece.withUnsafeBufferPointer({ meter.take($0) }) {
            case .verbatim: passed += piece
            case .bytes(let bytes): passed += bytes
            case .nothing: break
            }
            position = end
        }
        let (rest, result) = meter.finish()
        return (passed + rest, result)
    }

    @Test("None is missing")
    func complete() {
        #expect(Self.names.count >= 35)
        let providers = Set(Self.names.map { name in name.prefix { $0 != "/" } })
        #expect(providers.count == 7)
    }

    @Test("The same is read and passed on, whole, byte by byte and at random cuts", arguments: names)
    func cuts(name: String) throws {
        let fixture = try ExchangeFixture(name, "stream.txt")
        var numbers = SeededNumbers(state: 5)
        let count = max(fixture.bytes.count, 1)
        for pieces in [count...count, 1...1, 1...40, 1...400, 1...40] {
            let plain = feed(fixture.bytes, fixture.surface, hides: false, pieces: pieces, &numbers)
            #expect(plain.passed == fixture.bytes)
            fixture.check(plain.result)
            guard fixture.surface == .chatCompletions || fixture.surface == .completions else { continue }
            let hidden = feed(fixture.bytes, fixture.surface, hides: true, pieces: pieces, &numbers)
            #expect(hidden.passed == fixture.visible)
            fixture.check(hidden.result)
        }
    }

    @Test("Damaged streams never crash, and lose nothing")
    func damaged() throws {
        let fixtures = try Self.names.map { try ExchangeFixture($0, "stream.txt") }
        try #require(!fixtures.isEmpty)
        var numbers = SeededNumbers(state: 17)
        for round in 0..<3_000 {
            let fixture = fixtures[round % fixtures.count]
            let bytes = numbers.damaged(fixture.bytes)
            let plain = feed(bytes, fixture.surface, hides: false, pieces: 1...60, &numbers)
            #expect(plain.passed == bytes)
            let hidden = feed(bytes, .chatCompletions, hides: true, pieces: 1...60, &numbers)
            #expect(isPart(hidden.passed, of: bytes), "Nothing is made up, nothing changes its place.")
        }
    }

    /// Whether the bytes stand in the others in the same order, perhaps with gaps.
    private func isPart(_ part: [UInt8], of whole: [UInt8]) -> Bool {
        var position = 0
        for byte in whole where position < part.count && part[position] == byte { position += 1 }
        return position == part.count
    }
}
