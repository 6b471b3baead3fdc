internal import Domain
internal import JSONScan

extension PullSource {
    /// Helicone's requests.
    package static let helicone = PullSource(
        name: "helicone", title: "Helicone", baseVariable: "HELICONE_BASE_URL", base: "https://api.helicone.ai",
        authentication: .bearer(variable: "HELICONE_API_KEY"),
        keyAdvice:
            "It needs leave to read. In the European Union set HELICONE_BASE_URL to https://eu.api.helicone.ai.",
        endpoints: [HeliconeRequests()])
}

/// Helicone's requests, a day at a time: `POST /v1/request/query-clickhouse`, the oldest first, by offset.
struct HeliconeRequests: PullEndpoint {
    /// The most that Helicone gives at a time.
    static let pageSize = 1000

    let name = "requests"
    let format = "helicone"

    func request(at position: PullPosition) -> PullRequest {
        var request = PullRequest("/v1/request/query-clickhouse")
        request.method = .post
        request.headers["Content-Type"] = "application/json"
        let bound = { (word: String, moment: Timestamp) in
            "{\"request_response_rmt\":{\"request_created_at\":{\"\(word)\":\"\(moment.rfc3339)\"}}}"
        }
        let filter =
            "{\"left\":\(bound("gte", position.window.start)),\"operator\":\"and\",\"right\":\(bound("lt", position.window.end))}"
        request.body =
            "{\"filter\":\(filter),\"offset\":\(offset(position)),\"limit\":\(Self.pageSize),\"sort\":{\"created_at\":\"asc\"}}"
        return request
    }

    func turn(_ document: JSONValue, at position: PullPosition) throws(PullError) -> PageTurn {
        if let error = document["error"]?.text { throw PullError(.rejected, "Helicone says: \(error).") }
        let rows = try PageEnvelope.rows(document).count
        // A page that is not full may have been cut by its size: only an empty one is the last.
        return PageTurn(rows: rows, next: rows == 0 ? nil : String(offset(position) + rows))
    }

    private func offset(_ position: PullPosition) -> Int { position.page.flatMap { Int($0) } ?? 0 }
}
