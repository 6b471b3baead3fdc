import Domain
import Foundation
import Importing
import Testing

@Suite("The plan of a pull")
struct PullPlanTests {
    private let now = MadePull.now

    private func plan(
        _ source: PullSource, _ endpoint: String, since: Timestamp? = nil, until: Timestamp? = nil,
        bucket: BucketWidth = .day, page: String? = nil, form: Int = 0, owner: String? = nil
    ) throws -> PullPlan {
        let list = try #require(source.endpoints.first { $0.name == endpoint })
        let question = PullQuestion(since: since, until: until, bucket: bucket)
        let key = PullCursor.Key(source: source.name, endpoint: endpoint, account: "", ledger: "test")
        var position = question.position(for: list, after: PullCursor(key: key), now: now)
        (position.page, position.form) = (page, form)
        return PullPlan(endpoint: list, of: source, at: position, owner: owner)
    }

    private func step(_ plan: inout PullPlan, _ response: PullResponse) throws -> PullStep {
        var random = SystemRandomNumberGenerator()
        return try plan.receive(response, now: now, using: &random)
    }

    private func day(_ month: Int, _ day: Int) -> Timestamp { Timestamp(year: 2026, month: month, day: day) }

    @Test(
        "Each list is asked for as its documentation says",
        arguments: [
            (
                PullSource.openAI, "completions",
                "/v1/organization/usage/completions?start_time=1790812800&end_time=1790985600&bucket_width=1d&group_by[]=project_id&group_by[]=api_key_id&group_by[]=model&group_by[]=batch&group_by[]=service_tier&limit=2"
            ),
            (
                .openAI, "vector_stores",
                "/v1/organization/usage/vector_stores?start_time=1790812800&end_time=1790985600&bucket_width=1d&group_by[]=project_id&limit=2"
            ),
            (
                .openAI, "costs",
                "/v1/organization/costs?start_time=1790812800&end_time=1790985600&bucket_width=1d&group_by[]=project_id&group_by[]=line_item&limit=2"
            ),
            (
                .anthropic, "usage",
                "/v1/organizations/usage_report/messages?starting_at=2026-10-01T00:00:00Z&ending_at=2026-10-03T00:00:00Z&bucket_width=1d&group_by[]=api_key_id&group_by[]=workspace_id&group_by[]=model&group_by[]=service_tier&group_by[]=context_window&group_by[]=inference_geo&limit=2"
            ),
            (
                .anthropic, "cost",
                "/v1/organizations/cost_report?starting_at=2026-10-01T00:00:00Z&ending_at=2026-10-03T00:00:00Z&bucket_width=1d&group_by[]=workspace_id&group_by[]=description&limit=2"
            ),
            (
                .anthropic, "claude_code",
                "/v1/organizations/usage_report/claude_code?starting_at=2026-10-01&limit=1000"
            ),
            (
                .liteLLM, "spend_logs",
                "/spend/logs/v2?start_date=2026-10-01 00:00:00&end_date=2026-10-02 00:00:00&page=1&page_size=100&sort_by=startTime&sort_order=asc"
            ),
            (
                .langfuse, "generations",
                "/api/public/v2/observations?type=GENERATION&fromStartTime=2026-10-01T00:00:00Z&toStartTime=2026-10-02T00:00:00Z&limit=100&fields=core,basic,time,io,metadata,model,usage,prompt,metrics"
            ), (.helicone, "requests", "/v1/request/query-clickhouse"),
        ])
    func questions(_ source: PullSource, _ endpoint: String, _ expected: String) throws {
        let plan = try plan(source, endpoint, since: day(10, 1), until: day(10, 3))
        let url = try #require(plan.request?.url(base: "").removingPercentEncoding)
        #expect(url == expected)
    }

    @Test("Anthropic wants its version named, Helicone its question in the body, OpenRouter a day that has ended")
    func peculiarities() throws {
        let anthropic = try plan(.anthropic, "usage").request
        #expect(anthropic?.headers["anthropic-version"] == "2023-06-01")
        let helicone = try plan(.helicone, "requests", since: day(10, 1), until: day(10, 2), page: "2000").request
        #expect(helicone?.method == .post)
        let body =
            #"{"filter":{"left":{"request_response_rmt":{"request_created_at":{"gte":"2026-10-01T00:00:00Z"}}},"operator":"and","right":{"request_response_rmt":{"request_created_at":{"lt":"2026-10-02T00:00:00Z"}}}},"offset":2000,"limit":1000,"sort":{"created_at":"asc"}}"#
        #expect(helicone?.body == body)
        #expect(try plan(.openRouter, "activity").request?["date"] == "2026-10-22")
    }

    @Test("The widths of buckets and the limits of each API")
    func buckets() throws {
        let hours = try plan(.anthropic, "usage", since: day(10, 1), until: day(10, 31), bucket: .hour)
        #expect(hours.request?["limit"] == "168" && hours.request?["bucket_width"] == "1h")
        let days = try plan(.anthropic, "cost", since: day(8, 1), until: day(10, 31), bucket: .hour)
        #expect(days.request?["limit"] == "31" && days.request?["bucket_width"] == "1d")
        #expect(try plan(.openAI, "costs", since: day(1, 1)).request?["limit"] == "180")
    }

    @Test("Pages follow each other, then windows, then the end")
    func paging() throws {
        var plan = try plan(.anthropic, "usage", since: day(8, 1), until: day(9, 10))
        guard case .page(let first) = try step(&plan, .page(RecordedPages.messages)) else {
            Issue.record("no page")
            return
        }
        #expect(first.rows == 1 && !first.endsWindow)
        #expect(plan.request?["page"] == "page_MjAyNS0wNS0xNFQwMDowMDowMFo=")
        #expect(plan.request?["starting_at"] == "2026-08-01T00:00:00Z")
        guard case .page(let second) = try step(&plan, .page(RecordedPages.nothing)) else {
            Issue.record("no page")
            return
        }
        #expect(second.rows == 0 && second.endsWindow)
        #expect(second.window == .days((8, 1), (9, 1)))
        #expect(plan.request?["starting_at"] == "2026-09-01T00:00:00Z" && plan.request?["page"] == nil)
        #expect(plan.request?["limit"] == "9")
        _ = try step(&plan, .page(RecordedPages.nothing))
        #expect(plan.isDone && plan.request == nil)
    }

    @Test(
        "Numbered pages end where they are counted, and at the empty one where they are not",
        arguments: [(1, 2, false, "2"), (2, 2, false, nil), (100, 100, true, "101"), (3, 100, false, "4")]
            as [(Int, Int, Bool, String?)])
    func numbered(_ page: Int, _ pages: Int, _ isCapped: Bool, _ next: String?) throws {
        var plan = try plan(.liteLLM, "spend_logs", since: day(10, 1), until: day(10, 3), page: String(page))
        _ = try step(&plan, .page(RecordedPages.spendLogs(0..<2, pages: pages, isCapped: isCapped)))
        #expect(plan.position.page == next)
        #expect(plan.request?["page"] == next ?? "1")
        _ = try step(&plan, .page(#"{"data":[],"total":0,"total_pages":0}"#))
        #expect(plan.position.page == nil)
    }

    @Test("Langfuse: a cursor, or pages on older servers")
    func langfuse() throws {
        var new = try plan(.langfuse, "generations", since: day(10, 1), until: day(10, 2))
        _ = try step(&new, .page(#"{"data":[{"id":"1"}],"meta":{"cursor":"abc"}}"#))
        #expect(new.request?["cursor"] == "abc")
        _ = try step(&new, .page(#"{"data":[{"id":"2"}],"meta":{}}"#))
        #expect(new.isDone)
        var old = try plan(.langfuse, "generations", since: day(10, 1), until: day(10, 2))
        guard case .again = try step(&old, .status(404, "<html>")) else {
            Issue.record("not asked again")
            return
        }
        #expect(old.request?.path == "/api/public/observations" && old.request?["page"] == "1")
        _ = try step(&old, .page(#"{"data":[{"id":"1"}],"meta":{"page":1,"totalPages":2}}"#))
        #expect(old.request?["page"] == "2")
        _ = try step(&old, .page(#"{"data":[{"id":"2"}],"meta":{"page":2,"totalPages":2}}"#))
        #expect(old.isDone)
    }

    @Test("LiteLLM before its pages: days whole; older still, sums only, and that is said")
    func olderLiteLLM() throws {
        var plan = try plan(.liteLLM, "spend_logs", since: day(10, 1), until: day(10, 3))
        guard case .again = try step(&plan, .status(404)) else {
            Issue.record("not asked again")
            return
        }
        let url = plan.request?.url(base: "")
        #expect(url == "/spend/logs?start_date=2026-10-01&end_date=2026-10-02&summarize=false")
        _ = try step(&plan, .page(#"[{"request_id":"1"}]"#))
        #expect(plan.request?["start_date"] == "2026-10-02")
        #expect { try step(&plan, .page(#"[{"startTime":"2026-10-02","spend":1.5,"users":{}}]"#)) } throws: {
            ($0 as? PullError)?.message.contains("gives sums only") == true
        }
    }

    @Test("Helicone counts by offset, and its errors come with status 200")
    func helicone() throws {
        var plan = try plan(.helicone, "requests", since: day(10, 1), until: day(10, 2))
        _ = try step(&plan, .page(#"{"data":[{"request_id":"1"},{"request_id":"2"}],"error":null}"#))
        #expect(plan.position.page == "2")
        #expect { try step(&plan, .page(#"{"data":null,"error":"bad filter"}"#)) } throws: {
            ($0 as? PullError)?.code == .rejected
        }
        _ = try step(&plan, .page(#"{"data":[],"error":null}"#))
        #expect(plan.isDone)
    }
}
