internal import Domain
internal import JSONScan

extension PullSource {
    /// Anthropic's admin API: usage, cost, and Claude Code.
    package static let anthropic = PullSource(
        name: "anthropic", title: "Anthropic", baseVariable: "ANTHROPIC_BASE_URL", base: "https://api.anthropic.com",
        authentication: .header(name: "x-api-key", variable: "ANTHROPIC_ADMIN_KEY"),
        keyAdvice:
            "It has to be an admin key (sk-ant-admin…), which an administrator of the organisation makes in the console; individual accounts have none.",
        endpoints: [
            AnthropicReport(
                name: "usage", format: "anthropic-usage", path: "/v1/organizations/usage_report/messages",
                groups: ["api_key_id", "workspace_id", "model", "service_tier", "context_window", "inference_geo"],
                hasHours: true),
            AnthropicReport(
                name: "cost", format: "anthropic-cost", path: "/v1/organizations/cost_report",
                groups: ["workspace_id", "description"], hasHours: false),
            ClaudeCodeAnalytics(),
        ])
}

/// One of Anthropic's reports by buckets of time: up to 31 days or 168 hours a question.
struct AnthropicReport: PullEndpoint {
    let name: String
    let format: String
    let path: String
    let groups: [String]
    /// Whether there are buckets of an hour.
    let hasHours: Bool
    let isBucketed = true
    let ownerHeader: String? = AnthropicQuestion.ownerHeader

    func bucket(for asked: BucketWidth) -> BucketWidth { hasHours ? asked : .day }

    func windowLength(of bucket: BucketWidth) -> Int64 { bucket.microseconds * (bucket == .day ? 31 : 168) }

    func request(at position: PullPosition) -> PullRequest {
        var request = AnthropicQuestion.request(path)
        request.add("starting_at", position.window.start.rfc3339)
        request.add("ending_at", position.window.end.rfc3339)
        request.add("bucket_width", position.bucket)
        for group in groups { request.add("group_by[]", group) }
        request.add("limit", String(position.buckets))
        request.add("page", position.page)
        return request
    }

    func turn(_ document: JSONValue, at position: PullPosition) throws(PullError) -> PageTurn {
        try PageEnvelope.cursor(document)
    }
}

/// Claude Code's analytics: one day a question, up to 1000 people a page. Organisations without it have no such list.
struct ClaudeCodeAnalytics: PullEndpoint {
    let name = "claude_code"
    let format = "claude-code"
    let isOptional = true
    let isBucketed = true
    let ownerHeader: String? = AnthropicQuestion.ownerHeader

    func request(at position: PullPosition) -> PullRequest {
        var request = AnthropicQuestion.request("/v1/organizations/usage_report/claude_code")
        request.add("starting_at", position.window.start.dateText)
        request.add("limit", "1000")
        request.add("page", position.page)
        return request
    }

    func turn(_ document: JSONValue, at position: PullPosition) throws(PullError) -> PageTurn {
        try PageEnvelope.cursor(document)
    }
}

/// What Anthropic's questions have in common.
private enum AnthropicQuestion {
    static let ownerHeader = "anthropic-organization-id"

    static func request(_ path: String) -> PullRequest {
        var request = PullRequest(path)
        request.headers["anthropic-version"] = "2023-06-01"
        return request
    }
}
