internal import NIOCore
internal import NIOHTTP1
internal import Providers

/// One caller's connection. Its requests are answered one after the other; what comes early waits.
final class CallerConnection: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    let loop: LoopContext
    private var context: ChannelHandlerContext?
    private var exchange: Exchange?
    private var waiting = CircularBuffer<HTTPServerRequestPart>()
    /// Whether the rest of the present request is thrown away: it was refused before it was whole.
    private var isDiscarding = false
    private var closesAfterResponse = false
    private var isPaused = false
    /// When something has to have happened, in nanoseconds.
    private var deadline: UInt64 = .max

    init(loop: LoopContext) { self.loop = loop }

    // MARK: From the caller

    func channelActive(context: ChannelHandlerContext) {
        guard loop.core.admitConnection() else {
            loop.metrics.count(refusal: "too_many_connections")
            return context.close(promise: nil)
        }
        self.context = context
        loop.add(self)
        wait(milliseconds: loop.snapshot.configuration.limits.receive)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        if self.context != nil { loop.core.endConnection() }
        loop.remove(self)
        let left = exchange
        exchange = nil
        self.context = nil
        left?.callerDidLeave()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = unwrapInboundIn(data)
        if exchange?.isAnswering ?? false, !isDiscarding {
            waiting.append(part)
            pauseReading()
        } else {
            take(part)
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        exchange?.callerCanTake(context.channel.isWritable)
        context.fireChannelWritabilityChanged()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard error is HTTPParserError, exchange == nil else {
            context.close(promise: nil)
            return
        }
        let isTooLong = (error as? HTTPParserError) == .headerOverflow
        let refusal = CallerError(
            status: isTooLong ? 431 : 400, code: isTooLong ? "headers_too_large" : "invalid_http",
            message: isTooLong ? "The header fields are too large." : "This is not a valid HTTP/1.1 request.")
        loop.metrics.count(refusal: refusal.code)
        closesAfterResponse = true
        respond(refusal, family: .openAI)
    }

    private func take(_ part: HTTPServerRequestPart) {
        switch part {
        case .head(let head):
            isDiscarding = false
            closesAfterResponse = !head.isKeepAlive || loop.isDraining
            wait(milliseconds: loop.snapshot.configuration.limits.receive)
            let exchange = Exchange(head: head, loop: loop, connection: self)
            self.exchange = exchange
            exchange.receiveHead()
        case .body(let bytes): if !isDiscarding { exchange?.receive(bytes) }
        case .end:
            if isDiscarding {
                isDiscarding = false
                context?.close(promise: nil)
            } else {
                deadline = .max
                exchange?.receiveEnd()
            }
        }
    }

    // MARK: To the caller

    /// Whether more bytes can be sent without filling memory.
    var isWritable: Bool { context?.channel.isWritable ?? false }

    /// Tells a caller that waits for it to send the body.
    func sendContinue() {
        context?.writeAndFlush(
            wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: .continue))), promise: nil)
    }

    func send(_ head: HTTPResponseHead) {
        var head = head
        if closesAfterResponse { head.headers.replaceOrAdd(name: "connection", value: "close") }
        context?.write(wrapOutboundOut(.head(head)), promise: nil)
    }

    func send(_ body: ByteBuffer) { context?.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil) }

    func flush() { context?.flush() }

    /// Sends the last byte: the request is answered.
    func sendEnd(_ trailers: HTTPHeaders?) {
        let isRequestWhole = exchange?.isRequestWhole ?? true
        exchange = nil
        write(end: trailers, closing: isRequestWhole && closesAfterResponse)
        if !isRequestWhole {
            // The answer came before the request was whole: what follows of it is read over for a while, so that the
            // answer is not lost in a reset.
            isDiscarding = true
            closesAfterResponse = true
            wait(milliseconds: 2_000)
            return
        }
        if closesAfterResponse { return }
        wait(milliseconds: loop.snapshot.configuration.limits.keepAlive)
        takeWaiting()
    }

    private func write(end trailers: HTTPHeaders?, closing: Bool) {
        guard let context else { return }
        let written = closing ? context.eventLoop.makePromise(of: Void.self) : nil
        // Closed only once the last byte has left, or a slow reader would lose the end.
        written?.futureResult.whenComplete { [channel = context.channel] _ in channel.close(promise: nil) }
        context.writeAndFlush(wrapOutboundOut(.end(trailers)), promise: written)
    }

    /// Breaks the connection off, so that a cut answer cannot be taken for a whole one.
    func breakOff() {
        exchange = nil
        context?.close(promise: nil)
    }

    /// Answers with an error and nothing else.
    func respond(_ error: CallerError, family: ProviderFamily, headers: HTTPHeaders = HTTPHeaders()) {
        let body = error.body(in: family)
        var head = HTTPResponseHead(version: .http1_1, status: HTTPResponseStatus(statusCode: error.status))
        head.headers = headers
        head.headers.replaceOrAdd(name: "content-type", value: "application/json")
        if family == .bedrock { head.headers.add(name: "x-amzn-ErrorType", value: error.bedrockType) }
        head.headers.replaceOrAdd(name: "content-length", value: String(body.count))
        send(head)
        send(ByteBuffer(bytes: body))
        sendEnd(nil)
    }

    // MARK: Life

    /// Checks the time limit of receiving, or of being idle.
    func checkTime(at now: UInt64) {
        if let exchange, exchange.isAnswering { return exchange.checkTime(at: now) }
        guard now >= deadline else { return }
        if let exchange, !isDiscarding {
            deadline = .max
            closesAfterResponse = true
            exchange.refuse(
                CallerError(status: 408, code: "request_timeout", message: "The request did not arrive in time."))
        } else {
            context?.close(promise: nil)
        }
    }

    /// Closes the connection as soon as nothing is under way.
    func closeIfIdle() {
        if exchange == nil { context?.close(promise: nil) }
    }

    func closeWhenIdle() {
        closesAfterResponse = true
        closeIfIdle()
    }

    /// Ends what is under way: the time for draining is over.
    func abort() {
        let left = exchange
        exchange = nil
        left?.callerDidLeave()
        context?.close(promise: nil)
    }

    /// Goes on with what came early.
    private func takeWaiting() {
        while !waiting.isEmpty, !(exchange?.isAnswering ?? false) { take(waiting.removeFirst()) }
        if waiting.isEmpty, isPaused, let context {
            isPaused = false
            context.channel.setOption(.autoRead, value: true).whenFailure { _ in }
            context.read()
        }
    }

    private func pauseReading() {
        guard !isPaused, let context else { return }
        isPaused = true
        context.channel.setOption(.autoRead, value: false).whenFailure { _ in }
    }

    private func wait(milliseconds: Int64) { deadline = loop.now + UInt64(max(milliseconds, 0)) * 1_000_000 }
}
