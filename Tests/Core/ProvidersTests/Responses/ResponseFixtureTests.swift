import Domain
import JSONScan
import Providers
import Testing

/// The whole answers and the results of batches under `Tests/Fixtures`.
@Suite("Answers of each provider")
struct ResponseFixtureTests {
    private static let bodies = ExchangeFixture.names(holding: "body.json")
    private static let batches = ExchangeFixture.names(holding: "results.jsonl")

    private func read(_ surface: APISurface, _ body: [UInt8]) -> MeteredResponse {
        body.withUnsafeBufferPointer { bytes in
            var scanner = ResponseScanner()
            return scanner.read(surface, bytes)
        }
    }

    @Test("None is missing")
    func complete() { #expect(Self.bodies.count >= 8 && Self.batches.count == 2) }

    @Test("An answer tells what it used", arguments: bodies)
    func answer(name: String) throws {
        let fixture = try ExchangeFixture(name, "body.json")
        fixture.check(read(fixture.surface, fixture.bytes))
    }

    @Test("Of a batch, the requests that succeeded count, at the batch tier", arguments: batches)
    func batch(name: String) throws {
        let fixture = try ExchangeFixture(name, "results.jsonl")
        let responses = fixture.bytes.withUnsafeBufferPointer { BatchResults.read($0) }
        #expect(responses.map { ExchangeFacts($0) } == fixture.json.elements.map { ExchangeFacts($0) })
    }

    @Test("What is no JSON tells nothing", arguments: ["", "<html>", "[]", "null", "{\"usage\":", "\u{FEFF}{}"])
    func notJSON(text: String) {
        let response = read(.chatCompletions, Array(text.utf8))
        #expect(response.usageSource == .absent && response.model == nil && !response.usage.isKnown)
    }

    @Test("Damaged answers never crash")
    func damaged() throws {
        let answers = try Self.bodies.map { try ExchangeFixture($0, "body.json") }
        let results = try Self.batches.map { try ExchangeFixture($0, "results.jsonl") }
        try #require(!answers.isEmpty && !results.isEmpty)
        var numbers = SeededNumbers(state: 23)
        for round in 0..<2_000 {
            let answer = answers[round % answers.count]
            #expect(read(answer.surface, numbers.damaged(answer.bytes)).usage.total >= 0)
            let damaged = numbers.damaged(results[round % results.count].bytes)
            let lines = damaged.withUnsafeBufferPointer { BatchResults.read($0) }
            #expect(lines.allSatisfy { $0.usage.total >= 0 })
        }
    }
}
