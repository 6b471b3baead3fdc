internal import Domain
internal import JSONScan

extension PullSource {
    /// Langfuse's observations that call a model.
    package static let langfuse = PullSource(
        name: "langfuse", title: "Langfuse", baseVariable: "LANGFUSE_HOST", base: "https://cloud.langfuse.com",
        authentication: .basic(user: "LANGFUSE_PUBLIC_KEY", password: "LANGFUSE_SECRET_KEY"),
        keyAdvice:
            "The pair is made in the project's settings, API keys; LANGFUSE_HOST has to be its region or server.",
        endpoints: [
            LangfuseObservations(name: "generations", type: "GENERATION", isOptional: false),
            LangfuseObservations(name: "embeddings", type: "EMBEDDING", isOptional: true),
        ])
}

/// Langfuse's observations of a type, a day at a time: `GET /api/public/v2/observations` by cursor; on servers before
/// version 4 `GET /api/public/observations` by page.
struct LangfuseObservations: PullEndpoint {
    let name: String
    let type: String
    let isOptional: Bool
    let format = "langfuse"
    let forms = 2

    func request(at position: PullPosition) -> PullRequest {
        let isNew = position.form == 0
        var request = PullRequest(isNew ? "/api/public/v2/observations" : "/api/public/observations")
        request.add("type", type)
        request.add("fromStartTime", position.window.start.rfc3339)
        request.add("toStartTime", position.window.end.rfc3339)
        request.add("limit", "100")
        if isNew {
            request.add("fields", "core,basic,time,io,metadata,model,usage,prompt,metrics")
            request.add("cursor", position.page)
        } else {
            request.add("page", String(position.pageNumber))
        }
        return request
    }

    func turn(_ document: JSONValue, at position: PullPosition) throws(PullError) -> PageTurn {
        let rows = try PageEnvelope.rows(document).count
        let meta = document["meta"] ?? .null
        if position.form == 0 { return PageTurn(rows: rows, next: rows == 0 ? nil : meta["cursor"]?.text) }
        return PageEnvelope.numbered(rows, pages: meta["totalPages"]?.integer, at: position)
    }
}
