import Domain
import Importing
import Testing

@Suite struct PortkeyFormatTests {
    @Test func logs() async throws {
        let read = try await ReadInput.fixture("portkey/logs.jsonl")
        #expect(read.summary.inputs.first?.format == "portkey")
        #expect(read.records.count == 3)
        let record = try #require(read.records.first)
        #expect(record.usage.buckets == [600, 400, 0, 0, 200])
        #expect(record.cost.decimalText == "0.00024")
        #expect(record.costKind == .reported)
        #expect(record.latency == 730_000)
        #expect(read.name(record.customer) == "acme")
        #expect(read.name(record.feature) == "chat")
        #expect(read.name(record.environment) == "production")
        #expect(read.name(record.template) == "greeting")
        #expect(read.name(record.credential) == "key-1")
        #expect(!record.prompt.exact.isAbsent)
        #expect(read.diagnostic("portkey_cost_unit")?.severity == .warning)
    }

    @Test func unitsAndOtherCurrencies() async throws {
        let read = try await ReadInput.fixture("portkey/logs.jsonl")
        #expect(read.records[1].usage.buckets == [1000, nil, nil, nil, 200])
        #expect(read.records[1].costKind == .priced)
        #expect(read.records[1].cost.decimalText == "0.00027")
        #expect(read.codes.contains("other_currency"))
        #expect(read.name(read.records[1].team) == "core")
    }

    @Test func cacheHit() async throws {
        let record = try await ReadInput.fixture("portkey/logs.jsonl").records[2]
        #expect(record.action == .semanticCacheHit)
        #expect(record.cost == .zero)
        #expect(record.baseline.decimalText == "0.00027")
    }
}
