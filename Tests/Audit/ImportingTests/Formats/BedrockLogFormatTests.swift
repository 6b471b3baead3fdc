import Domain
import Importing
import Testing

@Suite("Bedrock invocation logs")
struct BedrockLogFormatTests {
    private static func line(
        model: String = "anthropic.claude-sonnet-4-20250514-v1:0", input: String = "", outputBody: String = "{}",
        inputBody: String = "{}", rest: String = ""
    ) -> String {
        """
        {"schemaType":"ModelInvocationLog","schemaVersion":"1.0","timestamp":"2026-01-15T12:00:00Z",\
        "accountId":"123456789012","identity":{"arn":"arn:aws:sts::1:assumed-role/AppRole/session"},\
        "region":"us-east-1","requestId":"r-1","operation":"InvokeModelWithResponseStream","modelId":"\(model)",\
        "inferenceRegion":"us-west-2","requestMetadata":{"team":"engineering","customer":"acme"},\
        "input":{"inputContentType":"application/json","inputBodyJson":\(inputBody),"inputTokenCount":1500\(input)},\
        "output":{"outputContentType":"application/json","outputBodyJson":\(outputBody),"outputTokenCount":500}\(rest)}
        """
    }

    private static func record(_ line: String) async throws -> (ReadInput, UsageRecord) {
        let read = try await ReadInput.reading(line)
        return (read, try #require(read.records.first))
    }

    @Test("The documented record")
    func documentedRecord() async throws {
        let (read, record) = try await Self.record(
            Self.line(input: #","cacheReadInputTokenCount":0,"cacheWriteInputTokenCount":0"#))
        #expect(read.summary.inputs.first?.format == "bedrock-logs")
        #expect(record.usage.buckets == [1500, 0, 0, 0, 500])
        #expect(read.name(record.provider) == "bedrock")
        #expect(read.name(record.model) == "anthropic.claude-sonnet-4-20250514-v1:0")
        #expect(read.name(record.team) == "engineering" && read.name(record.customer) == "acme")
        #expect(read.name(record.region) == "us-west-2")
        #expect(read.name(record.credential) == "arn:aws:sts::1:assumed-role/AppRole/session")
        #expect(read.text(record.requestID) == "r-1" && record.hasSourceID)
        // 1,500 at 3 and 500 at 15 USD per million.
        #expect(record.costKind == .priced && record.cost.decimalText == "0.012")
        #expect(record.latency == -1)
    }

    @Test("Input does not include the cache; the body alone splits the writes")
    func cache() async throws {
        let counts = #","cacheReadInputTokenCount":9000,"cacheWriteInputTokenCount":800"#
        let split =
            #"{"usage":{"input_tokens":1500,"cache_creation":{"ephemeral_5m_input_tokens":500,"ephemeral_1h_input_tokens":200}}}"#
        let (_, whole) = try await Self.record(Self.line(input: counts))
        #expect(whole.usage.buckets == [1500, 9000, 800, 0, 500])
        // With server tools the split covers less than the total: the rest has the default time to live.
        let (_, told) = try await Self.record(Self.line(input: counts, outputBody: split))
        #expect(told.usage.buckets == [1500, 9000, 600, 200, 500])
        let converse =
            #"{"usage":{"inputTokens":1500,"cacheDetails":[{"ttl":"1h","inputTokens":300},{"ttl":"5m","inputTokens":500}]},"metrics":{"latencyMs":1234}}"#
        let (_, conversed) = try await Self.record(Self.line(input: counts, outputBody: converse))
        #expect(conversed.usage.buckets == [1500, 9000, 500, 300, 500])
        #expect(conversed.latency == 1_234_000)
    }

    @Test("A stream's events carry the split, the model and the times")
    func stream() async throws {
        let events =
            #"[{"type":"message_start","message":{"model":"claude-sonnet-4-20250514","usage":{"input_tokens":1500,"cache_creation":{"ephemeral_1h_input_tokens":100}}}},{"type":"message_stop","amazon-bedrock-invocationMetrics":{"inputTokenCount":1500,"invocationLatency":2300,"firstByteLatency":410}}]"#
        let (_, record) = try await Self.record(
            Self.line(input: #","cacheWriteInputTokenCount":100"#, outputBody: events))
        #expect(record.usage.buckets == [1500, 0, 0, 100, 500])
        #expect(record.latency == 2_300_000 && record.timeToFirstToken == 410_000)
    }

    @Test("An application's inference profile takes its model from the answer, or is named as unknown")
    func profiles() async throws {
        let own = "arn:aws:bedrock:us-east-1:1:application-inference-profile/abc123"
        let (named, record) = try await Self.record(
            Self.line(model: own, outputBody: #"{"model":"claude-sonnet-4-20250514"}"#))
        #expect(named.name(record.model) == "anthropic.claude-sonnet-4-20250514-v1:0")
        #expect(named.name(record.requestedModel) == own)
        let (unnamed, other) = try await Self.record(Self.line(model: own))
        #expect(unnamed.name(other.model) == "abc123" && other.costKind == .unpriced)
        #expect(unnamed.codes.contains("inference_profile"))
        let (_, made) = try await Self.record(
            Self.line(
                model: "arn:aws:bedrock:us-east-1:1:inference-profile/us.anthropic.claude-sonnet-4-20250514-v1:0"))
        #expect(made.costKind == .priced)
    }

    @Test("A prompt is hashed, an error is a failure, a body elsewhere is said so")
    func promptsErrorsAndPaths() async throws {
        let (_, asked) = try await Self.record(
            Self.line(inputBody: #"{"messages":[{"role":"user","content":"Hello"}]}"#))
        #expect(!asked.prompt.exact.isAbsent)
        let (_, failed) = try await Self.record(Self.line(rest: #","errorCode":"ThrottlingException""#))
        #expect(failed.status == .failed && failed.httpStatus == 429)
        let far = Self.line(input: #","cacheWriteInputTokenCount":10"#)
            .replacing(#""outputBodyJson":{}"#, with: #""outputBodyS3Path":"s3://bucket/key""#)
        let (read, _) = try await Self.record(far)
        #expect(read.diagnostic("body_elsewhere")?.severity == .note)
    }

    @Test("An output that is not counted is unknown, but of an embedding, which has none")
    func missingOutput() async throws {
        let cut = Self.line().replacing(#","outputTokenCount":500"#, with: "")
        let (_, stream) = try await Self.record(cut)
        #expect(stream.usage.buckets == [1500, 0, 0, 0, nil] && stream.costKind == .unpriced)
        let (_, embedding) = try await Self.record(
            cut.replacing(#""outputBodyJson":{}"#, with: #""outputBodyJson":{"embedding":[0.5]}"#))
        #expect(embedding.usage.buckets == [1500, 0, 0, 0, 0])
    }

    @Test("A negative count rejects its line and no other")
    func rejected() async throws {
        let good = Self.line()
        let read = try await ReadInput.reading(
            good + "\n" + good.replacing("1500", with: "-1") + "\n" + good.replacing("r-1", with: "r-2"))
        #expect(read.records.count == 2)
        #expect(read.diagnostic("negative_tokens")?.line == 2)
    }

    @Test("Events of CloudWatch hold the record as text")
    func cloudWatch() async throws {
        let text = Self.line().replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        let event = #"{"logStreamName":"aws/bedrock/modelinvocations","timestamp":1768478400000,"message":"\#(text)"}"#
        for input in [event, #"{"events":[\#(event)],"searchedLogStreams":[]}"#] {
            let read = try await ReadInput.reading(input)
            #expect(read.summary.inputs.first?.format == "bedrock-logs")
            let record = try #require(read.records.first)
            #expect(record.usage.buckets == [1500, 0, 0, 0, 500])
            #expect(read.text(record.requestID) == "r-1" && read.name(record.customer) == "acme")
        }
    }
}
