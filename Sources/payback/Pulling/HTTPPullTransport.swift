import AsyncHTTPClient
import Importing
import NIOCore
import NIOHTTP1

/// Carries questions over HTTP, with the key of an account.
struct HTTPPullTransport: PullTransport {
    /// The largest page that is taken in, in bytes. Langfuse's hold whole prompts.
    private static let largestPage = 256 << 20
    /// How long an answer may take to begin and to go on.
    private static let patience = TimeAmount.seconds(120)

    let client: HTTPClient
    let access: PullAccess

    /// Runs something with a transport, and closes its connections afterwards.
    static func with<Result>(
        _ access: PullAccess, _ body: (HTTPPullTransport) async throws -> Result
    ) async throws -> Result {
        // No redirects: a key is shown to nobody but whom it is meant for.
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow, timeout: .init(connect: .seconds(15), read: patience))
        // The plan of a pull knows how often to try.
        configuration.connectionPool.retryConnectionEstablishment = false
        return try await HTTPClient.withHTTPClient(configuration: configuration) { client in
            try await body(HTTPPullTransport(client: client, access: access))
        }
    }

    func send(_ request: PullRequest) async throws(PullError) -> PullResponse {
        do {
            let response = try await client.execute(outgoing(request), timeout: Self.patience)
            let body = try await response.body.collect(upTo: Self.largestPage)
            return PullResponse(
                status: Int(response.status.code),
                headers: Dictionary(response.headers.map { ($0.name, $0.value) }) { first, _ in first },
                body: Array(body.readableBytesView))
        } catch is NIOTooManyBytesError {
            throw PullError(.unreadable, "A page is larger than 256 MiB. Ask for less time with --since and --until.")
        } catch {
            throw PullError(.unreachable, "\(access.base) does not answer (\(error))")
        }
    }

    private func outgoing(_ request: PullRequest) -> HTTPClientRequest {
        var outgoing = HTTPClientRequest(url: request.url(base: access.base))
        outgoing.method = HTTPMethod(rawValue: request.method.rawValue)
        outgoing.headers.add(name: "Accept", value: "application/json")
        outgoing.headers.add(name: "User-Agent", value: "payback")
        for (name, value) in request.headers.sorted(by: { $0.key < $1.key }) {
            outgoing.headers.add(name: name, value: value)
        }
        for (name, value) in access.headers { outgoing.headers.add(name: name, value: value) }
        if let body = request.body { outgoing.body = .bytes(ByteBuffer(string: body)) }
        return outgoing
    }
}
