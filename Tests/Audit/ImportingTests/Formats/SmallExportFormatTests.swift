import Domain
import Importing
import Testing

@Suite("OpenRouter, DeepSeek and Ollama")
struct SmallExportFormatTests {
    private static let activity =
        #"{"date":"2025-08-24","model":"openai/gpt-4.1","model_permaslug":"openai/gpt-4.1-2025-04-14","endpoint_id":"e-1","provider_name":"OpenAI","usage":0.015,"byok_usage_inference":0.012,"requests":5,"prompt_tokens":50,"completion_tokens":125,"reasoning_tokens":25}"#

    @Test("OpenRouter's activity: what it bills, and beside it what a key of one's own cost", arguments: [true, false])
    func openRouterActivity(_ isPage: Bool) async throws {
        let read = try await ReadInput.reading(isPage ? #"{"data":[\#(Self.activity)]}"# : Self.activity)
        #expect(read.summary.inputs.first?.format == "openrouter")
        let total = try #require(read.controlTotals.first)
        #expect(total.authority == .costReport && total.provider == "openrouter" && total.requests == 5)
        #expect(total.billed?.decimalText == "0.015")
        #expect(total.dimensions["byok_usage_inference"] == "0.012")
        #expect(total.dimensions["host_provider"] == "OpenAI")
        // The cache's share is unknown, not zero.
        #expect(total.usage.buckets == [50, nil, nil, nil, 125] && total.usage.reasoning.known == 25)
        #expect(total.model == "openai/gpt-4.1-2025-04-14")
        #expect(total.period.end.rfc3339 == "2025-08-25T00:00:00Z")
    }

    @Test("OpenRouter's activity as CSV, and an empty page")
    func openRouterCSV() async throws {
        let read = try await ReadInput.reading(
            """
            date,model,model_permaslug,endpoint_id,provider_name,usage,byok_usage_inference,requests,prompt_tokens,completion_tokens,reasoning_tokens
            2025-08-24,openai/gpt-4.1,openai/gpt-4.1-2025-04-14,e-1,OpenAI,0.015,0.012,5,50,125,25
            """)
        #expect(read.controlTotals.first?.billed?.decimalText == "0.015")
        let empty = try await ReadInput.reading(#"{"data":[]}"#, format: OpenRouterFormat())
        #expect(empty.codes == ["no_usage"] && empty.controlTotals.isEmpty)
    }

    @Test("OpenRouter's generations are single calls")
    func openRouterGenerations() async throws {
        let read = try await ReadInput.reading(
            """
            generation_id,created_at,cost_total,cost_web_search,cost_cache,cost_file_processing,byok_usage_inference,tokens_prompt,tokens_completion,tokens_reasoning,tokens_cached,model_permaslug,provider_name,cancelled,user,generation_time_ms,time_to_first_token_ms,app_name,api_key_name
            gen-1,2026-10-01 05:00:00,0.0012,0,0,0,0,1000,200,50,400,openai/gpt-4.1-2025-04-14,OpenAI,false,acme,1500,300,chat,prod
            """)
        #expect(read.summary.inputs.first?.format == "openrouter")
        let record = try #require(read.records.first)
        #expect(record.usage.buckets == [600, 400, nil, nil, 200])
        #expect(record.costKind == .reported && record.cost.decimalText == "0.0012")
        #expect(record.latency == 1_500_000 && record.timeToFirstToken == 300_000)
        #expect(read.name(record.customer) == "acme" && read.name(record.feature) == "chat")
        #expect(read.text(record.requestID) == "gen-1" && read.name(record.credential) == "prod")
    }

    @Test("DeepSeek's amounts: one class a row, requests are no tokens, keys are not kept")
    func deepSeekAmounts() async throws {
        let rows = [
            "input_cache_hit_tokens,0.1,900", "input_cache_miss_tokens,1,100", "output_tokens,2,50", "request_count,,3",
        ]
        let lines = rows.map {
            "u-1,2026-10-01T00:00:00+00:00,2026-10-02T00:00:00+00:00,deepseek-chat,prod,sk-secret,\($0)"
        }
        let text =
            "\u{FEFF}user_id,start_time_iso,end_time_iso,model,api_key_name,api_key,type,price,amount\r\n"
            + lines.joined(separator: "\r\n") + "\r\n"
        let read = try await ReadInput.reading(text)
        #expect(read.summary.inputs.first?.format == "deepseek")
        #expect(read.controlTotals.count == 4)
        #expect(read.controlTotals.map(\.usage.buckets)[0] == [nil, 900, nil, nil, nil])
        #expect(read.controlTotals.map(\.usage.buckets)[1] == [100, nil, nil, nil, nil])
        #expect(read.controlTotals.map(\.usage.buckets)[2] == [nil, nil, nil, nil, 50])
        #expect(read.controlTotals[3].requests == 3 && read.controlTotals[3].usage == .unknown)
        #expect(read.controlTotals.allSatisfy { $0.authority == .usageReport && $0.provider == "deepseek" })
        let kept = read.controlTotals.flatMap { $0.dimensions.values }
        #expect(kept.contains("prod") && !kept.contains { $0.contains("secret") })
        #expect(read.summary.diagnostics.entries.isEmpty)
    }

    @Test("DeepSeek's costs, in their currency; an unknown type is said so")
    func deepSeekCosts() async throws {
        let costs = try await ReadInput.reading(
            """
            user_id,start_time_iso,end_time_iso,model,wallet_type,cost,currency
            u-1,2026-10-01T00:00:00+00:00,2026-10-02T00:00:00+00:00,deepseek-chat,paid,1.2345,CNY
            """)
        let total = try #require(costs.controlTotals.first)
        #expect(total.authority == .costReport && total.currency == "CNY")
        #expect(total.billed?.decimalText == "1.2345" && total.dimensions["wallet_type"] == "paid")
        let odd = try await ReadInput.reading(
            "user_id,utc_date,model,api_key_name,api_key,type,price,amount\nu-1,2026-10-01,deepseek-chat,p,k,dreams,1,5"
        )
        #expect(odd.controlTotals.first?.usage == .unknown && odd.codes == ["unknown_token_class"])
        #expect(odd.controlTotals.first?.period.end.rfc3339 == "2026-10-02T00:00:00Z")
    }

    @Test("Ollama's last object counts; durations are nanoseconds")
    func ollama() async throws {
        let read = try await ReadInput.reading(
            """
            {"model":"llama3.3","created_at":"2026-10-01T05:00:00.123456Z","response":"Hi","done":false}
            {"model":"llama3.3","created_at":"2026-10-01T05:00:00.223456Z","response":"","done":true,"done_reason":"stop","total_duration":174560334,"load_duration":101397084,"prompt_eval_count":11,"prompt_eval_duration":13074791,"eval_count":18,"eval_duration":52479709}
            {"model":"llama3.3","created_at":"2026-10-01T05:00:01Z","done":true,"total_duration":1000,"eval_count":2}
            """)
        #expect(read.summary.inputs.first?.format == "ollama")
        #expect(read.records.map(\.usage.buckets) == [[11, nil, 0, 0, 18], [0, nil, 0, 0, 2]])
        let record = try #require(read.records.first)
        #expect(record.latency == 174_560 && record.timeToFirstToken == 101_397 + 13_075)
        #expect(read.name(record.model) == "llama3.3" && read.name(record.provider) == "ollama")
        #expect(record.costKind == .unpriced)
    }
}
