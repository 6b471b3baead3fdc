import Domain
import Providers
import Testing

@Suite("Whole answers of Bedrock")
struct BedrockResponseTests {
    private func read(
        _ text: String, _ surface: APISurface = .invokeModel, headers: [String: String] = [:]
    ) -> MeteredResponse {
        var scanner = ResponseScanner()
        var response = Array(text.utf8).withUnsafeBufferPointer { scanner.read(surface, $0) }
        response.takeBedrock { headers[$0] }
        return response
    }

    private func tokens(_ usage: TokenUsage) -> [Int64] {
        [usage.uncachedInput, usage.cacheRead, usage.cacheWrite5m, usage.cacheWrite1h, usage.output].map {
            $0.known ?? -1
        }
    }

    private static let counts = [
        "x-amzn-requestid": "r-1", "x-amzn-bedrock-input-token-count": "50",
        "x-amzn-bedrock-output-token-count": "17", "x-amzn-bedrock-cache-read-input-token-count": "7",
        "x-amzn-bedrock-cache-write-input-token-count": "3", "x-amzn-bedrock-invocation-latency": "900",
    ]

    @Test("Converse: tokens, tier, latency, and the id that Bedrock's logs have")
    func converse() {
        let found = read(
            #"{"output":{"message":{"role":"assistant","content":[{"text":"\"usage\":{\"inputTokens\":9}"}]}},"stopReason":"end_turn","usage":{"inputTokens":50,"outputTokens":17,"totalTokens":117,"cacheReadInputTokens":7,"cacheWriteInputTokens":43,"cacheDetails":[{"ttl":"1h","inputTokens":40}]},"metrics":{"latencyMs":1234},"serviceTier":{"type":"priority"}}"#,
            .converse, headers: ["x-amzn-requestid": "r-1"])
        #expect(tokens(found.usage) == [50, 7, 3, 40, 17] && found.usageSource == .reported)
        #expect(found.serviceTier == "priority" && found.providerLatency == 1234 && found.responseID == "r-1")
        #expect(found.reachedEnd && found.problem == nil)
    }

    @Test(
        "InvokeModel: the maker's own counts where they tell of the cache, else Bedrock's",
        arguments: [
            (
                #"{"id":"msg_bdrk_1","model":"claude","usage":{"input_tokens":50,"cache_creation_input_tokens":43,"cache_creation":{"ephemeral_5m_input_tokens":3,"ephemeral_1h_input_tokens":40},"cache_read_input_tokens":7,"output_tokens":17}}"#,
                [50, 7, 3, 40, 17], [50, 7, 3, 40, 17]
            ),
            (
                #"{"output":{},"usage":{"inputTokens":50,"outputTokens":17,"totalTokens":67,"cacheReadInputTokenCount":7,"cacheWriteInputTokenCount":3}}"#,
                [50, 7, 3, 0, 17], [50, 7, 3, 0, 17]
            ),
            (
                #"{"generation":"Yes","prompt_token_count":50,"generation_token_count":17,"stop_reason":"stop"}"#,
                [50, 0, 0, 0, 17], [50, 0, 0, 0, 17]
            ),
            (
                #"{"choices":[],"usage":{"prompt_tokens":60,"completion_tokens":17,"total_tokens":77}}"#,
                [60, -1, 0, 0, 17], [50, 7, 3, 0, 17]
            ),
            (#"{"outputs":[{"text":"Yes","stop_reason":"stop"}]}"#, [-1, -1, -1, -1, -1], [50, 7, 3, 0, 17]),
            ("no JSON at all", [-1, -1, -1, -1, -1], [50, 7, 3, 0, 17]),
        ])
    func invoke(body: String, alone: [Int64], withHeaders: [Int64]) {
        #expect(tokens(read(body).usage) == alone)
        let found = read(body, headers: Self.counts)
        #expect(tokens(found.usage) == withHeaders && found.usageSource == .reported)
        #expect(found.responseID == "r-1" && found.providerLatency == 900)
    }

    @Test("An embedding has no output, whoever says so")
    func embedding() {
        let found = read(#"{"embedding":[0.1],"inputTextTokenCount":5}"#)
        #expect(tokens(found.usage) == [5, 0, 0, 0, 0] && found.usageSource == .reported)
        let cohere = read(#"{"embeddings":[[0.1]]}"#, headers: ["x-amzn-bedrock-input-token-count": "5"])
        #expect(tokens(cohere.usage) == [5, 0, 0, 0, 0] && cohere.usageSource == .reported)
    }

    @Test("Headers that are no counts say nothing", arguments: ["-1", "many", ""])
    func badHeaders(value: String) {
        let found = read(
            "{}", headers: ["x-amzn-bedrock-input-token-count": value, "x-amzn-bedrock-output-token-count": "1"])
        #expect(found.usageSource == .absent)
    }

    @Test("How InvokeModel was served stands in its headers")
    func tier() {
        #expect(read("{}", headers: ["x-amzn-bedrock-service-tier": "flex"]).serviceTier == "flex")
        let headers = ["x-amzn-bedrock-service-tier": "flex", "x-amzn-bedrock-performanceconfig-latency": "optimized"]
        #expect(read("{}", headers: headers).serviceTier == "latency_optimised")
    }

    @Test(
        "Models behind ids and ARNs",
        arguments: [
            ("anthropic.claude-3-haiku-20240307-v1:0", "anthropic.claude-3-haiku-20240307-v1:0"),
            ("us.amazon.nova-pro-v1:0", "us.amazon.nova-pro-v1:0"),
            (
                "arn:aws:bedrock:us-east-1::foundation-model/meta.llama3-8b-instruct-v1:0",
                "meta.llama3-8b-instruct-v1:0"
            ),
            ("arn:aws:bedrock:us-east-1:123456789012:inference-profile/eu.mistral.m", "eu.mistral.m"),
            ("arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc", nil),
            ("arn:aws:bedrock:us-east-1:123456789012:prompt/abc:1", nil), ("arn:aws:x", nil), ("", nil),
        ])
    func models(id: String, name: String?) { #expect(BedrockModel.name(of: id) == name) }

    @Test(
        "Each maker limits the output in a place of its own",
        arguments: [
            ("us.anthropic.claude-sonnet-4-5-20250929-v1:0", .member("max_tokens")),
            ("meta.llama3-8b-instruct-v1:0", .member("max_gen_len")),
            ("openai.gpt-oss-120b-1:0", .member("max_completion_tokens")),
            ("global.amazon.nova-2-lite-v1:0", .nested(in: "inferenceConfig", "maxTokens")),
            ("amazon.titan-text-express-v1", .nested(in: "textGenerationConfig", "maxTokenCount")),
            ("somebody.model", nil), ("abc123", nil), ("x.y.anthropic.z", nil),
        ] as [(String, BedrockModel.OutputLimit?)])
    func limits(model: String, limit: BedrockModel.OutputLimit?) {
        #expect(BedrockModel.outputLimit(of: model) == limit)
    }
}
