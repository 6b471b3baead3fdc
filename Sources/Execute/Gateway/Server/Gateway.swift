package import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import NIOSSL

/// The data plane: takes callers' requests, has upstreams answer them, and meters everything.
package final class Gateway: Sendable {
    /// What all event loops share.
    package let core: GatewayCore
    private let group: any EventLoopGroup
    private let loops: [NIOLoopBound<LoopContext>]
    private let ticks: [RepeatedTask]
    private let channel: any Channel

    /// Binds the listening socket and begins to serve.
    ///
    /// - Parameters:
    ///   - group: the event loops; each has its own connections, parser, journal segment and counters.
    /// - Throws: where the address cannot be bound.
    package static func start(
        _ core: GatewayCore, on group: any EventLoopGroup, address: ListenAddress
    ) async throws -> Gateway {
        let tls = try NIOSSLContext(configuration: .makeClientConfiguration())
        var loops: [NIOLoopBound<LoopContext>] = []
        var ticks: [RepeatedTask] = []
        for eventLoop in group.makeIterator() {
            let loop = try await eventLoop.submit {
                NIOLoopBound(LoopContext(eventLoop: eventLoop, core: core, tls: tls), eventLoop: eventLoop)
            }.get()
            loops.append(loop)
            ticks.append(
                eventLoop.scheduleRepeatedTask(initialDelay: .milliseconds(100), delay: .milliseconds(100)) { _ in
                    loop.value.tick()
                })
        }
        let byLoop = Dictionary(loops.map { (ObjectIdentifier($0.eventLoop), $0) }) { first, _ in first }
        let channel = try await bootstrap(group, byLoop).bind(host: address.host, port: address.port).get()
        return Gateway(core: core, group: group, loops: loops, ticks: ticks, channel: channel)
    }

    private init(
        core: GatewayCore, group: any EventLoopGroup, loops: [NIOLoopBound<LoopContext>], ticks: [RepeatedTask],
        channel: any Channel
    ) {
        (self.core, self.group, self.loops, self.ticks, self.channel) = (core, group, loops, ticks, channel)
    }

    private static func bootstrap(
        _ group: any EventLoopGroup, _ loops: [ObjectIdentifier: NIOLoopBound<LoopContext>]
    ) -> ServerBootstrap {
        ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 1024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    guard let loop = loops[ObjectIdentifier(channel.eventLoop)]?.value else {
                        throw ChannelError.operationUnsupported
                    }
                    try channel.pipeline.syncOperations.addCallerHandlers(loop)
                }
            }
    }

    /// The port that is listened on.
    package var port: Int { channel.localAddress?.port ?? 0 }

    /// Uses a new snapshot for requests that begin from now on.
    package func update(_ snapshot: GatewaySnapshot) {
        core.replace(snapshot)
        for loop in loops { loop.eventLoop.execute { loop.value.use(snapshot) } }
    }

    /// What all event loops have counted.
    func metrics() async throws -> GatewayMetrics {
        var sum = GatewayMetrics()
        for loop in loops { sum.add(try await loop.eventLoop.submit { loop.value.metrics }.get()) }
        return sum
    }

    /// What is under way on all event loops, and which upstreams are left alone.
    struct State: Sendable {
        /// Callers' connections.
        var connections = 0
        /// Calls whose callers have left, and whose answers are waited for.
        var callerlessCalls = 0
        /// Names of the upstreams that are left alone.
        var openBreakers: Set<String> = []
    }

    /// What is under way.
    func state() async throws -> State {
        var state = State()
        for loop in loops {
            let part = try await loop.eventLoop.submit {
                State(
                    connections: loop.value.connections.count, callerlessCalls: loop.value.callerlessCalls,
                    openBreakers: Set(loop.value.openBreakers.filter(\.value).map(\.key)))
            }.get()
            state.connections += part.connections
            state.callerlessCalls += part.callerlessCalls
            state.openBreakers.formUnion(part.openBreakers)
        }
        return state
    }

    /// Takes no new connections, lets requests under way end, and closes what is left after a while.
    ///
    /// - Parameter seconds: how long requests under way may take.
    package func drain(seconds: Int64) async throws {
        try await channel.close().get()
        for loop in loops { loop.eventLoop.execute { loop.value.drain() } }
        let end = NIODeadline.now() + .seconds(seconds)
        while NIODeadline.now() < end {
            let state = try await state()
            if state.connections + state.callerlessCalls == 0 { break }
            try await Task.sleep(for: .milliseconds(20))
        }
        for tick in ticks { tick.cancel() }
        for loop in loops { try await loop.eventLoop.submit { loop.value.shutDown() }.get() }
    }
}

extension ChannelPipeline.SynchronousOperations {
    /// HTTP/1.1 in, answers out.
    fileprivate func addCallerHandlers(_ loop: LoopContext) throws {
        try addHandler(HTTPResponseEncoder())
        try addHandler(ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes)))
        try addHandler(CallerConnection(loop: loop))
    }
}
