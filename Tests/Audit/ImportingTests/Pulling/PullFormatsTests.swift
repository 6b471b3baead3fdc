import Domain
import Importing
import Ledger
import Testing

/// The formats of the admin APIs live in folders of their own.
private let hasFormats = FormatRegistry.named("openai-usage") != nil

@Suite("Pages and their formats", .enabled(if: hasFormats, "The formats of the admin APIs are not part of this build."))
struct PullFormatsTests {
    private static let day = PullQuestion(
        since: Timestamp(year: 2026, month: 11, day: 1), until: Timestamp(year: 2026, month: 11, day: 2))

    /// The documented example of each list, moved to the first of November 2026.
    private static let pages: [(source: PullSource, endpoint: String, page: String)] = [
        (.openAI, "completions", RecordedPages.completions(day: 1_793_491_200)),
        (
            .openAI, "images",
            bucket(
                #"{"object":"organization.usage.images.result","images":2,"num_model_requests":2,"size":null,"source":null,"model":"dall-e-3"}"#
            )
        ),
        (
            .openAI, "vector_stores",
            bucket(#"{"object":"organization.usage.vector_stores.result","usage_bytes":1024,"project_id":null}"#)
        ),
        (
            .openAI, "costs",
            bucket(
                #"{"object":"organization.costs.result","amount":{"value":"0.06","currency":"usd"},"line_item":"gpt-4o-mini-2024-07-18, input","project_id":"proj_abc"}"#
            )
        ),
        (
            .anthropic, "usage",
            RecordedPages.messages.replacing("2025-08-01", with: "2026-11-01").replacing(
                "2025-08-02", with: "2026-11-02"
            )
            .replacing(#""has_more":true,"next_page":"page_MjAyNS0wNS0xNFQwMDowMDowMFo=""#, with: #""has_more":false"#)
        ),
        (
            .anthropic, "cost",
            #"{"data":[{"starting_at":"2026-11-01T00:00:00Z","ending_at":"2026-11-02T00:00:00Z","results":[{"currency":"USD","amount":"123.78912","workspace_id":null,"description":"Claude Sonnet 4 Usage - Input Tokens","cost_type":"tokens","model":"claude-sonnet-4-20250514","service_tier":"standard","token_type":"uncached_input_tokens"}]}],"has_more":false,"next_page":null}"#
        ),
        (
            .anthropic, "claude_code",
            #"{"data":[{"actor":{"type":"user_actor","email_address":"user@x.com"},"date":"2026-11-01T00:00:00Z","customer_type":"api","core_metrics":{"num_sessions":15,"commits_by_claude_code":8},"model_breakdown":[{"model":"claude-sonnet-4-20250514","tokens":{"input":45230,"output":12450,"cache_read":8790,"cache_creation":2340},"estimated_cost":{"amount":186,"currency":"USD"}}]}],"has_more":false,"next_page":null}"#
        ),
        (
            .openRouter, "activity",
            #"{"data":[{"date":"2026-11-01","model":"openai/gpt-4.1","model_permaslug":"openai/gpt-4.1-2025-04-14","endpoint_id":"e1","provider_name":"OpenAI","usage":0.015,"byok_usage_inference":0.012,"requests":5,"prompt_tokens":50,"completion_tokens":125,"reasoning_tokens":25}]}"#
        ),
    ]

    private static func bucket(_ result: String) -> String {
        """
        {"object":"page","data":[{"object":"bucket","start_time":1793491200,"end_time":1793577600,"results":[\(result)]}],
        "has_more":false,"next_page":null}
        """
    }

    @Test("Every list has a format")
    func everyFormat() {
        for endpoint in PullSources.all.flatMap(\.endpoints) {
            #expect(FormatRegistry.named(endpoint.format) != nil, "\(endpoint.format)")
        }
    }

    @Test(
        "The documented page of each list is read, as a file as well, and stated in its window",
        arguments: pages.indices)
    func documented(_ number: Int) async throws {
        let (source, endpoint, page) = Self.pages[number]
        let pull = MadePull()
        let provider = RecordedProvider { _, _ throws(PullError) in .page(page) }
        let first = try await pull.run(source, endpoint: endpoint, Self.day, from: provider)
        #expect(first.diagnostics.rejections == 0, "\(first.diagnostics.entries)")
        #expect(first.outcome.controlTotalsAdded > 0)
        let totals = pull.ledger.controlTotals(in: .always)
        for total in totals { #expect(Period.days((11, 1), (11, 2)).overlaps(total.period), "\(total)") }
        pull.now = Timestamp(microseconds: pull.now.microseconds + 1)
        let second = try await pull.run(source, endpoint: endpoint, Self.day, from: provider)
        #expect(second.outcome.controlTotalsAdded == 0 && second.outcome.controlTotalsWithdrawn == 0)
        #expect(pull.ledger.controlTotals(in: .always) == totals)
        let file = try await ReadInput.reading(page)
        #expect(file.summary.inputs.first?.format == first.parts.first?.format)
        #expect(file.controlTotals == totals)
    }

    @Test("Pages of more rows than are looked at to recognise them, and empty ones between them")
    func long() async throws {
        let pull = MadePull()
        let result =
            #"{"object":"organization.usage.completions.result","input_tokens":1,"output_tokens":2,"num_model_requests":1,"model":"m-"#
        let results = (0..<4000).map { result + "\($0)\"}" }.joined(separator: ",")
        let provider = RecordedProvider { _, _ throws(PullError) in .page(Self.bucket(results)) }
        let summary = try await pull.run(.openAI, endpoint: "completions", Self.day, from: provider)
        #expect(summary.outcome.controlTotalsAdded == 4000 && summary.diagnostics.rejections == 0)
    }
}
