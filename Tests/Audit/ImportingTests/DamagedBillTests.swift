import Domain
import Foundation
import Importing
import Inputs
import Pricing
import Testing

@Suite("Damaged bills, pages and logs")
struct DamagedBillTests {
    /// A small input of each format.
    static let samples: [(format: String, text: String)] = [
        (
            "aws-cur",
            "line_item_usage_start_date,line_item_usage_end_date,line_item_line_item_type,line_item_product_code,line_item_usage_type,line_item_usage_amount,line_item_unblended_cost,pricing_unit,product\n2026-10-01T05:00:00Z,2026-10-01T06:00:00Z,Usage,AmazonBedrock,USE1-Claude4.6Sonnet-input-tokens,23,0.069,1K tokens,\"{\"\"a\"\":\"\"b\"\"}\"\n"
        ),
        (
            "azure-cost",
            "Date,MeterCategory,MeterSubCategory,MeterName,Quantity,UnitOfMeasure,Cost,BillingCurrency,ChargeType,Tags\n04/01/2025,Foundry Models,Azure OpenAI,gpt-4o-mini-0718-Inp-glbl Tokens,13.8,1K,0.002,USD,Usage,\"{\"\"a\"\":\"\"b\"\"}\"\n"
        ),
        (
            "gcp-billing",
            #"{"service":{"description":"Vertex AI"},"sku":{"description":"Gemini 2.5 Flash GA Text Input - Predictions"},"usage_start_time":"2026-10-01 05:00:00 UTC","usage_end_time":"2026-10-01 06:00:00 UTC","cost":0.3195,"currency":"EUR","usage":{"amount":1065040.0,"unit":"requests"},"credits":[{"name":"x","amount":-0.1}]}"#
        ),
        (
            "openai-usage",
            #"{"object":"page","data":[{"object":"bucket","start_time":1790812800,"end_time":1790899200,"results":[{"object":"organization.usage.completions.result","input_tokens":1000,"input_cached_tokens":400,"output_tokens":500,"num_model_requests":5}]}],"has_more":false}"#
        ),
        (
            "openai-costs",
            #"{"object":"page","data":[{"object":"bucket","start_time":1790812800,"end_time":1790899200,"results":[{"object":"organization.costs.result","amount":{"value":"0.06","currency":"usd"},"line_item":"gpt-4o, input","quantity":10,"quantity_unit":"tokens"}]}]}"#
        ),
        (
            "anthropic-usage",
            #"{"data":[{"starting_at":"2025-08-01T00:00:00Z","ending_at":"2025-08-02T00:00:00Z","results":[{"uncached_input_tokens":1500,"cache_creation":{"ephemeral_1h_input_tokens":1000},"output_tokens":500}]}]}"#
        ),
        (
            "anthropic-cost",
            #"{"data":[{"starting_at":"2025-08-01T00:00:00Z","ending_at":"2025-08-02T00:00:00Z","results":[{"currency":"USD","amount":"123.78912","token_type":"output_tokens"}]}]}"#
        ),
        (
            "claude-code",
            #"{"data":[{"actor":{"email_address":"a@x.com"},"date":"2025-08-08T00:00:00Z","model_breakdown":[{"model":"m","tokens":{"input":45230,"output":12450},"estimated_cost":{"amount":186,"currency":"USD"}}]}]}"#
        ),
        (
            "openrouter",
            #"{"data":[{"date":"2025-08-24","model":"openai/gpt-4.1","model_permaslug":"openai/gpt-4.1","endpoint_id":"e","usage":0.015,"byok_usage_inference":0.012,"requests":5,"prompt_tokens":50,"completion_tokens":125}]}"#
        ),
        (
            "deepseek",
            "user_id,utc_date,model,api_key_name,api_key,type,price,amount\nu,2026-10-01,deepseek-chat,p,k,output_tokens,2,50\n"
        ),
        (
            "bedrock-logs",
            #"{"schemaType":"ModelInvocationLog","timestamp":"2026-01-15T12:00:00Z","requestId":"r","operation":"Converse","modelId":"anthropic.claude-sonnet-4-20250514-v1:0","input":{"inputTokenCount":1500},"output":{"outputBodyJson":[{"usage":{"cacheDetails":[{"ttl":"1h","inputTokens":3}]}}],"outputTokenCount":500}}"#
        ),
        (
            "vertex-logs",
            #"{"logging_time":"2026-10-01 05:00:00 UTC","request_id":"77","model":"gemini-2.5-flash","full_response":[{"usageMetadata":{"promptTokenCount":10,"candidatesTokenCount":4}}]}"#
        ),
        (
            "ollama",
            #"{"model":"llama3.3","created_at":"2026-10-01T05:00:00Z","done":true,"total_duration":174560334,"prompt_eval_count":11,"eval_count":18}"#
        ),
    ]

    @Test("Each sample is recognised, and read without a complaint that rejects", arguments: samples)
    func recognised(_ sample: (format: String, text: String)) async throws {
        let read = try await ReadInput.reading(sample.text)
        #expect(read.summary.inputs.first?.format == sample.format)
        #expect(read.controlTotals.count + read.records.count > 0)
        #expect(read.summary.diagnostics.rejections == 0)
        #expect(FormatRegistry.named(sample.format)?.name == sample.format)
    }

    @Test(
        "Whatever happens to its bytes, an input is read, rejected or named, and no amount is made up",
        arguments: samples)
    func damaged(_ sample: (format: String, text: String)) async throws {
        let format = try #require(FormatRegistry.named(sample.format))
        let whole = Array(sample.text.utf8)
        let prices = try PriceBook.shipped()
        for round in 0..<60 {
            let bytes = Self.damage(whole, round)
            guard let read = try? await ReadInput.reading(bytes, format: format, prices: prices) else { continue }
            for total in read.controlTotals {
                #expect(total.usage.total >= 0)
                #expect((total.billed?.picos.magnitude ?? 0) < 1_000_000_000_000_000_000_000_000_000)
            }
            #expect(read.records.allSatisfy { $0.cost >= .zero && $0.usage.total >= 0 })
            let said = read.controlTotals.count + read.records.count + read.summary.diagnostics.entries.count
            #expect(said > 0 || sample.format == "ollama" || read.summary.rowsRead <= 1)
        }
    }

    /// A byte changed, bytes left out, or bytes written twice, by the number of the round.
    private static func damage(_ whole: [UInt8], _ round: Int) -> [UInt8] {
        let hash = ByteHash.hash("round \(round)")
        let position = Int(hash >> 8 % UInt64(whole.count))
        let end = min(position + Int(hash >> 40 & 15) + 1, whole.count)
        var bytes = whole
        switch hash & 3 {
        case 0: bytes[position] = UInt8(truncatingIfNeeded: hash >> 20)
        case 1: bytes.removeSubrange(position..<end)
        case 2: bytes.insert(contentsOf: whole[position..<end], at: position)
        default: bytes.removeLast(whole.count - end)
        }
        return bytes
    }

    @Test("A page of metrics is named as such")
    func metrics() async throws {
        let text =
            "# HELP vllm:prompt_tokens_total Number of prefill tokens.\nvllm:prompt_tokens_total{model_name=\"m\"} 5\n"
        let error = await #expect(throws: InputError.self) { try await ReadInput.reading(text) }
        #expect(error?.message.contains("Prometheus") == true)
    }

    @Test("An archive is each of its files")
    func archive() async throws {
        let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Fixtures/deepseek/export.zip").path
        var sink = ReadInput()
        let summary = try await ImportRun(options: .init(prices: try .shipped())).read(files: [path], into: &sink)
        #expect(summary.inputs.map(\.format) == ["deepseek", "deepseek"])
        #expect(summary.inputs.first?.file == "\(path)/export/amount-2026-10.csv")
        #expect(sink.controlTotals.count == 4 && sink.controlTotals.last?.currency == "CNY")
    }
}
