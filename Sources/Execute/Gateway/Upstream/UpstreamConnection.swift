internal import NIOCore
internal import NIOHTTP1

/// What an answer is told to, part by part, on the event loop.
protocol UpstreamReceiver: AnyObject {
    func upstreamDidSend(head: HTTPResponseHead)
    func upstreamDidSend(body: ByteBuffer)
    /// The answer is whole.
    func upstreamDidEnd()
    /// No more bytes are there for now.
    func upstreamDidPause()
    /// The connection broke before the answer was whole.
    func upstreamDidFail(_ failure: UpstreamFailure)
}

/// Why a call did not come to its end.
enum UpstreamFailure: Error, Sendable, Hashable {
    /// No connection could be made: refused, unknown host, TLS.
    case connect(String)
    /// The connection was closed, or broke.
    case closed
    /// What came is not HTTP.
    case notHTTP
    /// A time limit was reached: until the connection, the first byte, or the next byte.
    case timedOut(Phase)

    enum Phase: String, Sendable {
        case connect = "connecting"
        case firstByte = "waiting for the first byte"
        case idle = "waiting for the next byte"
    }
}

/// One connection to an upstream; carries one call at a time. Belongs to one event loop.
final class UpstreamConnection: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    let channel: any Channel
    /// How many calls it has carried; a used one may have been closed by the other side just now.
    private(set) var calls = 0
    /// When it became idle, in nanoseconds of the event loop's clock.
    var idleSince: UInt64 = 0
    private(set) var isOpen = true
    private var context: ChannelHandlerContext?
    private var receiver: (any UpstreamReceiver)?
    private var keepsAlive = true
    private var isReading = true

    init(channel: any Channel) { self.channel = channel }

    /// Sends a request whose answer goes to `receiver`.
    func send(_ head: HTTPRequestHead, body: ByteBuffer?, to receiver: any UpstreamReceiver) {
        self.receiver = receiver
        calls += 1
        keepsAlive = true
        guard let context else { return fail(.closed) }
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        if let body, body.readableBytes > 0 { context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil) }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }

    /// Stops or resumes reading, so that a slow caller does not fill our memory.
    func setReading(_ reads: Bool) {
        guard reads != isReading else { return }
        isReading = reads
        channel.setOption(.autoRead, value: reads).whenFailure { _ in }
        if reads { channel.read() }
    }

    /// Ends the call under way: the connection is closed, and the receiver hears nothing more.
    func cancel() {
        receiver = nil
        isOpen = false
        channel.close(promise: nil)
    }

    /// Whether it can carry another call.
    var isReusable: Bool { isOpen && keepsAlive && receiver == nil && isReading }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            keepsAlive = head.isKeepAlive
            receiver?.upstreamDidSend(head: head)
        case .body(let body): receiver?.upstreamDidSend(body: body)
        case .end:
            let ended = receiver
            receiver = nil
            ended?.upstreamDidEnd()
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) { receiver?.upstreamDidPause() }

    func channelInactive(context: ChannelHandlerContext) {
        isOpen = false
        fail(.closed)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        isOpen = false
        // Bytes that are no HTTP, a broken TLS session, a reset: nothing more can be expected of this connection.
        fail(error is HTTPParserError ? .notHTTP : .closed)
        context.close(promise: nil)
    }

    private func fail(_ failure: UpstreamFailure) {
        let waiting = receiver
        receiver = nil
        waiting?.upstreamDidFail(failure)
    }
}
