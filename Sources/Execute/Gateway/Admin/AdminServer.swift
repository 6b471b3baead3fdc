internal import Domain
package import NIOCore
internal import NIOHTTP1
internal import NIOPosix

/// A request to the control plane.
package struct AdminRequest: Sendable {
    /// The method: `GET`, `POST`.
    package var method: String
    /// The path without its query.
    package var path: String
    /// The query, without the question mark.
    package var query: String
    /// The `Content-Type`.
    package var contentType: String?
    /// The `Content-Encoding`.
    package var contentEncoding: String?
    /// The body.
    package var body: [UInt8]
}

/// An answer of the control plane.
package struct AdminResponse: Sendable {
    /// The HTTP status.
    package var status: Int
    /// The media type of the body.
    package var contentType: String
    /// The body.
    package var body: [UInt8]
    /// Further headers.
    package var headers: [(String, String)] = []

    /// Creates an answer.
    package init(status: Int = 200, contentType: String = "text/plain; charset=utf-8", body: [UInt8]) {
        (self.status, self.contentType, self.body) = (status, contentType, body)
    }

    /// Creates an answer of text.
    package init(status: Int = 200, contentType: String = "text/plain; charset=utf-8", _ text: String) {
        self.init(status: status, contentType: contentType, body: Array(text.utf8))
    }
}

/// The control plane's socket: metrics, health, traces in. Apart from the data plane, with its own credential.
package final class AdminServer: Sendable {
    private let channel: any Channel

    /// Binds the address and begins to serve.
    ///
    /// - Parameters:
    ///   - token: what `Authorization: Bearer …` has to carry; absent for none. Health needs none.
    ///   - respond: answers a request.
    package static func start(
        on group: any EventLoopGroup, address: ListenAddress, token: Secret?,
        respond: @escaping @Sendable (AdminRequest) async -> AdminResponse
    ) async throws -> AdminServer {
        let channel = try await ServerBootstrap(group: group)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    try pipeline.configureHTTPServerPipeline(withErrorHandling: true)
                    try pipeline.addHandler(AdminHandler(token: token, respond: respond))
                }
            }
            .bind(host: address.host, port: address.port).get()
        return AdminServer(channel: channel)
    }

    private init(channel: any Channel) { self.channel = channel }

    /// The port that is listened on.
    package var port: Int { channel.localAddress?.port ?? 0 }

    /// Stops listening.
    package func stop() async throws { try await channel.close().get() }
}

/// Collects a request and writes its answer.
private final class AdminHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private static let mostBytes = 64 << 20
    private let token: Secret?
    private let respond: @Sendable (AdminRequest) async -> AdminResponse
    private var head: HTTPRequestHead?
    private var body: [UInt8] = []

    init(token: Secret?, respond: @escaping @Sendable (AdminRequest) async -> AdminResponse) {
        (self.token, self.respond) = (token, respond)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): (self.head, body) = (head, [])
        case .body(let bytes):
            if body.count + bytes.readableBytes <= Self.mostBytes {
                body += bytes.readableBytesView
            } else if head != nil {
                head = nil
                write(AdminResponse(status: 413, "The body is too large.\n"), context, keepAlive: false)
            }
        case .end:
            guard let head else { return }
            self.head = nil
            answer(head, context)
        }
    }

    private func answer(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        let parts = head.uri.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let path = String(parts.first ?? "/")
        guard ["/healthz", "/readyz"].contains(path) || isAuthorised(head) else {
            var refusal = AdminResponse(
                status: 401, "Send the admin token as Authorization: Bearer …, or as the password in a browser.\n")
            refusal.headers = [("www-authenticate", "Basic realm=\"Payback\", charset=\"UTF-8\"")]
            return write(refusal, context, keepAlive: head.isKeepAlive)
        }
        guard token != nil || Self.isLocal(head.headers.first(name: "host")) else {
            return write(
                AdminResponse(
                    status: 403, "Without an admin_token only 127.0.0.1, [::1] and localhost are answered.\n"),
                context, keepAlive: head.isKeepAlive)
        }
        let request = AdminRequest(
            method: head.method.rawValue, path: path, query: String(parts.dropFirst().first ?? ""),
            contentType: head.headers.first(name: "content-type"),
            contentEncoding: head.headers.first(name: "content-encoding"), body: body)
        let respond = self.respond
        context.eventLoop.makeFutureWithTask { await respond(request) }.assumeIsolated().whenSuccess { [self] answer in
            write(answer, context, keepAlive: head.isKeepAlive)
        }
    }

    /// Whether a request names this machine. Without a token the port is bound to loopback, and a page of somebody else's
    /// whose name leads here (DNS rebinding) must not read the spend.
    private static func isLocal(_ host: String?) -> Bool {
        guard let host else { return true }
        let name =
            host.hasPrefix("[") ? String(host.prefix { $0 != "]" }.dropFirst()) : String(host.prefix { $0 != ":" })
        return name == "localhost" || name == "::1"
            || (name.hasPrefix("127.") && name.allSatisfy { $0.isNumber || $0 == "." })
    }

    /// Whether the token came, as programs send it or as a browser's password, under any name.
    private func isAuthorised(_ head: HTTPRequestHead) -> Bool {
        guard let token else { return true }
        let sent = head.headers.first(name: "authorization") ?? ""
        var bytes: [UInt8] = []
        if sent.hasPrefix("Basic "), Base64.decode(Array(sent.utf8)[6...], into: &bytes) {
            let password = bytes.drop { $0 != UInt8(ascii: ":") }.dropFirst()
            return Self.isEqual(Array(password), Array(token.value.utf8))
        }
        return Self.isEqual(Array(sent.utf8), Array("Bearer \(token.value)".utf8))
    }

    /// Compares in a time that does not depend on where the bytes differ.
    private static func isEqual(_ a: [UInt8], _ b: [UInt8]) -> Bool {
        guard a.count == b.count else { return false }
        return zip(a, b).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private func write(_ answer: AdminResponse, _ context: ChannelHandlerContext, keepAlive: Bool) {
        guard context.channel.isActive else { return }
        var head = HTTPResponseHead(version: .http1_1, status: HTTPResponseStatus(statusCode: answer.status))
        head.headers.add(name: "content-type", value: answer.contentType)
        for (name, value) in answer.headers { head.headers.add(name: name, value: value) }
        head.headers.add(name: "content-length", value: String(answer.body.count))
        if !keepAlive { head.headers.add(name: "connection", value: "close") }
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: answer.body)))), promise: nil)
        let written = keepAlive ? nil : context.eventLoop.makePromise(of: Void.self)
        written?.futureResult.whenComplete { [channel = context.channel] _ in channel.close(promise: nil) }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: written)
    }
}
