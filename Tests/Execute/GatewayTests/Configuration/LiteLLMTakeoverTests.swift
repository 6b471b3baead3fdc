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
            #"[{"token":"\#(Self.hash)","key_alias":"web","models":["gpt-4o"],"max_budget":5.5,"budget_duration":"1mo","rpm_limit":60,"team_id":"growth","user_id":"u-1","metadata":"{\"customer\":\"acme\"}"},{"token":"nonsense"}]"#
        )
        let takeover = try LiteLLMTakeover(document, keys: rows.elements)
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
        #expect(found.upstreams.map(\.kind) == [.openAICompatible, .openAI, .anthropic, .openAICompatible])
        #expect(found.upstreams.first?.baseURL == "https://r.openai.azure.com/openai")
        #expect(found.upstreams.first?.billingProvider == "azure" && found.authentication == .required)
        #expect(found.models.first { $0.name == "gpt-4o" }?.targets.map(\.model) == ["my-dep", "gpt-4o", "qwen3"])
        #expect(found.retries.attempts == 3)
        let key = try #require(found.keys.first)
        #expect(key.secretHash == Self.hash && key.customer == "acme" && key.limits.requestsPerMinute == 60)
        #expect(found.budgets.map(\.scope) == [.total, .key(key.id)])
        #expect(found.budgets.map(\.period) == [.rolling(hours: 720), .month])
    }

    /// What a configuration and rows of keys become, read again.
    private func read(
        _ text: String, keys: String = "[]", environment: [String: String] = ["OPENAI_API_KEY": "1"]
    ) throws -> (found: GatewayConfiguration, takeover: LiteLLMTakeover) {
        let document = try YAMLDocument(text: text, file: "config.yaml")
        let takeover = try LiteLLMTakeover(document, keys: try JSONValue.parse(keys).elements)
        let read = ConfigurationReader.read(
            try YAMLDocument(text: takeover.text, file: "payback.yaml"), environment: environment
        ) { (path) throws(InputError) in throw InputError(.notFound, file: path, "There is none.") }
        #expect(read.problems.isEmpty, "\(read.problems)\n\(takeover.text)")
        return (read.configuration, takeover)
    }

    @Test("Settings that stand in two sections are written once")
    func twoSections() throws {
        let (found, takeover) = try read(
            """
            router_settings: {num_retries: 2, timeout: 30}
            litellm_settings: {num_retries: 4, request_timeout: 60}
            """)
        #expect(found.retries.attempts == 3 && found.timeouts.firstByte == 30_000)
        #expect(takeover.notes.filter { $0.contains("an earlier section says otherwise") }.count == 2)
    }

    @Test("Keys and addresses that LiteLLM takes from the environment, anchors, base models, organizations")
    func environment() throws {
        let (found, takeover) = try read(
            """
            defaults: &defaults {organization: org-1}
            model_list:
              - {model_name: a, litellm_params: {<<: *defaults, model: openai/gpt-5}}
              - model_name: b
                litellm_params: {model: azure/o_series/dep, api_base: os.environ/AZ_BASE, api_key: os.environ/AZ_KEY}
                model_info: {base_model: azure/gpt-5-mini, access_groups: [small]}
              - {model_name: "openai/*", litellm_params: {model: "openai/*"}}
            router_settings: {model_group_alias: {c: {model: b, hidden: true}}}
            """, environment: ["OPENAI_API_KEY": "1", "AZ_BASE": "https://r.openai.azure.com/", "AZ_KEY": "2"])
        #expect(found.upstreams.first?.credentials == [Secret("1")])
        #expect(found.upstreams.first?.headers == ["OpenAI-Organization": "org-1"])
        let azure = try #require(found.upstreams.first { $0.name == "azure" })
        #expect(azure.baseURL == "https://r.openai.azure.com/openai" && azure.pricedAs == ["dep": "gpt-5-mini"])
        #expect(found.models.map(\.name) == ["a", "b", "c"])
        #expect(found.models.last?.targets == [ModelTarget(upstream: "azure", model: "dep")])
        #expect(takeover.notes.contains { $0.contains("openai/*") })
    }

    @Test(
        "A key that is not understood is left out rather than widened",
        arguments: [
            #""blocked":true"#, #""expires":"some day""#, #""models":["no-default-models"]"#, #""rpm_limit":0"#,
        ])
    func leftOut(column: String) throws {
        let (found, takeover) = try read("general_settings: {}", keys: "[{\"token\":\"\(Self.hash)\",\(column)}]")
        #expect(found.keys.isEmpty && found.authentication == .required)
        #expect(takeover.notes.contains { $0.contains("the key was left out") })
    }

    @Test("Access groups are resolved, and what limits a key elsewhere is named")
    func keyModels() throws {
        let (found, takeover) = try read(
            """
            model_list:
              - {model_name: a, litellm_params: {model: gpt-5}, model_info: {access_groups: [small]}}
              - {model_name: b, litellm_params: {model: gpt-5-mini}, model_info: {access_groups: [small]}}
            """,
            keys:
                #"[{"token":"\#(Self.hash)","key_alias":"x\nkeys: []","models":["small"],"budget_id":"b-1","expires":"2027-01-01T12:00:00Z"}]"#
        )
        let key = try #require(found.keys.first)
        #expect(key.models == ["a", "b"] && key.name == "x\nkeys: []")
        #expect(key.expiresAt == Timestamp(year: 2027, month: 1, day: 1, hour: 12))
        #expect(takeover.notes.contains { $0.contains("budget_id") && !$0.contains("\n") })
    }

    @Test(
        "Spans of budgets",
        arguments: [
            ("30d", BudgetPeriod.rolling(hours: 720)), ("daily", .rolling(hours: 24)), ("2w", .rolling(hours: 336)),
            ("90m", .rolling(hours: 2)), ("1mo", .month), ("2mo", .month), ("90d", .month), ("soon", .month),
        ])
    func spans(duration: String, period: BudgetPeriod) throws {
        let (found, _) = try read(
            "litellm_settings: {max_budget: 1e2, budget_duration: \(duration), timezone: America/New_York}")
        #expect(found.budgets.map(\.period) == [period])
        #expect(
            found.budgets.first?.limit == NanoUSD(dollars: "100") && found.budgets.first?.timeZone == "America/New_York"
        )
    }

    @Test("An address with a password is not copied; another file is refused")
    func refused() throws {
        let (found, takeover) = try read(
            "model_list: [{model_name: a, litellm_params: {model: openai/x, api_base: \"https://me:hunter2@h/v1\"}}]")
        #expect(found.models.isEmpty && !takeover.text.contains("hunter2"))
        let other = try YAMLDocument(text: "upstreams: []", file: "payback.yaml")
        #expect(throws: InputError.self) { try LiteLLMTakeover(other) }
    }
}
