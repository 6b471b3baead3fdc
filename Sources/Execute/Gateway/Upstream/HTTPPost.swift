package import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import NIOSSL

/// Posts small JSON bodies now and then: warnings to webhooks, spans to a collector.
package struct HTTPPost: Sendable {
    private let group: any EventLoopGroup

    /// Creates a poster that works on some event loops.
    package init(group: any EventLoopGroup) { self.group = group }

    /// Posts a body.
    ///
    /// - Returns: the HTTP status.
    /// - Throws: where the address is none, or no answer comes within ten seconds.
    package func callAsFunction(_ body: [UInt8], to url: String) async throws -> Int {
        guard let address = UpstreamAddress(url) else { throw PostError.notAnAddress }
        let channel = try await ClientBootstrap(group: group).connectTimeout(.seconds(5))
            .connect(host: address.host, port: address.port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    if address.usesTLS {
                        let context = try NIOSSLContext(configuration: .makeClientConfiguration())
                        try pipeline.addHandler(NIOSSLClientHandler(context: context, serverHostname: address.host))
                    }
                    try pipeline.addHTTPClientHandlers()
                    try pipeline.addHandler(IdleStateHandler(readTimeout: .seconds(10)))
                    return try NIOAsyncChannel<HTTPClientResponsePart, HTTPClientRequestPart>(
                        wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            var head = HTTPRequestHead(
                version: .http1_1, method: .POST, uri: address.pathPrefix.isEmpty ? "/" : address.pathPrefix)
            head.headers = [
                "host": address.hostHeader, "content-type": "application/json",
                "content-length": String(body.count), "connection": "close",
            ]
            try await outbound.write(.head(head))
            try await outbound.write(.body(.byteBuffer(ByteBuffer(bytes: body))))
            try await outbound.write(.end(nil))
            for try await part in inbound {
                if case .head(let answer) = part { return Int(answer.status.code) }
            }
            throw PostError.noAnswer
        }
    }

    private enum PostError: Error { case notAnAddress, noAnswer }
}
