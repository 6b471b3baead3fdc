import Foundation
import Sampling
import Testing

@Suite("Composed sample traffic")
struct SampleTrafficTests {
    /// The bytes of some traffic.
    private static func bytes(_ requests: Int, seed: UInt64, _ content: SampleTraffic.Content = .prompts) throws
        -> [UInt8]
    {
        var bytes: [UInt8] = []
        try SampleTraffic(requests: requests, seed: seed, content: content).write { bytes.append(contentsOf: $0) }
        return bytes
    }

    /// The lines of some traffic, without their line ends.
    private static func lines(_ requests: Int, seed: UInt64, _ content: SampleTraffic.Content = .prompts) throws
        -> [String]
    {
        try bytes(requests, seed: seed, content).split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
    }

    private static func decoded(_ requests: Int, seed: UInt64, _ content: SampleTraffic.Content = .prompts) throws
        -> [SampleLine]
    {
        let decoder = JSONDecoder()
        return try lines(requests, seed: seed, content).map { try decoder.decode(SampleLine.self, from: Data($0.utf8)) }
    }

    private static func mean(_ values: [Int]) -> Double { Double(values.reduce(0, +)) / Double(max(values.count, 1)) }

    @Test("The same traffic has the same bytes, another seed has others", arguments: SampleTraffic.Content.allCases)
    func determinism(_ content: SampleTraffic.Content) throws {
        let first = try Self.bytes(3000, seed: 1, content)
        let same = try Self.bytes(3000, seed: 1, content)
        let other = try Self.bytes(3000, seed: 2, content)
        #expect(first == same)
        #expect(first != other)
    }

    @Test(
        "There are as many lines as requests, each an object that begins with its time",
        arguments: [0, 1, 2, 745, 5000])
    func lineCount(_ requests: Int) throws {
        let lines = try Self.lines(requests, seed: 4)
        #expect(lines.count == requests)
        #expect(lines.allSatisfy { $0.hasPrefix("{\"timestamp\":\"2026-10-") && $0.hasSuffix("\"composed\":true}") })
    }

    @Test("Pieces are of about 64 KiB and end with a line")
    func pieces() throws {
        var sizes: [Int] = []
        var ends: [UInt8] = []
        try SampleTraffic(requests: 2000, seed: 1).write { piece in
            sizes.append(piece.count)
            ends.append(piece.last ?? 0)
        }
        #expect(ends.allSatisfy { $0 == 0x0A })
        #expect(sizes.count > 10)
        #expect(sizes.dropLast().allSatisfy { (65_536..<70_000).contains($0) })
    }

    @Test("Times ascend through October 2026")
    func times() throws {
        let times = try Self.decoded(20_000, seed: 1, .hashes).map(\.timestamp)
        #expect(zip(times, times.dropFirst()).allSatisfy { $0 <= $1 })
        #expect(times.first?.hasPrefix("2026-10-01T00:") == true)
        #expect(times.last?.hasPrefix("2026-10-31T23:") == true)
    }

    @Test("Ten customers send 63 % of the tagged requests, and 3 % are untagged")
    func customers() throws {
        let lines = try Self.decoded(20_000, seed: 1, .hashes)
        let tagged = lines.compactMap(\.customer)
        let counts = Dictionary(tagged.map { ($0, 1) }, uniquingKeysWith: +).values.sorted(by: >)
        #expect(abs(Double(counts.prefix(10).reduce(0, +)) / Double(tagged.count) - 0.63) < 0.015)
        #expect(counts.count <= 162)
        #expect(abs(Double(tagged.count) / 20_000 - 0.97) < 0.006)
        #expect(lines.allSatisfy { ($0.customer == nil) == ($0.feature == nil) })
    }

    @Test("Tokens have the means of the Azure conversation trace")
    func tokens() throws {
        let answered = try Self.decoded(20_000, seed: 1, .hashes).filter { $0.status == 200 }
        #expect(abs(Self.mean(answered.map(\.input)) / 1154.7 - 1) < 0.04)
        #expect(abs(Self.mean(answered.map(\.output)) / 211.13 - 1) < 0.04)
        #expect(answered.allSatisfy { ($0.reasoning ?? 0) <= $0.output && $0.uncachedInput >= 0 })
    }

    @Test("Features with shared prefixes read 29.3 % of their input from caches; volatile heads never do")
    func prefixes() throws {
        let answered = try Self.decoded(20_000, seed: 1, .hashes).filter { $0.status == 200 }
        let shared: Set = ["support-chat", "search-answers", "code-review", "sql-generation"]
        let sharing = answered.filter { shared.contains($0.feature ?? "") }
        #expect(abs(Self.mean(sharing.map(\.cacheRead)) / Self.mean(sharing.map(\.input)) - 0.293) < 0.025)
        let volatile = answered.filter { $0.feature == "invoice-extraction" }
        #expect(volatile.contains { $0.cacheWrite5m > 0 })
        #expect(volatile.allSatisfy { $0.cacheRead == 0 })
    }

    @Test("About 8 % of the prompts repeat exactly, about 1 % of the calls fail without output")
    func repeatsAndFailures() throws {
        let lines = try Self.decoded(20_000, seed: 1, .hashes)
        let distinct = Set(lines.map(\.promptHash)).count
        #expect((0.06...0.10).contains(1 - Double(distinct) / 20_000))
        let failed = lines.filter { $0.status != 200 }
        #expect((100...300).contains(failed.count))
        #expect(failed.allSatisfy { $0.output == 0 })
        let unpriced = lines.filter { $0.provider == "self-hosted" }
        #expect((50...160).contains(unpriced.count))
    }

    @Test("Prompts are 200 to 1,000 bytes long, and about 8 % repeat exactly, as with hashes")
    func prompts() throws {
        let lines = try Self.decoded(20_000, seed: 1)
        let prompts = lines.compactMap(\.prompt)
        #expect(prompts.count == 20_000)
        #expect(prompts.allSatisfy { (200...1000).contains($0.utf8.count) })
        #expect((0.06...0.10).contains(1 - Double(Set(prompts).count) / 20_000))
        #expect(lines.allSatisfy { $0.costUsd == nil && $0.composed == true })
    }

    @Test("Lines with hashes are 300 to 360 bytes long on average, and the first says that it is composed")
    func hashes() throws {
        let lines = try Self.lines(10_000, seed: 1, .hashes)
        #expect((300.0...360.0).contains(Self.mean(lines.map(\.utf8.count))))
        #expect(lines.first?.hasSuffix(",\"composed\":true}") == true)
        let decoded = try Self.decoded(10_000, seed: 1, .hashes)
        #expect(decoded.allSatisfy { $0.promptHash?.utf8.count == 32 && $0.costUsd != nil })
    }
}

/// What the tests read of a line.
struct SampleLine: Decodable {
    let timestamp: String
    let provider: String
    let feature: String?
    let customer: String?
    let uncachedInput: Int
    let cacheRead: Int
    let cacheWrite5m: Int
    let output: Int
    let reasoning: Int?
    let status: Int
    let prompt: String?
    let promptHash: String?
    let costUsd: Double?
    let composed: Bool?

    enum CodingKeys: String, CodingKey {
        case timestamp, provider, feature, customer, output, reasoning, status, prompt, composed
        case uncachedInput = "uncached_input"
        case cacheRead = "cache_read"
        case cacheWrite5m = "cache_write_5m"
        case promptHash = "prompt_hash"
        case costUsd = "cost_usd"
    }

    /// All input tokens.
    var input: Int { uncachedInput + cacheRead + cacheWrite5m }
}
