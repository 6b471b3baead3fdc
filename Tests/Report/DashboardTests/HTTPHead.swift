import HTTPTypes

/// Heads of requests.
enum HTTPHead {
    static func make(_ method: String, host: String, site: String? = nil) -> HTTPRequest {
        var fields = HTTPFields()
        if let site, let name = HTTPField.Name("sec-fetch-site") { fields[name] = site }
        return HTTPRequest(
            method: HTTPRequest.Method(method) ?? .get, scheme: "http", authority: host, path: "/", headerFields: fields
        )
    }
}
