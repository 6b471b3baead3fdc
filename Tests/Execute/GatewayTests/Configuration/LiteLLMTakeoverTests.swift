import Domain
import Gateway
import Inputs
import JSONScan
import Testing

@Suite("Taking LiteLLM's configuration over")
struct LiteLLMTakeoverTests {
    private static let hash = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

    @Test("Models, fallbacks, budgets and keys arrive, the rest is named, and no secret is copied")
    func takeover() throws {
        let document = try YAMLDocument(
            text: """
                model_list:
                  - {model_name: gpt-4o, litellm_params: {model: azure/my-dep, api_base: "https://r.openai.azure.com", api_key: os.environ/AZURE_KEY, api_version: x}}
                  - {model_name: gpt-4o, litellm_params: {model: gpt-4o, api_key: sk-literal-secret, rpm: 5}}
                  - {model_name: claude, litellm_params: {model: anthropic/claude-sonnet-5-5, api_key: os.environ/A}}
                  - {model_name: local, litellm_params: {model: ollama/qwen3, api_base: "http://h:11434"}}
                  - {model_name: odd, litellm_params: {model: sagemaker/x}}
                router_settings: {num_retries: 2, fallbacks: [{gpt-4o: [local]}], routing_strategy: latency}
                litellm_settings: {max_budget: 100, budget_duration: 30d, callbacks: [x]}
                general_settings: {master_key: sk-master}
                """, file: "config.yaml")
        let rows = try JSONValue.parse(
            #"[{"token":"\#(Self.hash)","key_alias":"web","models":["gpt-4o"],"max_budget":5.5,"budget_duration":"1mo","rpm_limit":60,"team_id":"growth","user_id":"acme"},{"token":"nonsense"}]"#
        )
        let takeover = LiteLLMTakeover(document, keys: rows.elements)
        #expect(!takeover.text.contains("sk-literal-secret") && !takeover.text.contains("sk-master"))
        for word in ["sagemaker/x", "routing_strategy", "callbacks", "master_key", "rpm", "no SHA-256"] {
            #expect(takeover.notes.contains { $0.contains(word) }, "\(word)")
        }
        let read = ConfigurationReader.read(
            try YAMLDocument(text: takeover.text, file: "payback.yaml"),
            environment: ["AZURE_KEY": "1", "A": "2", "OPENAI_API_KEY": "3"]
        ) { (path) throws(InputError) in throw InputError(.notFound, file: path, "There is none.") }
        #expect(read.problems.isEmpty, "\(read.problems)\n\(takeover.text)")
        let found = read.configuration
        #expect(found.upstreams.map(\.kind) == [.azure, .openAI, .anthropic, .openAICompatible])
        #expect(found.models.first { $0.name == "gpt-4o" }?.targets.map(\.model) == ["my-dep", "gpt-4o", "qwen3"])
        #expect(found.retries.attempts == 3)
        let key = try #require(found.keys.first)
        #expect(key.secretHash == Self.hash && key.customer == "acme" && key.limits.requestsPerMinute == 60)
        #expect(found.budgets.map(\.scope) == [.total, .key(key.id)])
        #expect(found.budgets.map(\.period) == [.rolling(hours: 720), .month])
    }
}
