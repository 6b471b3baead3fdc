import Domain
import Importing
import Testing

@Suite("Pages of OpenAI's admin API")
struct OpenAIPageFormatTests {
    private static func page(_ results: String..., object: String = "bucket") -> String {
        let buckets = results.enumerated().map { day, results in
            let start = 1_790_812_800 + day * 86_400
            return
                #"{"object":"\#(object)","start_time":\#(start),"end_time":\#(start + 86_400),"results":[\#(results)]}"#
        }
        return #"{"object":"page","data":[\#(buckets.joined(separator: ","))],"has_more":false,"next_page":null}"#
    }

    private static let completions =
        #"{"object":"organization.usage.completions.result","input_tokens":1000,"input_cached_tokens":400,"input_cache_write_tokens":100,"input_uncached_tokens":500,"output_tokens":500,"input_text_tokens":400,"output_text_tokens":400,"input_cached_text_tokens":300,"input_audio_tokens":50,"input_cached_audio_tokens":50,"output_audio_tokens":50,"input_image_tokens":50,"input_cached_image_tokens":50,"output_image_tokens":50,"num_model_requests":5,"project_id":null,"user_id":null,"api_key_id":null,"model":null,"batch":null,"service_tier":null}"#

    private static let cost =
        #"{"object":"organization.costs.result","amount":{"value":0.06,"currency":"usd"},"line_item":"input_tokens","project_id":"proj_abc","api_key_id":null,"quantity":10000,"quantity_unit":"tokens"}"#

    @Test("The documented usage: disjoint buckets, and no breakdown is added")
    func usage() async throws {
        let read = try await ReadInput.reading(Self.page(Self.completions))
        #expect(read.summary.inputs.first?.format == "openai-usage")
        let total = try #require(read.controlTotals.first)
        #expect(total.authority == .usageReport && total.source == "openai-usage")
        #expect(total.usage.buckets == [500, 400, 100, 0, 500])
        #expect(total.usage.total == 1500)
        #expect(total.usage.audioInput.known == 50 && total.requests == 5)
        #expect(total.model == nil && total.billed == nil)
        #expect(total.dimensions == ["endpoint": "completions"])
        #expect(total.period.start.rfc3339 == "2026-10-01T00:00:00Z")
        #expect(read.summary.diagnostics.entries.isEmpty)
    }

    @Test("The older answer without parts, and groups")
    func olderAnswer() async throws {
        let read = try await ReadInput.reading(
            Self.page(
                #"{"object":"organization.usage.completions.result","input_tokens":1000,"output_tokens":500,"input_cached_tokens":800,"input_audio_tokens":0,"num_model_requests":5,"model":"gpt-4o-mini-2024-07-18","batch":true,"service_tier":"flex","project_id":"proj_abc"},{"object":"organization.usage.completions.result","input_tokens":7,"output_tokens":1,"num_model_requests":1,"model":"o3"}"#
            ))
        #expect(read.controlTotals.map(\.usage.buckets) == [[200, 800, nil, 0, 500], [7, nil, nil, 0, 1]])
        let total = try #require(read.controlTotals.first)
        #expect(total.model == "gpt-4o-mini-2024-07-18")
        #expect(total.dimensions["batch"] == "true" && total.dimensions["service_tier"] == "flex")
        #expect(total.dimensions["project_id"] == "proj_abc")
        #expect(read.controlTotals[0].row != read.controlTotals[1].row)
    }

    static let sisters: [(result: String, endpoint: String, requests: Int64?, quantity: String?)] = [
        (
            #""object":"organization.usage.embeddings.result","input_tokens":16,"num_model_requests":2"#, "embeddings",
            2, nil
        ),
        (
            #""object":"organization.usage.images.result","images":2,"num_model_requests":2,"size":"1024x1024","source":"image.generation""#,
            "images", 2, "2 images"
        ),
        (
            #""object":"organization.usage.audio_speeches.result","characters":45,"num_model_requests":1"#,
            "audio_speeches", 1, "45 characters"
        ),
        (
            #""object":"organization.usage.audio_transcriptions.result","seconds":20,"num_model_requests":1"#,
            "audio_transcriptions", 1, "20 seconds"
        ),
        (#""object":"organization.usage.vector_stores.result","usage_bytes":1024"#, "vector_stores", nil, "1024 bytes"),
        (
            #""object":"organization.usage.code_interpreter_sessions.result","num_sessions":1"#,
            "code_interpreter_sessions", nil, "1 sessions"
        ),
        (
            #""object":"organization.usage.file_search_calls.result","num_requests":3,"vector_store_id":"vs_1""#,
            "file_search_calls", 3, nil
        ),
    ]

    @Test("Sister endpoints", arguments: sisters)
    func sisterEndpoints(
        _ sister: (result: String, endpoint: String, requests: Int64?, quantity: String?)
    ) async throws {
        let read = try await ReadInput.reading(Self.page("{\(sister.result)}"))
        let total = try #require(read.controlTotals.first)
        #expect(total.dimensions["endpoint"] == sister.endpoint && total.requests == sister.requests)
        let quantity = [total.dimensions["quantity"], total.dimensions["quantity_unit"]].compactMap(\.self)
        #expect(quantity.joined(separator: " ") == sister.quantity ?? "")
        #expect(total.usage.isKnown == (sister.endpoint == "embeddings"))
        if total.usage.isKnown { #expect(total.usage.buckets == [16, nil, nil, 0, 0]) }
    }

    @Test("The documented cost")
    func costs() async throws {
        let read = try await ReadInput.reading(Self.page(Self.cost))
        #expect(read.summary.inputs.first?.format == "openai-costs")
        let total = try #require(read.controlTotals.first)
        #expect(total.authority == .costReport && total.source == "openai-costs" && total.currency == "USD")
        #expect(total.billed?.decimalText == "0.06")
        #expect(total.usage.buckets == [10_000, nil, nil, nil, nil])
        #expect(total.dimensions["line_item"] == "input_tokens" && total.dimensions["project_id"] == "proj_abc")
    }

    static let amounts: [(written: String, read: String)] = [
        (#""0.06""#, "0.06"), ("0E-6176", "0"), (#""0E-6176""#, "0"), ("1.5e-7", "0.00000015"), ("12", "12"),
        (#""-0.25""#, "-0.25"),
    ]

    @Test("Amounts are numbers or strings, in any notation", arguments: amounts)
    func amount(_ amount: (written: String, read: String)) async throws {
        let read = try await ReadInput.reading(Self.page(Self.cost.replacing("0.06", with: amount.written)))
        #expect(read.controlTotals.first?.billed?.decimalText == amount.read)
    }

    @Test("The model is only in the line item; all results of a bucket count")
    func lineItems() async throws {
        let read = try await ReadInput.reading(
            Self.page(
                Self.cost.replacing("input_tokens", with: "gpt-4o-mini-2024-07-18, output") + ","
                    + Self.cost.replacing("input_tokens", with: "web search tool calls"), Self.cost))
        #expect(read.controlTotals.map(\.model) == ["gpt-4o-mini", nil, nil])
        #expect(read.controlTotals[0].usage.buckets == [nil, nil, nil, nil, 10_000])
        #expect(FOCUSExamples.sum(\.billed, read) == "0.18")
        #expect(read.diagnostic("unknown_meter")?.message.contains("web search tool calls") == true)
    }

    @Test("A page without rows and a bucket without results are no usage and no error")
    func empty() async throws {
        let page = try await ReadInput.reading(Self.page())
        #expect(page.controlTotals.isEmpty && page.summary.diagnostics.rejections == 0)
        #expect(page.codes == ["no_usage"])
        let bucket = try await ReadInput.reading(Self.page("", Self.cost))
        #expect(bucket.controlTotals.count == 1)
    }

    @Test("Several pages in one file, one a line or one after the other, and single buckets")
    func severalPages() async throws {
        let pages = [Self.page(Self.completions), Self.page(Self.completions, Self.completions)]
        #expect(try await ReadInput.reading(pages.joined(separator: "\n")).controlTotals.count == 3)
        #expect(try await ReadInput.reading(pages.joined(separator: "\n\n  ")).controlTotals.count == 3)
        let bucket =
            #"{"object":"bucket","start_time":1790812800,"end_time":1790899200,"results":[\#(Self.completions)]}"#
        let read = try await ReadInput.reading(bucket)
        #expect(read.summary.inputs.first?.format == "openai-usage" && read.controlTotals.count == 1)
    }

    @Test("A bad result is rejected alone; parts that do not add up are said so")
    func bad() async throws {
        let read = try await ReadInput.reading(
            Self.page(
                Self.completions.replacing(":500,\"input_text", with: ":-5,\"input_text") + "," + Self.completions,
                Self.completions.replacing(#""input_tokens":1000"#, with: #""input_tokens":999"#)))
        #expect(read.controlTotals.count == 2)
        #expect(read.diagnostic("negative_tokens")?.severity == .rejection)
        #expect(read.diagnostic("input_parts_differ")?.severity == .warning)
        let unreadable = try await ReadInput.reading(Self.page(Self.cost.replacing("0.06", with: #""free""#)))
        #expect(unreadable.diagnostic("bad_amount")?.severity == .rejection)
    }
}
