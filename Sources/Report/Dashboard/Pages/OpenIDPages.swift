internal import Domain

/// To the provider and back.
enum OpenIDPages {
    static let path = "/login/openid"
    static let callback = path + "/callback"

    static let routes: [Route] = [.get(path, .anyone, begin), .get(callback, .anyone, finish)]

    @Sendable private static func begin(_ request: WebRequest, _ site: Site) async throws -> WebAnswer {
        let openID = try openID(site)
        let target = AccessPages.local(request.query["to"])
        if let host = request.host, host != openID.settings.host {
            return try elsewhere(openID.settings, request, target)
        }
        let (address, cookie) = try await openID.begin(to: target, at: request.now)
        return .departure(cookie: cookie, to: address)
    }

    /// The provider sends browsers back to one address, and the cookie has to be known there: one begins there too.
    private static func elsewhere(
        _ settings: OpenIDSettings, _ request: WebRequest, _ target: String
    ) throws -> WebAnswer {
        guard request.query["moved"] == nil else {
            throw Refusal(
                status: 400, code: "foreign_host",
                message:
                    "This request came for \(request.host ?? ""), and oidc.url is \(settings.url). Have the proxy pass the host on (nginx: proxy_set_header Host $host)."
            )
        }
        return .redirect(settings.url + path + Fields([("to", target), ("moved", "1")]).link)
    }

    @Sendable private static func finish(_ request: WebRequest, _ site: Site) async throws -> WebAnswer {
        let (account, target) = try await openID(site).finish(
            request.query, cookie: request.errand, at: request.now)
        return .session(secret: try site.signIn.begin(account, at: request.now), to: target)
    }

    private static func openID(_ site: Site) throws -> OpenIDSignIn {
        guard let openID = site.openID else {
            throw Refusal.missing("Signing in elsewhere is not configured; docs/access.md tells how.")
        }
        return openID
    }
}
