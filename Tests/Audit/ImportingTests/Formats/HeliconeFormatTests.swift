import Domain
import Importing
import Testing

@Suite struct HeliconeFormatTests {
    @Test func export() async throws {
        let read = try await ReadInput.fixture("helicone/export.csv")
        #expect(read.summary.inputs.first?.format == "helicone")
        #expect(read.records.count == 2)
        let record = try #require(read.records.first)
        #expect(record.usage.buckets == [1000, nil, nil, 0, 200])
        #expect(record.cost.decimalText == "0.00027")
        #expect(record.costKind == .reported)
        #expect(record.latency == 850_000)
        #expect(read.name(record.customer) == "acme")
        #expect(read.name(record.feature) == "chat")
        #expect(read.name(record.environment) == "production")
        #expect(read.name(record.team) == "core")
        #expect(read.text(record.responseID) == "res-1")
        #expect(!record.prompt.exact.isAbsent)
        #expect(read.records[1].status == .failed)
        #expect(read.records[1].httpStatus == 500)
        #expect(read.records[1].costKind == .unpriced)
        #expect(read.records[1].usageSource == .absent)
    }

    @Test func clickHouseRows() async throws {
        let read = try await ReadInput.fixture("helicone/clickhouse.jsonl")
        #expect(read.summary.inputs.first?.format == "helicone")
        #expect(read.records.count == 3)
        // OpenAI counts the cache in, Anthropic does not.
        #expect(read.records[0].usage.buckets == [600, 400, 0, 0, 200])
        #expect(read.records[1].usage.buckets == [100, 40, 20, 0, 50])
        #expect(read.diagnostic("helicone_cache_ambiguous")?.count == 2)
        #expect(read.records[0].cost.decimalText == "0.00024")
        #expect(read.diagnostic("helicone_cost_scaled")?.count == 1)
        #expect(read.records[0].timeToFirstToken == 120_000)
        #expect(read.name(read.records[0].feature) == "search")
        #expect(read.name(read.records[0].provider) == "openai")
        #expect(read.text(read.records[0].requestID) == "req-3")
    }

    @Test func cacheHit() async throws {
        let record = try await ReadInput.fixture("helicone/clickhouse.jsonl").records[2]
        #expect(record.action == .exactCacheHit)
        #expect(record.cost == .zero)
        #expect(record.costKind == .reported)
        #expect(record.baseline.decimalText == "0.00027")
    }
}
