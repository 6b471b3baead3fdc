import Foundation
import GatewayTestSupport
import NIOPosix
import Testing

/// The gateway as a process in front of Amazon Bedrock.
@Suite("payback serve, Amazon Bedrock")
struct BedrockServeTests {
    private static let answer =
        #"{"metrics":{"latencyMs":12},"output":{"message":{"content":[{"text":"Yes."}],"role":"assistant"}},"stopReason":"end_turn","usage":{"cacheReadInputTokens":7,"cacheWriteInputTokens":0,"inputTokens":50,"outputTokens":17,"totalTokens":74}}"#

    @Test("With nothing but AWS's environment it signs, meters, and shows neither secret nor prompt")
    func environmentOnly() async throws {
        let upstream = try await ScriptedUpstream.start(on: MultiThreadedEventLoopGroup.singleton) { request, _ in
            let problem = SignatureCheck.problem(
                method: request.method, uri: request.uri,
                headers: request.headers.map { (name: $0.name, value: $0.value) }, body: Array(request.body.utf8))
            if let problem { return [Wire.json("{\"message\":\"\(problem.prefix(30))\"}", status: "403 Wrong")] }
            return [Wire.json(Self.answer, headers: "x-amzn-RequestId: aws-1\r\n")]
        }
        let folder = try Program.newFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let program = try await ServedProgram(
            in: folder,
            environment: [
                "AWS_REGION": "us-east-1", "AWS_ACCESS_KEY_ID": SignatureCheck.accessKeyID,
                "AWS_SECRET_ACCESS_KEY": SignatureCheck.secretAccessKey,
                "AWS_ENDPOINT_URL_BEDROCK_RUNTIME": upstream.url,
            ])
        var client = try RawClient(port: program.port)
        client.post(
            "/model/us.amazon.nova-lite-v1%3A0/converse",
            #"{"messages":[{"role":"user","content":[{"text":"Is Santa real?"}]}]}"#)
        let answer = try client.answer()
        #expect(answer.status == 200 && answer.body == Self.answer)
        #expect(program.end() == 0)
        let id = try #require(answer.header("x-payback-request-id"))
        let shown = try Program.run(["requests", "show", id], in: folder)
        for word in ["ok, HTTP 200", "uncached_input 50", "$0.000007185", "bedrock/us.amazon.nova-lite-v1:0", "aws-1"] {
            #expect(shown.output.contains(word), "\(word) in \(shown.output)")
        }
        #expect(!program.text.contains(SignatureCheck.secretAccessKey) && !program.text.contains("Santa"))
        try await upstream.stop()
    }
}
