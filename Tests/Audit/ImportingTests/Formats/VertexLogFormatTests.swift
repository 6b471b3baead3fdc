import Domain
import Importing
import Testing

@Suite("Vertex AI request-response logs")
struct VertexLogFormatTests {
    private static func line(_ response: String, model: String = "gemini-2.5-flash", request: String = "{}") -> String {
        """
        {"endpoint":"projects/p/locations/europe-west1/publishers/google/models/\(model)","deployed_model_id":"1",\
        "logging_time":"2026-10-01 05:00:00.5 UTC","request_id":"77","request_payload":[],"response_payload":[],\
        "model":"\(model)","model_version":"default","api_method":"generateContent","full_request":\(request),\
        "full_response":\(response)}
        """
    }

    @Test("Gemini: thoughts are output beside the candidates, the prompt includes the cache")
    func gemini() async throws {
        let read = try await ReadInput.reading(
            Self.line(
                #"{"responseId":"resp-1","usageMetadata":{"promptTokenCount":1000,"cachedContentTokenCount":400,"candidatesTokenCount":150,"thoughtsTokenCount":50,"totalTokenCount":1200,"trafficType":"ON_DEMAND"}}"#,
                request: #"{"contents":[{"role":"user","parts":[{"text":"Hi"}]}],"labels":{"customer":"acme"}}"#))
        #expect(read.summary.inputs.first?.format == "vertex-logs")
        let record = try #require(read.records.first)
        #expect(record.usage.buckets == [600, 400, 0, 0, 200])
        #expect(record.usage.reasoning.known == 50)
        #expect(read.name(record.provider) == "vertex_ai" && read.name(record.model) == "gemini-2.5-flash")
        #expect(read.text(record.requestID) == "77" && read.text(record.responseID) == "resp-1")
        #expect(read.name(record.customer) == "acme" && !record.prompt.exact.isAbsent)
        #expect(record.costKind == .priced)
        #expect(record.startedAt.rfc3339 == "2026-10-01T05:00:00.5Z")
        #expect(read.diagnostic("sampled_log")?.severity == .note)
    }

    @Test("Claude: the cache stands beside the input; a stream's last count replaces the first")
    func claude() async throws {
        let whole =
            #"{"id":"msg_1","model":"claude-sonnet-4-5","usage":{"input_tokens":11,"cache_read_input_tokens":5,"cache_creation_input_tokens":2,"output_tokens":6}}"#
        let stream =
            #"[{"type":"message_start","message":{"id":"msg_2","usage":{"input_tokens":11,"output_tokens":1}}},{"type":"message_delta","usage":{"output_tokens":6}}]"#
        let read = try await ReadInput.reading(
            Self.line(whole, model: "claude-sonnet-4-5") + "\n"
                + Self.line(stream, model: "claude-sonnet-4-5").replacing(#""77""#, with: #""78""#))
        #expect(read.records.map(\.usage.buckets) == [[11, 5, 2, 0, 6], [11, 0, 0, 0, 6]])
        #expect(read.text(read.records[1].responseID) == "msg_2")
    }

    @Test("Chunks, text in text, and other tiers")
    func shapes() async throws {
        let chunks =
            #"[{"usageMetadata":{"promptTokenCount":10}},{"usageMetadata":{"promptTokenCount":10,"candidatesTokenCount":4,"trafficType":"ON_DEMAND_PRIORITY"}}]"#
        let asText = Self.line(#""{\"usageMetadata\":{\"promptTokenCount\":7,\"candidatesTokenCount\":1}}""#)
        let pieces = Self.line("null").replacing(
            #""response_payload":[]"#,
            with: #""response_payload":["{\"usageMetadata\":{\"promptTokenCount\":3,\"candidatesTokenCount\":2}}"]"#)
        let read = try await ReadInput.reading([Self.line(chunks), asText, pieces].joined(separator: "\n"))
        #expect(read.records.map(\.usage.buckets) == [[10, 0, 0, 0, 4], [7, 0, 0, 0, 1], [3, 0, 0, 0, 2]])
        #expect(read.name(read.records[0].serviceTier) == "priority")
    }

    @Test("An answer without usage is unknown, not free")
    func withoutUsage() async throws {
        let record = try #require(try await ReadInput.reading(Self.line("{}")).records.first)
        #expect(record.usage == .unknown && record.costKind == .unpriced)
    }
}
