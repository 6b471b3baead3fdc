internal import Domain
internal import JSONScan

extension PullSource {
    /// A LiteLLM proxy's spend logs.
    package static let liteLLM = PullSource(
        name: "litellm", title: "The LiteLLM proxy", baseVariable: "LITELLM_BASE_URL", base: nil,
        authentication: .bearer(variable: "LITELLM_MASTER_KEY"),
        keyAdvice: "It has to be the proxy's master key, or a key of a proxy admin; others see only their own spend.",
        endpoints: [LiteLLMSpendLogs()])
}

/// LiteLLM's spend logs, a day at a time: `GET /spend/logs/v2`, page by page; on older proxies `GET /spend/logs`,
/// which gives a day whole.
struct LiteLLMSpendLogs: PullEndpoint {
    /// What every version allows.
    static let pageSize: Int64 = 100

    let name = "spend_logs"
    let format = "litellm"
    let forms = 2

    func request(at position: PullPosition) -> PullRequest {
        position.form == 0 ? paged(position) : whole(position)
    }

    func turn(_ document: JSONValue, at position: PullPosition) throws(PullError) -> PageTurn {
        guard position.form == 0 else { return try wholeTurn(document) }
        let rows = try PageEnvelope.rows(document).count
        // From 10,000 rows on the proxy stops counting; the rows go on.
        let isCapped = document["total_is_capped"]?.isTrue == true || (document["total"]?.integer ?? 0) >= 10_000
        let pages = isCapped ? nil : document["total_pages"]?.integer
        return PageEnvelope.numbered(rows, pages: pages, at: position)
    }

    private func paged(_ position: PullPosition) -> PullRequest {
        var request = PullRequest("/spend/logs/v2")
        request.add("start_date", text(position.window.start))
        // Its end is inclusive; what lies on it is known by its id the second time.
        request.add("end_date", text(position.window.end))
        request.add("page", String(position.pageNumber))
        request.add("page_size", String(Self.pageSize))
        request.add("sort_by", "startTime")
        request.add("sort_order", "asc")
        return request
    }

    private func whole(_ position: PullPosition) -> PullRequest {
        var request = PullRequest("/spend/logs")
        request.add("start_date", position.window.start.dateText)
        let last = Timestamp(microseconds: position.window.end.microseconds - 1)
        request.add("end_date", Timestamp(microseconds: (last.day + 1) * Timestamp.microsecondsPerDay).dateText)
        request.add("summarize", "false")
        return request
    }

    private func wholeTurn(_ document: JSONValue) throws(PullError) -> PageTurn {
        guard case .array(let rows) = document else { throw PullError(.unreadable, "The answer is no list.") }
        // Older still: it sums up by day and cannot be told not to.
        guard rows.allSatisfy({ $0["request_id"] != nil }) else {
            throw PullError(
                .unreadable,
                "This version of LiteLLM gives sums only. Update the proxy, or import a dump of LiteLLM_SpendLogs.")
        }
        return PageTurn(rows: rows.count, next: nil)
    }

    /// `2026-10-01 00:00:00`, UTC.
    private func text(_ moment: Timestamp) -> String {
        let seconds = Timestamp(seconds: moment.microseconds.floorDivided(by: 1_000_000)).rfc3339
        return seconds.dropLast().split(separator: "T").joined(separator: " ")
    }
}
