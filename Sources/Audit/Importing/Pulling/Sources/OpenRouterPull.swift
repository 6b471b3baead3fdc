internal import Domain
internal import JSONScan

extension PullSource {
    /// OpenRouter's activity.
    package static let openRouter = PullSource(
        name: "openrouter", title: "OpenRouter", baseVariable: "OPENROUTER_BASE_URL", base: "https://openrouter.ai",
        authentication: .bearer(variable: "OPENROUTER_API_KEY"),
        keyAdvice:
            "It has to be a provisioning key (management key), made under Settings, Provisioning keys; ordinary keys cannot read the activity.",
        endpoints: [OpenRouterActivity()])
}

/// OpenRouter's activity: `GET /api/v1/activity`, one day a question, of the last 30 days that have ended.
struct OpenRouterActivity: PullEndpoint {
    /// How many days OpenRouter keeps.
    static let daysKept: Int64 = 30

    let name = "activity"
    let format = "openrouter"
    let isBucketed = true

    func available(of span: Period, now: Timestamp) -> Period {
        let day = Timestamp.microsecondsPerDay
        let today = Timestamp(microseconds: now.day * day)
        let first = Timestamp(microseconds: (now.day - Self.daysKept) * day)
        let end = min(span.end, today)
        return Period(start: min(max(span.start, first), end), end: end)
    }

    func request(at position: PullPosition) -> PullRequest {
        var request = PullRequest("/api/v1/activity")
        request.add("date", position.window.start.dateText)
        return request
    }

    func turn(_ document: JSONValue, at position: PullPosition) throws(PullError) -> PageTurn {
        PageTurn(rows: try PageEnvelope.rows(document).count, next: nil)
    }
}
