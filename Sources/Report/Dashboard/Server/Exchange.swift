internal import Documents
internal import Domain
internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import ServiceLifecycle

/// One request and its answer, between the socket and the site.
struct Exchange: Sendable {
    let site: Site
    let context: DashboardContext

    /// Bodies of spans and task metrics may be so large.
    private static let mostBytes = 64 << 20

    /// Answers a request that a route was found for.
    func respond(to request: Request, by route: Route) async throws -> Response {
        var web = web(request)
        for (name, value) in context.parameters {
            guard let text = String(value).removingPercentEncoding else { throw HTTPError(.badRequest) }
            web.parameters[String(name)] = text
        }
        if request.method != .get, request.method != .head {
            web.body = Array(buffer: try await request.body.collect(upTo: Self.mostBytes))
        }
        do { try identify(&web, request.headers) } catch {
            return response(
                to: .refusal(503, "unavailable", "The registry cannot be read now: \(error)"), for: web)
        }
        let answer = await site.answer(web, by: route)
        return response(to: answer, for: web)
    }

    /// The request, without body and viewer.
    func web(_ request: Request) -> WebRequest {
        var web = WebRequest(now: site.room.now())
        web.method = request.method == .head ? "GET" : request.method.rawValue
        web.path = request.uri.path.removingPercentEncoding ?? request.uri.path
        web.query = Fields(request.uri.query ?? "")
        web.contentType = request.headers[.contentType]?.lowercased()
        web.contentEncoding = request.headers[.contentEncoding]?.lowercased()
        web.address = context.address
        web.host = request.head.authority.flatMap { WebAddress.host(of: $0) }
        web.errand = Cookies.value(cookies(web).errand, in: request.headers[values: .cookie])
        return web
    }

    /// The cookies of a browser, by the name under which it came.
    private func cookies(_ web: WebRequest) -> Cookies {
        let settings = site.openID?.settings
        return Cookies(isEncrypted: settings.map { $0.isEncrypted && $0.host == web.host } ?? false)
    }

    /// Who asks: a cookie of a browser, or a token of a program, also as a password (Prometheus and others send it so).
    private func identify(_ web: inout WebRequest, _ headers: HTTPFields) throws {
        if let sent = headers[.authorization] {
            if let token = Self.token(sent) { web.viewer = try site.signIn.viewer(token: token, at: web.now) }
            return
        }
        guard let secret = Cookies.value(cookies(web).session, in: headers[values: .cookie]),
            let (session, viewer) = try site.signIn.session(secret: secret, at: web.now)
        else { return }
        (web.session, web.viewer) = (session, viewer)
    }

    private static func token(_ header: String) -> String? {
        if header.hasPrefix("Bearer ") { return String(header.dropFirst(7)) }
        guard header.hasPrefix("Basic "), let data = Data(base64Encoded: String(header.dropFirst(6))),
            let text = String(data: data, encoding: .utf8), let colon = text.firstIndex(of: ":")
        else { return nil }
        return String(text[text.index(after: colon)...])
    }

    // MARK: Writing

    /// The answer as HTTP has it.
    func response(to answer: WebAnswer, for web: WebRequest) -> Response {
        var response = plainResponse(to: answer, for: web)
        if web.path == OpenIDPages.callback, web.errand != nil {
            // However it ended: the way to the provider and back is over.
            response.headers.append(
                HTTPField(name: .setCookie, value: cookies(web).header(cookies(web).errand, nil)))
        }
        return response
    }

    private func plainResponse(to answer: WebAnswer, for web: WebRequest) -> Response {
        switch answer {
        case .page(let page): return html(page, web)
        case .content(let content): return self.content(content)
        case .redirect(let target): return redirect(target)
        case .session(let secret, let target):
            return redirect(target, setting: cookies(web).header(cookies(web).session, secret))
        case .departure(let cookie, let target):
            let seconds = SignInErrand.lifetime / 1_000_000
            return redirect(
                target, setting: cookies(web).header(cookies(web).errand, cookie, seconds: seconds))
        case .refusal(let refusal): return self.refusal(refusal, web)
        case .events: return events
        }
    }

    private func html(_ page: Page, _ web: WebRequest) -> Response {
        // Without the choice of months a page is still a page.
        let months = page.hasMonths ? (try? site.months(of: web)) ?? [] : []
        let text = site.writer.write(page, for: web, months: months)
        var response = content(Content(status: page.status, type: "text/html; charset=utf-8", text: text))
        response.headers[.contentSecurityPolicy] =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        return response
    }

    private func content(_ content: Content) -> Response {
        var headers = Self.guarding
        headers[.contentType] = content.type
        headers[.cacheControl] = content.isCacheable ? "public, max-age=300" : "no-store"
        // A report runs no script, whatever a name that came with traffic contains.
        headers[.contentSecurityPolicy] =
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        if let name = content.fileName {
            let safe = name.filter { $0.isASCII && ($0.isLetter || $0.isNumber || "-._".contains($0)) }
            headers[.contentDisposition] = "attachment; filename=\"\(safe)\""
        }
        return Response(
            status: .init(code: content.status), headers: headers,
            body: .init(byteBuffer: ByteBuffer(bytes: content.body)))
    }

    private func redirect(_ target: String, setting cookie: String? = nil) -> Response {
        var headers = Self.guarding
        if let cookie { headers[.setCookie] = cookie }
        headers[.location] = target
        headers[.cacheControl] = "no-store"
        return Response(status: .seeOther, headers: headers)
    }

    private func refusal(_ refusal: Refusal, _ web: WebRequest) -> Response {
        let isPlain = web.isProgram || ["/metrics", "/v1/traces"].contains(web.path)
        var response =
            isPlain
            ? content(Content(status: refusal.status, type: "application/json", text: refusal.json.text))
            : html(
                Page(
                    title: refusal.title, parts: [.blocks([.hint(Hint(refusal.message))])], status: refusal.status), web
            )
        if let seconds = refusal.retryAfter { response.headers[.retryAfter] = String(seconds) }
        return response
    }

    private static let guarding: HTTPFields = [
        .xContentTypeOptions: "nosniff", .init("referrer-policy") ?? .referer: "no-referrer",
    ]

    // MARK: Events

    /// A word whenever something has reached the ledger or the registry has changed, at most once a second.
    private var events: Response {
        var headers = Self.guarding
        headers[.contentType] = "text/event-stream"
        headers[.cacheControl] = "no-store"
        let room = site.room
        return Response(
            status: .ok, headers: headers,
            body: .init { writer in
                var seen = Pulse(room)
                try await writer.write(ByteBuffer(string: "retry: 2000\n\n"))
                for await beat in Every(milliseconds: 1_000).cancelOnGracefulShutdown() {
                    let now = Pulse(room)
                    // A comment now and then tells whether the reader is still there.
                    let text = now != seen ? "event: changed\ndata: {}\n\n" : beat % 15 == 0 ? ": still here\n\n" : ""
                    seen = now
                    if !text.isEmpty { try await writer.write(ByteBuffer(string: text)) }
                }
                try await writer.finish(nil)
            })
    }
}

extension Refusal {
    /// A heading for people.
    fileprivate var title: String {
        switch status {
        case 401: "Sign in first"
        case 403: "Not for you"
        case 404: "Not here"
        case 429: "Too often"
        case 500...: "Not now"
        default: "This cannot be done"
        }
    }
}
