import Domain
import Gateway
import GatewayTestSupport
import Ledger
import NIOHTTP1
import Providers
import Testing

@Suite("Amazon Bedrock")
struct BedrockTests {
    private static let model = "us.anthropic.claude-sonnet-4-5-20250929-v1:0"
    private static let question = #"{"messages":[{"role":"user","content":[{"text":"Is Santa real?"}]}]}"#
    private static let answer =
        #"{"metrics":{"latencyMs":1234},"output":{"message":{"content":[{"text":"Yes."}],"role":"assistant"}},"stopReason":"end_turn","usage":{"cacheReadInputTokens":7,"cacheWriteInputTokens":43,"cacheDetails":[{"ttl":"1h","inputTokens":40}],"inputTokens":50,"outputTokens":17,"totalTokens":117}}"#
    private static let path = "/model/\(model.percentEncoded)/converse"

    private static func whole(_ body: String = answer, headers: String = "") -> ScriptedUpstream.Step {
        Wire.json(body, headers: "x-amzn-RequestId: r-1\r\n\(headers)")
    }

    /// Requests are signed, callers need the key `sk-pb-test`.
    private static func signing(_ configuration: inout GatewayConfiguration) {
        configuration.keys = [
            VirtualKey(
                id: "key_1", secretHash: AttributionTests.hash(of: "sk-pb-test"), createdAt: Timestamp(seconds: 0))
        ]
        for position in configuration.upstreams.indices where configuration.upstreams[position].kind == .bedrock {
            configuration.upstreams[position].credentials = []
            configuration.upstreams[position].region = "us-east-1"
            configuration.upstreams[position].accessKey = AWSCredentials(
                accessKeyID: SignatureCheck.accessKeyID, secretAccessKey: SignatureCheck.secretAccessKey,
                sessionToken: "session/token")
        }
    }

    private static func budget(_ configuration: inout GatewayConfiguration) {
        configuration.budgets = [
            Budget(id: "bud_test", scope: .total, limit: NanoUSD(dollars: "10") ?? .zero, period: .month)
        ]
    }

    @Test(
        "A caller's signature is exchanged for our own, however it writes the model and its key",
        arguments: [
            path, "/model/\(model)/converse",
            "/model/arn%3Aaws%3Abedrock%3Aus-east-1%3A1%3Ainference-profile%2Fx/invoke",
            "/model/arn:aws:bedrock:us-east-1:1:inference-profile/x/converse", "/guardrail/g/version/1/apply",
        ],
        [
            (
                "authorization",
                "AWS4-HMAC-SHA256 Credential=sk-pb-test/20261121/us-east-1/bedrock/aws4_request, SignedHeaders=host;x-amz-date, Signature=0123456789abcdef"
            ), ("authorization", "Bearer sk-pb-test"), ("x-api-key", "sk-pb-test"),
        ])
    func signature(path: String, key: (String, String)) async throws {
        try await GatewayHarness.run(change: Self.signing, answer: { _, _ in [Self.whole()] }) { harness in
            var client = try harness.client()
            let own = [
                key, ("x-amz-date", "20010101T000000Z"), ("x-amz-security-token", "mine"),
                ("x-amz-content-sha256", "mine"), ("x-amzn-bedrock-trace", "ENABLED"), ("x-amzn-trace-id", "Root=1"),
            ]
            client.post(path + "?X-Amz-Signature=mine", Self.question, headers: own)
            #expect(try client.answer().status == 200)
            let asked = try #require(harness.upstream.received.first)
            #expect(!"\(asked.headers) \(asked.uri)".contains("mine") && !"\(asked.headers)".contains("sk-pb"))
            #expect(asked.headers["x-amz-security-token"] == ["session/token"])
            #expect(asked.headers["x-amzn-bedrock-trace"] == ["ENABLED"])
            let problem = SignatureCheck.problem(
                method: asked.method, uri: asked.uri, headers: asked.headers.map { (name: $0.name, value: $0.value) },
                body: Array(asked.body.utf8))
            #expect(problem == nil)
        }
    }

    @Test("Ids of models reach Bedrock escaped as its own clients escape them")
    func paths() async throws {
        try await GatewayHarness.run(answer: { _, _ in [Self.whole()] }) { harness in
            var client = try harness.client()
            for path in ["/model/\(Self.model)/converse", "/model/arn:aws:bedrock:x:1:inference-profile/y/converse"] {
                client.post(path, Self.question)
                _ = try client.answer()
            }
            #expect(
                harness.upstream.received.map(\.uri) == [
                    "/model/us.anthropic.claude-sonnet-4-5-20250929-v1%3A0/converse",
                    "/model/arn%3Aaws%3Abedrock%3Ax%3A1%3Ainference-profile%2Fy/converse",
                ])
            #expect(harness.upstream.received.first?.headers["authorization"] == ["Bearer upstream-secret"])
        }
    }

    @Test("A wrong key, and a signature that no upstream of ours can use")
    func refusedKeys() async throws {
        try await GatewayHarness.run(change: Self.signing, answer: { _, _ in [Self.whole()] }) { harness in
            for value in ["AWS4-HMAC-SHA256 Credential=AKIDOTHER/2026/x, Signature=1", "AWS4-", "Bearer other"] {
                // A refusal by the head alone ends the connection.
                var client = try harness.client()
                client.post(Self.path, Self.question, headers: [("authorization", value)])
                let answer = try client.answer()
                #expect(answer.status == 401 && answer.header("x-amzn-errortype") == "UnrecognizedClientException")
            }
            #expect(harness.upstream.received.isEmpty)
        }
        let open = { (configuration: inout GatewayConfiguration) in
            for position in configuration.upstreams.indices { configuration.upstreams[position].credentials = [] }
        }
        try await GatewayHarness.run(change: open, answer: { _, _ in [Self.whole()] }) { harness in
            var client = try harness.client()
            let signed = "AWS4-HMAC-SHA256 Credential=AKIDOTHER/2026/x, Signature=1"
            for value in [signed, "Bearer own-key"] {
                client.post(Self.path, Self.question, headers: [("authorization", value)])
                _ = try client.answer()
            }
            #expect(harness.upstream.received.map { $0.headers["authorization"] } == [[], ["Bearer own-key"]])
        }
    }

    @Test("Converse: passed on byte for byte, metered with its cache, priced by the profile that was called")
    func converse() async throws {
        let change = { (configuration: inout GatewayConfiguration) in
            Self.signing(&configuration)
            configuration.keys = []
        }
        try await GatewayHarness.run(change: change, answer: { _, _ in [Self.whole()] }) { harness in
            var client = try harness.client()
            let body = Self.question.replacing(
                #"{"messages""#,
                with: #"{"requestMetadata":{"customer":"acme","team":"growth","stage":"beta"},"messages""#)
            client.post(Self.path, body)
            let answer = try client.answer()
            #expect(answer.status == 200 && answer.body == Self.answer)
            // 50 × 3.3 + 7 × 0.33 + 3 × 4.125 + 40 × 6.6 + 17 × 16.5 USD per million: the region's profile, not the global.
            #expect(answer.header("x-payback-cost-usd") == "0.000724185")
            #expect(harness.upstream.received.first?.body == body)
            let (records, batch) = try harness.records()
            let record = try #require(records.first)
            let usage = record.usage
            #expect(
                [usage.uncachedInput, usage.cacheRead, usage.cacheWrite5m, usage.cacheWrite1h, usage.output]
                    .map(\.known) == [50, 7, 3, 40, 17])
            let names = [record.provider, record.model, record.region, record.customer, record.team, record.tags]
            #expect(
                names.map { batch.vocabulary.text($0) }
                    == ["bedrock", Self.model, "us-east-1", "acme", "growth", "stage=beta"])
            #expect(batch.string(record.responseID) == "r-1" && record.usageSource == .reported)
            #expect(batch.string(record.trace)?.contains("\"provider_latency_ms\":1234") ?? false)
        }
    }

    @Test("InvokeModel: counted by its headers where its body does not count, tagged by the header for Bedrock's logs")
    func invoke() async throws {
        let body = #"{"outputs":[{"text":"Yes.","stop_reason":"stop"}]}"#
        let counts =
            "x-amzn-bedrock-input-token-count: 50\r\nX-Amzn-Bedrock-Output-Token-Count: 17\r\nX-Amzn-Bedrock-Cache-Read-Input-Token-Count: 7\r\n"
        try await GatewayHarness.run(answer: { _, _ in [Self.whole(body, headers: counts)] }) { harness in
            var client = try harness.client()
            client.post(
                "/model/amazon.nova-lite-v1%3A0/invoke", #"{"prompt":"Is Santa real?"}"#,
                headers: [("X-Amzn-Bedrock-Request-Metadata", #"{"feature":"chat","a":"b"}"#)])
            #expect(try client.answer().body == body)
            let (records, batch) = try harness.records()
            let record = try #require(records.first)
            // 50 × 0.06 + 7 × 0.015 + 17 × 0.24 USD per million.
            #expect(record.cost == NanoUSD(nanos: 7_185) && record.usageSource == .reported)
            #expect(batch.vocabulary.text(record.feature) == "chat" && batch.vocabulary.text(record.tags) == "a=b")
            #expect(
                harness.upstream.received.first?.headers["x-amzn-bedrock-request-metadata"]
                    == [#"{"feature":"chat","a":"b"}"#])
        }
    }

    @Test("A refusal by a budget has Bedrock's form: SDKs read its type off a header")
    func refusal() async throws {
        let change = { (configuration: inout GatewayConfiguration) in
            configuration.budgets = [
                Budget(id: "bud_test", scope: .total, limit: NanoUSD(dollars: "0.00001") ?? .zero, period: .month)
            ]
        }
        try await GatewayHarness.run(change: change, answer: { _, _ in [Self.whole()] }) { harness in
            var client = try harness.client()
            client.post(Self.path, Self.question)
            let answer = try client.answer()
            #expect(answer.status == 402 && answer.header("x-amzn-ErrorType") == "ServiceQuotaExceededException")
            #expect(answer.body.hasPrefix(#"{"message":"The budget bud_test"#))
            #expect(answer.body.hasSuffix(#","reason":"budget_exceeded"}"#))
            #expect(harness.upstream.received.isEmpty)
        }
    }

    @Test(
        "Under a hard budget a request without a limit gets one, where its model looks for it",
        arguments: [
            (path, #"{"messages":[]}"#, #"{"inferenceConfig":{"maxTokens":4096},"messages":[]}"#),
            (
                path, #"{"inferenceConfig":{"topP":1}}"#, #"{"inferenceConfig":{"maxTokens":4096,"topP":1}}"#
            ), (path, #"{"inferenceConfig":{"maxTokens":9}}"#, #"{"inferenceConfig":{"maxTokens":9}}"#),
            (
                "/model/amazon.nova-lite-v1:0/invoke", #"{"textGenerationConfig":{"a":1}}"#,
                #"{"inferenceConfig":{"maxTokens":4096},"textGenerationConfig":{"a":1}}"#
            ),
            ("/model/amazon.titan-embed-text-v2:0/invoke", #"{"inputText":"a"}"#, #"{"inputText":"a"}"#),
            ("/model/\(model)/invoke", #"{"messages":[]}"#, #"{"max_tokens":4096,"messages":[]}"#),
            ("/model/meta.llama3-8b-instruct-v1:0/invoke", #"{"prompt":""}"#, #"{"max_gen_len":4096,"prompt":""}"#),
            (
                "/model/amazon.nova-lite-v1:0/invoke", #"{"inferenceConfig":{}}"#,
                #"{"inferenceConfig":{"maxTokens":4096}}"#
            ),
            (
                "/model/amazon.titan-text-express-v1/invoke", #"{"inputText":""}"#,
                #"{"textGenerationConfig":{"maxTokenCount":4096},"inputText":""}"#
            ),
        ])
    func addedLimit(path: String, body: String, sent: String) async throws {
        try await GatewayHarness.run(change: Self.budget, answer: { _, _ in [Self.whole()] }) { harness in
            var client = try harness.client()
            client.post(path, body)
            #expect(try client.answer().status == 200)
            #expect(harness.upstream.received.map(\.body) == [sent])
        }
    }

    private static let profile = "arn:aws:bedrock:us-east-1:1:application-inference-profile/abc"

    @Test(
        "Under a hard budget what has no bound is refused by name",
        arguments: [
            ("/model/\(profile.percentEncoded)/converse", question, "it has no price"),
            (path, #"{"messages":[],"toolConfig":{"tools":[{"systemTool":{"name":"nova_grounding"}}]}}"#, "systemTool"),
            (path, #"{"messages":[],"serviceTier":{"type":"reserved"}}"#, "it has no price"),
            (path, #"{"messages":[],"performanceConfig":{"latency":"optimized"}}"#, "it has no price"),
            ("/model/unknown.maker-v1/invoke", "{}", "it has no price"),
            ("/async-invoke", "{}", "/async-invoke"),
        ])
    func unbounded(path: String, body: String, word: String) async throws {
        try await GatewayHarness.run(change: Self.budget, answer: { _, _ in [Self.whole()] }) { harness in
            var client = try harness.client()
            client.post(path, body)
            let answer = try client.answer()
            #expect(answer.status == 402 && answer.body.contains("cost_not_bounded") && answer.body.contains(word))
            #expect(harness.upstream.received.isEmpty)
        }
    }

    @Test("priced_as says what an application's profile stands for, and then it is bounded, limited and priced")
    func pricedAs() async throws {
        let change = { (configuration: inout GatewayConfiguration) in
            Self.budget(&configuration)
            for position in configuration.upstreams.indices where configuration.upstreams[position].kind == .bedrock {
                configuration.upstreams[position].pricedAs = [Self.profile: Self.model]
            }
        }
        try await GatewayHarness.run(change: change, answer: { _, _ in [Self.whole()] }) { harness in
            var client = try harness.client()
            client.post("/model/\(Self.profile.percentEncoded)/invoke", #"{"messages":[]}"#)
            #expect(try client.answer().status == 200)
            #expect(harness.upstream.received.map(\.body) == [#"{"max_tokens":4096,"messages":[]}"#])
            let record = try #require(try harness.records().records.first)
            #expect(record.cost == NanoUSD(nanos: 724_185))
        }
    }

    @Test("An alias stands for a model of Bedrock's, and a second one when the first is throttled")
    func alias() async throws {
        let change = { (configuration: inout GatewayConfiguration) in
            configuration.models = [
                ModelRoute(
                    name: "smart",
                    targets: [
                        ModelTarget(upstream: "bedrock", model: Self.model),
                        ModelTarget(upstream: "bedrock", model: "amazon.nova-lite-v1:0"),
                    ])
            ]
        }
        let throttled = Wire.json(
            #"{"message":"slow"}"#, status: "429 Slow", headers: "x-amzn-ErrorType: ThrottlingException\r\n")
        try await GatewayHarness.run(
            change: change, answer: { _, number in [number == 1 ? throttled : Self.whole()] }
        ) { harness in
            var client = try harness.client()
            client.post("/model/smart/converse", Self.question)
            #expect(try client.answer().status == 200)
            #expect(
                harness.upstream.received.map(\.uri) == [
                    Self.path, "/model/amazon.nova-lite-v1%3A0/converse",
                ])
        }
    }

    @Test("A damaged stream is passed on, is no clean end, and is charged by what was seen")
    func damagedStream() async throws {
        let parts = SurfaceCase.converse.parts + SurfaceCase.converse.end
        var bytes = parts.flatMap(\.self)
        bytes[bytes.count - 6] ^= 1
        let steps = [Wire.eventStreamHead, .binaryChunk(bytes), Wire.streamEnd]
        try await GatewayHarness.run(answer: { _, _ in steps }) { harness in
            var client = try harness.client()
            client.post(SurfaceCase.converse.path, SurfaceCase.converse.body)
            let answer = try client.answer()
            #expect(bytes.starts(with: answer.bytes) && !answer.isWhole)
            let record = try #require(try await harness.records(count: 1).records.first)
            #expect(record.status == .failed && record.usageSource == .estimated && record.cost > .zero)
        }
    }
}
