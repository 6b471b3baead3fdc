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

    @Test("Attributes of OpenLIT and OpenLLMetry")
    func vendorAttributes() async throws {
        let openLIT =
            #"{"traceId":"t","spanId":"1","startTimeUnixNano":"1790812800000000000","endTimeUnixNano":"1790812801000000000","attributes":[{"key":"gen_ai.system","value":{"stringValue":"openai"}},{"key":"gen_ai.request.model","value":{"stringValue":"gpt-4o-mini"}},{"key":"gen_ai.usage.input_tokens","value":{"intValue":"1000"}},{"key":"gen_ai.usage.output_tokens","value":{"intValue":"200"}},{"key":"gen_ai.usage.prompt_tokens_details.cached_tokens","value":{"intValue":"300"}},{"key":"gen_ai.usage.prompt_tokens_details.cache_creation_tokens","value":{"intValue":"100"}},{"key":"gen_ai.usage.cost","value":{"doubleValue":0.0123}}]}"#
        let openLLMetry =
            #"{"traceId":"t","spanId":"2","startTimeUnixNano":"1790812800000000000","endTimeUnixNano":"1790812801000000000","attributes":[{"key":"gen_ai.system","value":{"stringValue":"openai"}},{"key":"gen_ai.response.model","value":{"stringValue":"gpt-4o-mini"}},{"key":"gen_ai.usage.prompt_tokens","value":{"intValue":"50"}},{"key":"gen_ai.usage.completion_tokens","value":{"intValue":"20"}},{"key":"gen_ai.usage.reasoning_tokens","value":{"intValue":"5"}},{"key":"gen_ai.usage.total_tokens","value":{"intValue":"70"}},{"key":"traceloop.entity.name","value":{"stringValue":"summarise"}},{"key":"traceloop.association.properties.customer_id","value":{"stringValue":"acme"}},{"key":"traceloop.prompt.version_hash","value":{"stringValue":"abc"}}]}"#
        let read = try await ReadInput.reading(openLIT + "\n" + openLLMetry)
        #expect(read.records.map(\.usage.buckets) == [[600, 300, 100, 0, 200], [50, nil, nil, nil, 20]])
        #expect(read.records[0].cost.decimalText == "0.0123" && read.records[0].costKind == .reported)
        let traced = read.records[1]
        #expect(traced.usage.reasoning.known == 5)
        #expect(read.name(traced.feature) == "summarise" && read.name(traced.customer) == "acme")
        #expect(read.name(traced.template) == "abc")
    }
}
