import Domain
import Importing
import Testing

@Suite("Pages of Anthropic's admin API")
struct AnthropicPageFormatTests {
    private static let usage =
        #"{"data":[{"starting_at":"2025-08-01T00:00:00Z","ending_at":"2025-08-02T00:00:00Z","results":[{"uncached_input_tokens":1500,"cache_creation":{"ephemeral_1h_input_tokens":1000,"ephemeral_5m_input_tokens":500},"cache_read_input_tokens":200,"output_tokens":500,"server_tool_use":{"web_search_requests":10},"api_key_id":"apikey_01","workspace_id":"wrkspc_01","model":"claude-sonnet-4-20250514","service_tier":"standard","context_window":"0-200k"}]}],"has_more":true,"next_page":"page_M"}"#

    private static let cost =
        #"{"starting_at":"2025-08-01T00:00:00Z","ending_at":"2025-08-02T00:00:00Z","results":[{"currency":"USD","amount":"123.78912","workspace_id":"wrkspc_01","description":"Claude Sonnet 4 Usage - Input Tokens","cost_type":"tokens","context_window":"0-200k","model":"claude-sonnet-4-20250514","service_tier":"standard","token_type":"uncached_input_tokens"}]}"#

    private static let claudeCode =
        #"{"data":[{"actor":{"type":"user_actor","email_address":"user@x.com"},"date":"2025-08-08T00:00:00Z","organization_id":"o","customer_type":"api","subscription_type":"enterprise","terminal_type":"iTerm.app","core_metrics":{"num_sessions":15,"lines_of_code":{"added":342,"removed":128},"commits_by_claude_code":8,"pull_requests_by_claude_code":2},"tool_actions":{"edit_tool":{"accepted":25,"rejected":3}},"model_breakdown":[{"model":"claude-sonnet-4-20250514","tokens":{"input":45230,"output":12450,"cache_read":8790,"cache_creation":2340},"estimated_cost":{"amount":186,"currency":"USD"}},{"model":"claude-opus-4-20250514","tokens":{"input":1,"output":2},"estimated_cost":{"amount":4,"currency":"USD"}}]}],"has_more":false,"next_page":null}"#

    @Test("The documented usage: disjoint kinds, no count of requests")
    func usageReport() async throws {
        let read = try await ReadInput.reading(Self.usage)
        #expect(read.summary.inputs.first?.format == "anthropic-usage")
        let total = try #require(read.controlTotals.first)
        #expect(total.authority == .usageReport && total.provider == "anthropic")
        #expect(total.usage.buckets == [1500, 200, 500, 1000, 500])
        #expect(total.requests == nil && total.model == "claude-sonnet-4-20250514")
        #expect(total.dimensions["web_search_requests"] == "10" && total.dimensions["workspace_id"] == "wrkspc_01")
        #expect(total.dimensions["context_window"] == "0-200k" && total.dimensions["service_tier"] == "standard")
        #expect(total.period.end.rfc3339 == "2025-08-02T00:00:00Z")
        #expect(read.summary.diagnostics.entries.isEmpty)
    }

    @Test("Nulls are the default workspace and the Workbench; priority has no cost in the report")
    func nullsAndPriority() async throws {
        let read = try await ReadInput.reading(
            Self.usage.replacing(#""wrkspc_01""#, with: "null").replacing(#""apikey_01""#, with: "null")
                .replacing(#""standard""#, with: #""priority_on_demand""#))
        let total = try #require(read.controlTotals.first)
        #expect(total.dimensions["workspace_id"] == nil && total.dimensions["api_key_id"] == nil)
        #expect(read.diagnostic("priority_without_cost")?.severity == .note)
    }

    @Test("The documented cost: the string is cents")
    func costReport() async throws {
        for text in [Self.cost, #"{"data":[\#(Self.cost)],"has_more":false,"next_page":null}"#] {
            let read = try await ReadInput.reading(text)
            #expect(read.summary.inputs.first?.format == "anthropic-cost")
            let total = try #require(read.controlTotals.first)
            #expect(total.authority == .costReport && total.billed?.decimalText == "1.2378912")
            #expect(total.model == "claude-sonnet-4-20250514" && total.usage == .unknown)
            #expect(total.dimensions["token_class"] == "uncached_input")
            #expect(total.dimensions["cost_type"] == "tokens")
        }
    }

    static let tokenTypes = [
        ("output_tokens", "output"), ("cache_read_input_tokens", "cache_read"),
        ("cache_creation.ephemeral_5m_input_tokens", "cache_write_5m"),
        ("cache_creation.ephemeral_1h_input_tokens", "cache_write_1h"), ("something_new", nil),
    ]

    @Test("Kinds of tokens, in both spellings of the writes", arguments: tokenTypes)
    func kinds(_ type: (written: String, class: String?)) async throws {
        let read = try await ReadInput.reading(
            Self.cost.replacing(#""uncached_input_tokens""#, with: "\"\(type.written)\""))
        #expect(read.controlTotals.first?.dimensions["token_class"] == type.class)
    }

    @Test("Without groups everything but the amount is null")
    func ungrouped() async throws {
        let read = try await ReadInput.reading(
            #"{"starting_at":"2025-08-01T00:00:00Z","ending_at":"2025-08-02T00:00:00Z","results":[{"currency":"USD","amount":"0.5","workspace_id":null,"description":null,"cost_type":null,"context_window":null,"model":null,"service_tier":null,"token_type":null}]}"#
        )
        #expect(read.controlTotals.first?.billed?.decimalText == "0.005")
        #expect(read.controlTotals.first?.dimensions == ["charge_category": "Usage"])
    }

    @Test("Claude Code: tokens by model; estimates are never billed, and what came of a day is said once")
    func analytics() async throws {
        let read = try await ReadInput.reading(Self.claudeCode)
        #expect(read.summary.inputs.first?.format == "claude-code")
        #expect(read.controlTotals.count == 2)
        let total = try #require(read.controlTotals.first)
        #expect(total.usage.buckets == [45_230, 8790, 2340, 0, 12_450])
        #expect(total.billed == nil && total.authority == .usageReport)
        #expect(total.dimensions["estimated_cost"] == "1.86" && total.dimensions["actor"] == "user@x.com")
        #expect(total.dimensions["customer_type"] == "api" && total.dimensions["commits"] == "8")
        #expect(read.controlTotals[1].dimensions["commits"] == nil)
        #expect(read.controlTotals[1].usage.buckets == [1, nil, nil, nil, 2])
        #expect(total.period.end.rfc3339 == "2025-08-09T00:00:00Z")
    }

    @Test("A key as actor, a day without models, a page without rows")
    func otherDays() async throws {
        let key = try await ReadInput.reading(
            Self.claudeCode.replacing(
                #""type":"user_actor","email_address":"user@x.com""#,
                with: #""type":"api_actor","api_key_name":"ci""#))
        #expect(key.controlTotals.first?.dimensions["actor"] == "ci")
        let idle = try await ReadInput.reading(
            #"{"data":[{"actor":{"email_address":"a@x.com"},"date":"2025-08-08","core_metrics":{"num_sessions":1},"model_breakdown":[]}],"has_more":false}"#
        )
        #expect(idle.controlTotals.first?.dimensions["sessions"] == "1")
        for format in [AnthropicUsagePageFormat() as any UsageFormat, AnthropicCostPageFormat(), ClaudeCodeFormat()] {
            let empty = try await ReadInput.reading(
                #"{"data":[],"has_more":false,"next_page":null}"#, format: format)
            #expect(empty.controlTotals.isEmpty && empty.codes == ["no_usage"])
        }
    }
}
