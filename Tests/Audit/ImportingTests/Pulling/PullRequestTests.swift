import Domain
import Importing
import Testing

@Suite("Questions of a pull")
struct PullRequestTests {
    @Test("A base that ends as the path begins is not doubled")
    func base() {
        let usage = PullRequest("/v1/organization/costs")
        for base in ["https://api.openai.com", "https://api.openai.com/", "https://api.openai.com/v1"] {
            #expect(usage.url(base: base) == "https://api.openai.com/v1/organization/costs")
        }
        #expect(usage.url(base: "http://proxy/openai") == "http://proxy/openai/v1/organization/costs")
        let activity = PullRequest("/api/v1/activity")
        #expect(activity.url(base: "https://openrouter.ai/api/v1/") == "https://openrouter.ai/api/v1/activity")
    }

    @Test("Parameters are escaped")
    func escaping() {
        var request = PullRequest("/spend/logs/v2")
        request.add("start_date", "2026-10-01 00:00:00")
        request.add("group_by[]", "modèle&x=1")
        request.add("page", nil)
        #expect(
            request.url(base: "http://h")
                == "http://h/spend/logs/v2?start_date=2026-10-01%2000%3A00%3A00&group_by%5B%5D=mod%C3%A8le%26x%3D1")
    }

    @Test("The key comes from the environment and is never shown")
    func access() throws {
        let environment = ["OPENAI_ADMIN_KEY": "sk-admin-abc", "OPENAI_BASE_URL": "http://127.0.0.1:9"]
        let access = try PullAccess(.openAI, environment: environment)
        #expect(access.base == "http://127.0.0.1:9")
        #expect(access.headers == ["Authorization": "Bearer sk-admin-abc"])
        #expect(access.hidingSecrets(in: "no sk-admin-abc here, sk-admin-abc") == "no … here, …")
        var dumped = ""
        dump(access, to: &dumped)
        for text in ["\(access)", String(reflecting: access), dumped] { #expect(!text.contains("sk-admin")) }
        let pair = ["LANGFUSE_PUBLIC_KEY": "pk-lf-1", "LANGFUSE_SECRET_KEY": "sk-lf-2"]
        let langfuse = try PullAccess(.langfuse, environment: pair)
        #expect(langfuse.base == "https://cloud.langfuse.com")
        #expect(langfuse.headers == ["Authorization": "Basic cGstbGYtMTpzay1sZi0y"])
        let anthropic = try PullAccess(.anthropic, environment: ["ANTHROPIC_ADMIN_KEY": "sk-ant-admin01"])
        #expect(anthropic.headers == ["x-api-key": "sk-ant-admin01"])
    }

    @Test(
        "What the environment lacks is named",
        arguments: [
            ("openai", [:], "OPENAI_ADMIN_KEY"), ("openai", ["OPENAI_ADMIN_KEY": ""], "OPENAI_ADMIN_KEY"),
            ("openai", ["OPENAI_ADMIN_KEY": "sk-1\n"], "OPENAI_ADMIN_KEY"),
            ("openai", ["OPENAI_ADMIN_KEY": "sk-1", "OPENAI_BASE_URL": "api.openai.com"], "OPENAI_BASE_URL"),
            ("langfuse", ["LANGFUSE_PUBLIC_KEY": "pk-lf-1"], "LANGFUSE_SECRET_KEY"),
            ("litellm", ["LITELLM_MASTER_KEY": "sk-1"], "LITELLM_BASE_URL"),
        ] as [(String, [String: String], String)])
    func missing(_ source: String, _ environment: [String: String], _ variable: String) throws {
        let source = try #require(PullSources.named(source))
        #expect { try PullAccess(source, environment: environment) } throws: { error in
            guard let error = error as? PullError else { return false }
            return error.code == .notConfigured && error.message.hasPrefix(variable) && !error.message.contains("sk-1")
        }
    }

    @Test("Sources are found by name, and their parts by format")
    func names() throws {
        #expect(PullSources.names.contains("openai-costs") && PullSources.names.contains("claude-code"))
        #expect(Set(PullSources.names).count == PullSources.names.count)
        for name in PullSources.names { #expect(PullSources.named(name) != nil, "\(name)") }
        #expect(PullSources.named("OpenAI")?.endpoints.count == 9)
        #expect(PullSources.named("openai-usage")?.endpoints.count == 8)
        #expect(PullSources.named("openai-costs")?.endpoints.map(\.name) == ["costs"])
        #expect(PullSources.named("grafana") == nil)
    }
}
