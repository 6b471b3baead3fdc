import AsyncHTTPClient
import Dashboard
import NIOCore
import NIOHTTP1

/// Carries what the dashboard asks of a provider over HTTP.
struct HTTPOpenIDTransport: OpenIDTransport {
    /// The largest answer that is taken in, bytes: a provider's keys are a few kilobytes.
    private static let mostBytes = 1 << 20
    /// How long somebody who signs in waits at most.
    private static let patience = TimeAmount.seconds(10)

    func get(_ url: String) async throws -> OpenIDReply { try await send(HTTPClientRequest(url: url)) }

    func post(_ url: String, form: String, authorization: String?) async throws -> OpenIDReply {
        var request = HTTPClientRequest(url: url)
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
        if let authorization { request.headers.add(name: "Authorization", value: authorization) }
        request.body = .bytes(ByteBuffer(string: form))
        return try await send(request)
    }

    private func send(_ request: HTTPClientRequest) async throws -> OpenIDReply {
        var request = request
        request.headers.add(name: "Accept", value: "application/json")
        request.headers.add(name: "User-Agent", value: "payback")
        // No redirects: codes and secrets are shown to nobody but whom they are meant for.
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow, timeout: .init(connect: Self.patience, read: Self.patience))
        configuration.connectionPool.retryConnectionEstablishment = false
        // Connections end with the answer: people sign in a few times a day.
        return try await HTTPClient.withHTTPClient(configuration: configuration) { client in
            let response = try await client.execute(request, timeout: Self.patience)
            let body = try await response.body.collect(upTo: Self.mostBytes)
            return OpenIDReply(status: Int(response.status.code), body: Array(body.readableBytesView))
        }
    }
}
