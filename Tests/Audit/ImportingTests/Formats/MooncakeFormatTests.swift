import Domain
import Importing
import Testing

@Suite struct MooncakeFormatTests {
    @Test func trace() async throws {
        let read = try await ReadInput.fixture("mooncake/trace.jsonl")
        #expect(read.summary.inputs.first?.format == "mooncake")
        #expect(read.records.map(\.usage.buckets) == [[1100, nil, nil, nil, 50], [1400, nil, nil, nil, 20]])
        #expect(read.records.map(\.startedAt.microseconds) == [0, 3_000_000])
        #expect(read.records.map(\.prompt.prefix.count) == [3, 3])
        #expect(read.records.map(\.prompt.prefixBlockTokens) == [512, 512])
        #expect(read.batch.prefixHashes == [0, 1, 2, 0, 1, 7])
        #expect(read.records.allSatisfy { $0.costKind == .unpriced })
    }
}
