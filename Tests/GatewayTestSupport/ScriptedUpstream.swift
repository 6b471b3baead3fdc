package import NIOCore
package import NIOHTTP1
internal import NIOPosix
internal import Synchronization

/// A provider that answers byte for byte as a test tells it, and remembers what it was asked.
package final class ScriptedUpstream: Sendable {
    /// What it was asked.
    package struct Received: Sendable {
        /// The method.
        package let method: String
        /// The path with its query.
        package let uri: String
        /// The headers.
        package let headers: HTTPHeaders
        /// The body, as text.
        package let body: String
    }

    /// What it does next.
    package enum Step: Sendable {
        /// Sends bytes as they are.
        case send(String)
        /// Sends bytes that are no text.
        case bytes([UInt8])
        /// Sends bytes as a chunk of a chunked body.
        case chunk(String)
        /// Sends bytes that are no text as a chunk of a chunked body.
        case binaryChunk([UInt8])
        /// Waits until the test calls ``ScriptedUpstream/goOn()``.
        case wait
        /// Closes the connection.
        case close
    }

    private struct State {
        var received: [Received] = []
        var closedEarly = 0
        var waiting: [@Sendable () -> Void] = []
    }

    private let state = Mutex(State())
    private let channel: Mutex<(any Channel)?>

    private init() { channel = Mutex(nil) }

    /// Begins to listen on a port of the system's choice.
    package static func start(
        on group: any EventLoopGroup, answer: @escaping @Sendable (Received, _ number: Int) -> [Step]
    ) async throws -> ScriptedUpstream {
        let upstream = ScriptedUpstream()
        let channel = try await ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 1024)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    try pipeline.addHandler(ByteToMessageHandler(HTTPRequestDecoder()))
                    try pipeline.addHandler(ScriptHandler(upstream: upstream, answer: answer))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        upstream.channel.withLock { $0 = channel }
        return upstream
    }

    /// The base URL.
    package var url: String { "http://127.0.0.1:\(channel.withLock { $0?.localAddress?.port } ?? 0)" }

    /// What it was asked so far.
    package var received: [Received] { state.withLock { $0.received } }

    /// How many connections were closed by the gateway while an answer was under way.
    package var closedEarly: Int { state.withLock { $0.closedEarly } }

    /// Lets all answers that wait go on.
    package func goOn() {
        let waiting = state.withLock { state in
            defer { state.waiting = [] }
            return state.waiting
        }
        for resume in waiting { resume() }
    }

    /// How many answers wait.
    package var waiting: Int { state.withLock { $0.waiting.count } }

    /// Stops listening.
    package func stop() async throws { try await channel.withLock { $0 }?.close().get() }

    fileprivate func note(_ request: Received) -> Int {
        state.withLock { state in
            state.received.append(request)
            return state.received.count
        }
    }

    fileprivate func noteEarlyClose() { state.withLock { $0.closedEarly += 1 } }

    fileprivate func wait(_ resume: @escaping @Sendable () -> Void) { state.withLock { $0.waiting.append(resume) } }
}

/// Plays the steps of one connection.
private final class ScriptHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = ByteBuffer

    private let upstream: ScriptedUpstream
    private let answer: @Sendable (ScriptedUpstream.Received, Int) -> [ScriptedUpstream.Step]
    private var head: HTTPRequestHead?
    private var body = ByteBuffer()
    private var steps: ArraySlice<ScriptedUpstream.Step> = []

    init(
        upstream: ScriptedUpstream,
        answer: @escaping @Sendable (ScriptedUpstream.Received, Int) -> [ScriptedUpstream.Step]
    ) { (self.upstream, self.answer) = (upstream, answer) }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): (self.head, body) = (head, ByteBuffer())
        case .body(var part): body.writeBuffer(&part)
        case .end:
            guard let head else { return }
            let request = ScriptedUpstream.Received(
                method: head.method.rawValue, uri: head.uri, headers: head.headers, body: String(buffer: body))
            steps = answer(request, upstream.note(request))[...]
            play(context)
        }
    }

    func channelInactive(context: ChannelHandlerContext) { if !steps.isEmpty { upstream.noteEarlyClose() } }

    private func play(_ context: ChannelHandlerContext) {
        while let step = steps.first {
            switch step {
            case .send(let text): context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
            case .bytes(let bytes): context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes)), promise: nil)
            case .chunk(let text): writeChunk(Array(text.utf8), context)
            case .binaryChunk(let bytes): writeChunk(bytes, context)
            case .close:
                steps = []
                return context.close(promise: nil)
            case .wait:
                let resume = NIOLoopBound((self, context), eventLoop: context.eventLoop)
                return upstream.wait { [eventLoop = context.eventLoop] in
                    eventLoop.execute {
                        let (handler, context) = resume.value
                        handler.steps = handler.steps.dropFirst()
                        handler.play(context)
                    }
                }
            }
            steps = steps.dropFirst()
        }
    }

    private func writeChunk(_ bytes: [UInt8], _ context: ChannelHandlerContext) {
        var chunk = ByteBuffer(string: String(bytes.count, radix: 16) + "\r\n")
        chunk.writeBytes(bytes)
        chunk.writeString("\r\n")
        context.writeAndFlush(wrapOutboundOut(chunk), promise: nil)
    }
}
