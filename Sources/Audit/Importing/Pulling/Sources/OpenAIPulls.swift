internal import Domain
internal import JSONScan

extension PullSource {
    /// OpenAI's organisation API: usage and costs.
    package static let openAI = PullSource(
        name: "openai", title: "OpenAI", baseVariable: "OPENAI_BASE_URL", base: "https://api.openai.com",
        authentication: .bearer(variable: "OPENAI_ADMIN_KEY"),
        keyAdvice:
            "It has to be an admin key of the organisation (sk-admin-…), which an owner makes under Settings, Admin keys; keys of projects cannot read usage.",
        endpoints: OpenAIUsageList.all + [OpenAICosts()])
}

/// One of OpenAI's usage lists: `GET /v1/organization/usage/NAME`. Up to 31 days or 168 hours a question.
struct OpenAIUsageList: PullEndpoint {
    let name: String
    let isOptional: Bool
    private let groups: [String]

    let format = "openai-usage"
    let isBucketed = true
    let ownerHeader: String? = "openai-organization"

    /// Completions, and the sister lists. A proxy in between may know fewer of them.
    static let all: [any PullEndpoint] = [
        OpenAIUsageList(name: "completions", isOptional: false, groups: perModel + ["batch", "service_tier"]),
        OpenAIUsageList(name: "embeddings", isOptional: true, groups: perModel),
        OpenAIUsageList(name: "moderations", isOptional: true, groups: perModel),
        OpenAIUsageList(name: "images", isOptional: true, groups: perModel + ["source", "size"]),
        OpenAIUsageList(name: "audio_speeches", isOptional: true, groups: perModel),
        OpenAIUsageList(name: "audio_transcriptions", isOptional: true, groups: perModel),
        OpenAIUsageList(name: "vector_stores", isOptional: true, groups: ["project_id"]),
        OpenAIUsageList(name: "code_interpreter_sessions", isOptional: true, groups: ["project_id"]),
    ]

    private static let perModel = ["project_id", "api_key_id", "model"]

    func bucket(for asked: BucketWidth) -> BucketWidth { asked }

    func windowLength(of bucket: BucketWidth) -> Int64 { bucket.microseconds * (bucket == .day ? 31 : 168) }

    func request(at position: PullPosition) -> PullRequest {
        OpenAIQuestion.request("/v1/organization/usage/" + name, groups: groups, at: position)
    }

    func turn(_ document: JSONValue, at position: PullPosition) throws(PullError) -> PageTurn {
        try PageEnvelope.cursor(document)
    }
}

/// OpenAI's costs: `GET /v1/organization/costs`. Days only, up to 180 a question.
struct OpenAICosts: PullEndpoint {
    let name = "costs"
    let format = "openai-costs"
    let isBucketed = true
    let ownerHeader: String? = "openai-organization"

    func windowLength(of bucket: BucketWidth) -> Int64 { bucket.microseconds * 180 }

    func request(at position: PullPosition) -> PullRequest {
        OpenAIQuestion.request("/v1/organization/costs", groups: ["project_id", "line_item"], at: position)
    }

    func turn(_ document: JSONValue, at position: PullPosition) throws(PullError) -> PageTurn {
        try PageEnvelope.cursor(document)
    }
}

/// What OpenAI's questions have in common.
private enum OpenAIQuestion {
    static func request(_ path: String, groups: [String], at position: PullPosition) -> PullRequest {
        var request = PullRequest(path)
        request.add("start_time", String(position.window.start.microseconds / 1_000_000))
        request.add("end_time", String(position.window.end.microseconds / 1_000_000))
        request.add("bucket_width", position.bucket)
        for group in groups { request.add("group_by[]", group) }
        request.add("limit", String(position.buckets))
        request.add("page", position.page)
        return request
    }
}
