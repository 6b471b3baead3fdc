internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import NIOSSL

/// The connections of one event loop to all upstreams.
final class UpstreamPool {
    private static let mostIdle = 512
    /// Nanoseconds after which an idle connection is closed; providers close theirs after a minute or more.
    private static let idleLimit: UInt64 = 50_000_000_000
    private let eventLoop: any EventLoop
    private let tls: NIOSSLContext
    private var idle: [UpstreamAddress: [UpstreamConnection]] = [:]

    /// Creates an empty pool.
    ///
    /// - Parameter tls: shared by all loops: it holds the trusted roots.
    init(eventLoop: any EventLoop, tls: NIOSSLContext) { (self.eventLoop, self.tls) = (eventLoop, tls) }

    /// A connection that is there already, the last used first.
    func idleConnection(to address: UpstreamAddress) -> UpstreamConnection? {
        while let connection = idle[address]?.popLast() {
            if connection.isReusable { return connection }
        }
        return nil
    }

    /// Makes a new connection: a channel whose pipeline ends in an ``UpstreamConnection``.
    func connect(to address: UpstreamAddress, timeout: TimeAmount) -> EventLoopFuture<any Channel> {
        let tls = address.usesTLS ? self.tls : nil
        return ClientBootstrap(group: eventLoop)
            .connectTimeout(timeout)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    if let tls {
                        let name = address.host.isIPAddress ? nil : address.host
                        try pipeline.addHandler(NIOSSLClientHandler(context: tls, serverHostname: name))
                    }
                    try pipeline.addHTTPClientHandlers()
                    try pipeline.addHandler(UpstreamConnection(channel: channel))
                }
            }
            .connect(host: address.host, port: address.port)
    }

    /// Takes a connection back after its call.
    func giveBack(_ connection: UpstreamConnection, of address: UpstreamAddress, at now: UInt64) {
        guard connection.isReusable, idle[address, default: []].count < Self.mostIdle else {
            connection.cancel()
            return
        }
        connection.idleSince = now
        idle[address, default: []].append(connection)
    }

    /// Closes connections that have been idle for long, or have been closed.
    func prune(at now: UInt64) {
        for (address, connections) in idle {
            let kept = connections.filter { $0.isReusable && now < $0.idleSince + Self.idleLimit }
            for connection in connections where !kept.contains(where: { $0 === connection }) { connection.cancel() }
            idle[address] = kept.isEmpty ? nil : kept
        }
    }

    /// Closes all idle connections.
    func close() {
        for connection in idle.values.joined() { connection.cancel() }
        idle = [:]
    }
}

extension String {
    /// Whether it is an IP address rather than a name: certificates and SNI carry names.
    fileprivate var isIPAddress: Bool { (try? SocketAddress(ipAddress: self, port: 0)) != nil }
}
