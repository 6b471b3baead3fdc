import Domain
import Foundation
import JSONScan
import Policy
import Testing

@Suite("Prefix reuse on a recorded trace")
struct PrefixReplayTests {
    static let file = "../shared/data/traffic/mooncake_conversation_trace.jsonl"

    /// Tokens read and written as shares of all prompt tokens.
    private func use(_ terms: PrefixTerms) throws -> (read: Double, written: Double) {
        var memory = PrefixMemory(terms)
        var batch = RecordBatch()
        var sums: (read: Int64, written: Int64, all: Int64) = (0, 0, 0)
        for line in try String(contentsOfFile: Self.file, encoding: .utf8).split(separator: "\n") {
            let row = try JSONValue.parse(String(line))
            var record = UsageRecord()
            record.startedAt = Timestamp(microseconds: (row["timestamp"]?.integer ?? 0) * 1_000)
            record.usage.uncachedInput = TokenCount(row["input_length"]?.integer ?? 0)
            batch.prefixHashes = (row["hash_ids"]?.elements ?? []).map { UInt64($0.integer ?? 0) &+ 1 }
            record.prompt.prefix = ItemSpan(start: 0, count: UInt32(batch.prefixHashes.count))
            record.prompt.prefixBlockTokens = 512
            let tokens = record.usage.totalInput
            let use = memory.use(
                PolicyRequest.of(record, in: batch), hashes: batch.prefixHashes, scope: 1, tokens: tokens)
            sums = (sums.read + use.read, sums.written + use.written, sums.all + tokens)
        }
        #expect(sums.all == 144_793_823)
        return (Double(sums.read) / Double(sums.all), Double(sums.written) / Double(sums.all))
    }

    @Test(
        "The published shares come out, within a tenth of a point",
        .enabled(if: FileManager.default.fileExists(atPath: file), "the shared data is not there"),
        arguments: [(Int64(60), 0.105, -0.095, 0.129), (300, 0.293, -0.264, -0.087), (3_600, 0.374, -0.336, -0.180)])
    func shares(seconds: Int64, share: Double, free: Double, everyWrite: Double) throws {
        var terms = PrefixTerms()
        (terms.timeToLive, terms.leastTokens) = (seconds * 1_000_000, 0)
        let automatic = try use(terms)
        #expect(abs(automatic.read - share) < 0.001 && automatic.written == 0)
        #expect(abs(-0.9 * automatic.read - free) < 0.001)
        terms.writes = .every
        let every = try use(terms)
        // Reads at a tenth, writes at 1.25 times the price of input.
        let change = -0.9 * every.read + 0.25 * every.written
        #expect(abs(change - everyWrite) < 0.001)
    }

    @Test(
        "Writing only what came before costs less than writing everything, where few prefixes return",
        .enabled(if: FileManager.default.fileExists(atPath: file), "the shared data is not there"))
    func predicted() throws {
        var terms = PrefixTerms()
        (terms.timeToLive, terms.leastTokens) = (60_000_000, 0)
        terms.writes = .every
        let every = try use(terms)
        terms.writes = .predicted
        let predicted = try use(terms)
        let (careless, careful) = (
            -0.9 * every.read + 0.25 * every.written, -0.9 * predicted.read + 0.25 * predicted.written
        )
        #expect(careless > 0.1 && careful < careless)
    }
}
