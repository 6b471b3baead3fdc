import Domain
import JSONScan
import Providers
import Testing

@Suite struct ProviderUsageTests {
    /// A usage object and what it comes to: uncached, read, written for 5 minutes, for an hour, output, reasoning.
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let json: String
        let buckets: [Int64?]
    }

    static let cases = [
        Case(
            testDescription: "OpenAI chat",
            json: """
                {"prompt_tokens":1000,"completion_tokens":200,"total_tokens":1200,"prompt_tokens_details":\
                {"cached_tokens":400,"cache_write_tokens":100},"completion_tokens_details":{"reasoning_tokens":50}}
                """,
            buckets: [500, 400, 100, 0, 200, 50]),
        Case(
            testDescription: "OpenAI chat without details: the cached share is unknown",
            json: #"{"prompt_tokens":1000,"completion_tokens":200,"total_tokens":1200,"prompt_tokens_details":null}"#,
            buckets: [1000, nil, 0, 0, 200, nil]),
        Case(
            testDescription: "OpenAI embedding",
            json: #"{"prompt_tokens":8,"total_tokens":8}"#,
            buckets: [8, nil, 0, 0, 0, nil]),
        Case(
            testDescription: "OpenAI responses",
            json: """
                {"input_tokens":1000,"input_tokens_details":{"cached_tokens":400,"cache_write_tokens":0},\
                "output_tokens":200,"output_tokens_details":{"reasoning_tokens":50},"total_tokens":1200}
                """,
            buckets: [600, 400, 0, 0, 200, 50]),
        Case(
            testDescription: "Anthropic: cached tokens stand beside the input",
            json: """
                {"input_tokens":400,"cache_creation_input_tokens":600,"cache_read_input_tokens":1000,"cache_creation":\
                {"ephemeral_5m_input_tokens":500,"ephemeral_1h_input_tokens":100},"output_tokens":100,\
                "output_tokens_details":{"thinking_tokens":40}}
                """,
            buckets: [400, 1000, 500, 100, 100, 40]),
        Case(
            testDescription: "Anthropic with server tools: the remainder of the writes has the default time to live",
            json: """
                {"input_tokens":400,"cache_creation_input_tokens":600,"cache_read_input_tokens":0,"cache_creation":\
                {"ephemeral_5m_input_tokens":300,"ephemeral_1h_input_tokens":100},"output_tokens":100}
                """,
            buckets: [400, 0, 500, 100, 100, nil]),
        Case(
            testDescription: "Anthropic without a cache",
            json: #"{"input_tokens":11,"output_tokens":6,"cache_read_input_tokens":null}"#,
            buckets: [11, 0, 0, 0, 6, nil]),
        Case(
            testDescription: "Anthropic's last event counts only the output",
            json: #"{"output_tokens":6}"#,
            buckets: [nil, nil, nil, nil, 6, nil]),
        Case(
            testDescription: "Gemini: thoughts stand beside the candidates",
            json: """
                {"promptTokenCount":1000,"cachedContentTokenCount":400,"candidatesTokenCount":150,\
                "thoughtsTokenCount":50,"toolUsePromptTokenCount":30,"totalTokenCount":1230}
                """,
            buckets: [630, 400, 0, 0, 200, 50]),
        Case(
            testDescription: "Gemini leaves out what is zero",
            json: #"{"promptTokenCount":10,"totalTokenCount":10}"#,
            buckets: [10, 0, 0, 0, 0, 0]),
        Case(
            testDescription: "Ollama",
            json: #"{"done":true,"prompt_eval_count":11,"eval_count":18,"eval_duration":52479709}"#,
            buckets: [11, nil, 0, 0, 18, nil]),
    ]

    @Test(arguments: cases)
    func buckets(_ example: Case) throws {
        let usage = try #require(try ProviderUsage.read(JSONValue.parse(example.json)))
        let counts = [
            usage.uncachedInput, usage.cacheRead, usage.cacheWrite5m, usage.cacheWrite1h, usage.output,
            usage.reasoning,
        ]
        #expect(counts.map(\.known) == example.buckets)
    }

    @Test(arguments: [
        (
            #"{"prompt_tokens":10,"completion_tokens":1,"prompt_tokens_details":{"cached_tokens":11}}"#,
            "cache_exceeds_input"
        ),
        (#"{"prompt_tokens":-1,"completion_tokens":1}"#, "negative_tokens"),
        (#"{"prompt_tokens":1.5,"completion_tokens":1}"#, "bad_number"),
        (#"{"prompt_tokens":9000000000000,"completion_tokens":1}"#, "implausible_tokens"),
        (
            #"{"input_tokens":1,"cache_creation_input_tokens":5,"cache_creation":{"ephemeral_5m_input_tokens":9}}"#,
            "cache_split_exceeds_total"
        ),
    ])
    func problems(_ json: String, _ code: String) throws {
        let value = try JSONValue.parse(json)
        let problem = #expect(throws: UsageProblem.self) { try ProviderUsage.read(value) }
        #expect(problem?.code == code)
    }

    @Test func modalitiesAreParts() throws {
        let json = """
            {"promptTokenCount":100,"candidatesTokenCount":20,"promptTokensDetails":\
            [{"modality":"TEXT","tokenCount":60},{"modality":"AUDIO","tokenCount":40}]}
            """
        let usage = try #require(try ProviderUsage.read(JSONValue.parse(json)))
        #expect(usage.audioInput.known == 40)
        #expect(usage.uncachedInput.known == 100)
        #expect(!usage.imageInput.isKnown)
    }

    @Test(arguments: ["{}", #"{"tokens":5}"#, "[]", "null"])
    func otherObjectsAreNone(_ json: String) throws {
        #expect(try ProviderUsage.read(JSONValue.parse(json)) == nil)
    }
}
