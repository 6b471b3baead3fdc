import Domain
import Importing
import Testing

@Suite struct OpenTelemetryFormatTests {
    @Test(arguments: ["otel/otlp.json", "otel/collector.jsonl"])
    func spans(_ file: String) async throws {
        let read = try await ReadInput.fixture(file)
        #expect(read.summary.inputs.first?.format == "otel")
        #expect(read.records.count == 2)
        let record = try #require(read.records.first)
        // Failure 8: input includes the cache.
        #expect(record.usage.buckets == [600, 400, 0, 0, 200])
        #expect(record.usage.reasoning.known == 50)
        #expect(record.latency == 1_500_000)
        #expect(record.timeToFirstToken == 250_000)
        #expect(record.startedAt.rfc3339 == "2026-10-01T10:00:00Z")
        #expect(record.costKind == .priced)
        #expect(record.cost.decimalText == "0.00024")
        #expect(read.name(record.model) == "gpt-4o-mini-2024-07-18")
        #expect(read.name(record.customer) == "acme")
        #expect(read.name(record.feature) == "support")
        #expect(read.text(record.responseID) == "chatcmpl-77")
        #expect(read.text(record.session) == "conv-1")
        #expect(record.hasSourceID)
        #expect(read.codes.contains("not_genai"))
        #expect(read.codes.contains("agent_span_skipped"))
    }

    @Test func oldNamesAndErrors() async throws {
        let read = try await ReadInput.fixture("otel/otlp.json")
        let record = read.records[1]
        #expect(record.usage.buckets == [100, nil, nil, nil, 20])
        #expect(record.status == .failed)
        #expect(record.costKind == .reported)
        #expect(record.cost == NanoUSD(nanos: 27_000))
        #expect(record.latency == 500_000)
        #expect(read.name(record.feature) == "shop")
        #expect(read.name(record.environment) == "production")
        #expect(!record.prompt.exact.isAbsent)
        #expect(read.records[0].identity != record.identity)
    }

    @Test func flatSpans() async throws {
        let read = try await ReadInput.fixture("otel/flat.jsonl")
        #expect(read.records.count == 1)
        let record = try #require(read.records.first)
        #expect(record.usage.buckets == [400, 1000, 600, 0, 100])
        #expect(record.latency == 1_000_000)
        #expect(read.name(record.customer) == "globex")
        #expect(read.name(record.feature) == "writer")
        #expect(read.diagnostic("negative_tokens")?.severity == .rejection)
    }
}
