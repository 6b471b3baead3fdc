internal import Domain
internal import HTTPTypes
internal import Hummingbird

/// What holds for every request, found or not: whose name this machine is called by, from whose page it was sent, and
/// how refusals look.
struct Doorkeeper: RouterMiddleware {
    typealias Context = DashboardContext
    let site: Site

    func handle(
        _ request: Request, context: DashboardContext, next: (Request, DashboardContext) async throws -> Response
    ) async throws -> Response {
        let exchange = Exchange(site: site, context: context)
        if let refusal = Self.refusal(
            of: request.head, isOpen: site.room.adminToken == nil, publicHost: site.openID?.settings.host)
        {
            return exchange.response(to: .refusal(refusal), for: exchange.web(request))
        }
        do { return try await next(request, context) } catch let error as HTTPError {
            let web = exchange.web(request)
            return exchange.response(to: .refusal(Self.refusal(of: error, for: web)), for: web)
        }
    }

    /// Without a token only this machine's own names are answered, and the one that sign-in is configured for: a page of
    /// somebody else's whose name leads here (DNS rebinding) must not read the spend. Changes that another site's page sends are refused in any case.
    static func refusal(of head: HTTPRequest, isOpen: Bool, publicHost: String? = nil) -> Refusal? {
        if isOpen, !isOwn(head.authority, publicHost) {
            return Refusal(
                status: 403, code: "foreign_host",
                message:
                    "Without an admin_token only 127.0.0.1, [::1], localhost and the host of oidc.url are answered.")
        }
        let site = head.headerFields[.init("sec-fetch-site") ?? .origin]
        guard head.method != .get, head.method != .head, let site, site != "same-origin", site != "none" else {
            return nil
        }
        return Refusal(
            status: 403, code: "foreign_site", message: "Another site's page sent this; open the dashboard itself.")
    }

    private static func isOwn(_ authority: String?, _ publicHost: String?) -> Bool {
        guard let authority else { return true }
        guard let name = WebAddress.host(of: authority) else { return false }
        return WebAddress.isLoopback(name) || name == publicHost
    }

    /// Why the router found nothing, or could not read the request.
    private static func refusal(of error: HTTPError, for request: WebRequest) -> Refusal {
        if error.status == .notFound {
            let known = Site.routes.filter { matches($0.path, request.path) }.map(\.method)
            if !known.isEmpty {
                return Refusal(
                    status: 405, code: "method_not_allowed",
                    message: "\(request.path) takes \(Set(known).sorted().joined(separator: ", ")).")
            }
            return Refusal.missing("There is nothing at \(request.path).")
        }
        return Refusal(
            status: error.status.code, code: error.status == .contentTooLarge ? "too_large" : "bad_request",
            message: error.body ?? error.status.reasonPhrase)
    }

    /// Whether a path is a route's.
    static func matches(_ route: String, _ path: String) -> Bool {
        let (a, b) = (route.split(separator: "/"), path.split(separator: "/"))
        return a.count == b.count && zip(a, b).allSatisfy { $0.first == ":" || $0 == $1 }
    }
}
