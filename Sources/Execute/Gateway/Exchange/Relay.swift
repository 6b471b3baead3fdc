internal import Domain
internal import Inputs
internal import NIOCore
internal import NIOHTTP1
internal import Policy
internal import Providers

/// How an answer is passed on.
struct Relay {
    /// The caller has left; what comes is only counted.
    var callerLeft = false
    /// The upstream's head, once it is there.
    var head: HTTPResponseHead?
    /// Bytes are passed on as they come. Otherwise the answer is kept until it is whole, so that its head can say what
    /// it cost.
    var isStream = false
    /// Whether anything has been sent to the caller.
    var hasBegun = false
    /// Reads the usage off a stream.
    var meter: StreamMeter?
    /// Makes compressed bytes readable for metering; the caller gets them as they came.
    var inflater: Inflater?
    /// The whole answer, or of a stream with a known length its last part: the last byte leaves when the record is
    /// safe.
    var held: ByteBuffer?
    /// What the call cost, once that is known; absent where it has no price.
    var cost: NanoUSD?
    /// What the caller was spared of the call as it was asked for.
    var saving = NanoUSD.zero
    /// Puts an answer into the caller's words, where it comes in another provider's.
    var reply: RoutedReply?
    /// Of a stream: what the caller got, where it is needed again.
    var kept: ByteBuffer?
    /// Of a passed-on batch result: a copy, to be metered at its end.
    var copy: ByteBuffer?

    init(callerLeft: Bool = false) { self.callerLeft = callerLeft }
}

/// How a call ended.
enum CallEnd {
    /// With a whole answer, of whatever status.
    case answered
    /// Broken off by the upstream after a part of the answer was passed on.
    case truncated(UpstreamFailure)
    /// The caller left before the end.
    case callerLeft
    /// Without any answer.
    case failed(CallerError)
}

extension Exchange: UpstreamReceiver {
    /// The largest answer that is kept whole before it is passed on.
    private static let mostHeld = 32 * 1024 * 1024

    /// The API that is called: the caller's own, or that of the target whose words are sent.
    var calledSurface: APISurface { target.wire?.request.surface ?? route.surface }

    /// Whether the gateway asked for the usage of a stream and the caller did not.
    var hidesUsageChunk: Bool {
        facts.streams && !facts.includesUsage && target.wire == nil
            && (route.surface == .chatCompletions || route.surface == .completions)
    }

    func upstreamDidSend(head: HTTPResponseHead) {
        if times.firstByte == 0 { times.firstByte = loop.now }
        extendDeadline()
        if let last = attempts.indices.last { attempts[last].status = Int(head.status.code) }
        let status = Int(head.status.code)
        if head.mayBeTriedAgain || (target.rule != nil && status >= 400) {
            let next = next(retryAfter: head.retryAfter)
            if case .giveUp = next {
            } else {
                report(success: status < 500 && status != 429)
                upstream?.cancel()
                if goOn(next) { return }
            }
        }
        relay.head = head
        let type = head.headers.first(name: "content-type") ?? ""
        let isEvents = type.hasPrefix("text/event-stream")
        let isWhole = head.status.code >= 400 || (route.surface.isMetered && !isEvents && !route.streams)
        relay.isStream = !isWhole && !isChecked
        relay.reply = reply()
        if head.headers.contains(name: "content-encoding") {
            relay.inflater = Inflater(head.headers.first(name: "content-encoding") ?? "")
        }
        if relay.isStream { beginStream(head) }
    }

    private func beginStream(_ head: HTTPResponseHead) {
        if route.surface.isMetered {
            // What is compressed is passed on as it came: no chunk can be taken out of it.
            let isPlain = !head.headers.contains(name: "content-encoding")
            relay.meter = StreamMeter(surface: calledSurface, hidesUsageChunk: hidesUsageChunk && isPlain)
        } else if isBatchResult {
            relay.copy = ByteBuffer()
        }
        if keepsAnswer { relay.kept = ByteBuffer() }
        sendHead()
    }

    func upstreamDidSend(body: ByteBuffer) {
        extendDeadline()
        if relay.isStream { pass(body) } else { hold(body) }
    }

    /// A stream that was held is passed on as if it came now.
    func beginHeldStream(_ head: HTTPResponseHead, _ held: ByteBuffer) {
        relay.isStream = true
        beginStream(head)
        pass(held)
    }

    private func hold(_ body: ByteBuffer) {
        if relay.held == nil {
            relay.held = body
        } else {
            var body = body
            relay.held?.writeBuffer(&body)
        }
        guard relay.held?.readableBytes ?? 0 > Self.mostHeld, let head = relay.head else { return }
        if isChecked, !relay.callerLeft { return escalateUnseen() }
        relay.isStream = true
        beginStream(head)
        if let held = relay.held {
            relay.held = nil
            pass(held)
        }
    }

    private func pass(_ body: ByteBuffer) {
        var outgoing = body
        if relay.meter != nil { outgoing = meter(body) }
        if relay.reply != nil { outgoing = translated(outgoing) }
        if relay.copy?.readableBytes ?? .max < Self.mostHeld {
            var body = body
            relay.copy?.writeBuffer(&body)
        }
        keep(outgoing)
        guard outgoing.readableBytes > 0, let connection else { return }
        if relay.head?.headers.contains(name: "content-length") ?? false {
            if let held = relay.held { connection.send(held) }
            relay.held = outgoing
        } else {
            connection.send(outgoing)
        }
        if !connection.isWritable { upstream?.setReading(false) }
    }

    /// What brings an answer back into the caller's words; absent where it is in them.
    private func reply() -> RoutedReply? {
        target.wire?.reply.map { terms in
            RoutedReply(
                terms, model: target.model ?? "", created: startedAt.microseconds / 1_000_000, fallbackID: id.text)
        }
    }

    private func translated(_ bytes: ByteBuffer) -> ByteBuffer {
        ByteBuffer(
            bytes: bytes.withUnsafeReadableBytes { relay.reply?.take($0.bindMemory(to: UInt8.self)) ?? [] })
    }

    /// Keeps what the caller gets, unless it is too much.
    private func keep(_ bytes: ByteBuffer) {
        guard let kept = relay.kept else { return }
        var bytes = bytes
        relay.kept = nil
        guard kept.readableBytes < Self.mostHeld else { return }
        var whole = kept
        whole.writeBuffer(&bytes)
        relay.kept = whole
    }

    /// Reads the usage off some bytes.
    ///
    /// - Returns: what to pass on of them.
    private func meter(_ body: ByteBuffer) -> ByteBuffer {
        if relay.inflater != nil {
            let plain = body.withUnsafeReadableBytes { relay.inflater?.push($0) ?? [] }
            _ = plain.withUnsafeBufferPointer { relay.meter?.take($0) }
            return body
        }
        let relayed = body.withUnsafeReadableBytes { relay.meter?.take($0.bindMemory(to: UInt8.self)) }
        switch relayed {
        case .verbatim, nil: return body
        case .nothing: return ByteBuffer()
        case .bytes(let bytes): return ByteBuffer(bytes: bytes)
        }
    }

    func upstreamDidPause() { if relay.isStream { connection?.flush() } }

    func upstreamDidEnd() {
        if !relay.isStream, !relay.callerLeft, isChecked ? mayEscalate() : cannotBeTranslated() { return }
        endOfAnswer()
    }

    /// The answer is whole, and goes to the caller.
    func endOfAnswer() {
        times.ended = loop.now
        let status = attempts.last?.status ?? 0
        report(success: status < 500 && status != 429)
        if let upstream { loop.pool.giveBack(upstream, of: target.address, at: loop.now) }
        upstream = nil
        callDeadline = nil
        finish(relay.callerLeft ? .callerLeft : .answered)
    }

    func upstreamDidFail(_ failure: UpstreamFailure) {
        guard !isOver else { return }
        let wasStale = failure == .closed && upstream?.calls ?? 0 > 1 && relay.head == nil
        upstream?.cancel()
        upstream = nil
        callDeadline = nil
        if wasStale {
            // The other side closed a connection that had been idle before it saw the request: nothing was tried.
            attempts.removeLast()
            return attemptCall()
        }
        if let last = attempts.indices.last { attempts[last].failure = failure }
        report(success: false)
        if relay.hasBegun {
            times.ended = loop.now
            return finish(.truncated(failure))
        }
        if goOn(next(retryAfter: nil)) { return }
        if relay.callerLeft { finish(.callerLeft) } else { giveUp(Self.error(of: failure, target.upstream)) }
    }

    /// Ends the call before its end.
    func endCall(_ end: CallEnd) {
        upstream?.cancel()
        upstream = nil
        callDeadline = nil
        retryAt = nil
        report(success: nil)
        times.ended = loop.now
        finish(end)
    }

    private func extendDeadline() {
        callDeadline = (loop.now + UInt64(timeouts.idle) * 1_000_000, .idle)
    }

    private static func error(of failure: UpstreamFailure, _ upstream: Upstream) -> CallerError {
        switch failure {
        case .timedOut(let phase):
            CallerError(
                status: 504, code: "upstream_timeout",
                message: "\"\(upstream.name)\" took too long (\(phase.rawValue)).")
        case .connect:
            CallerError(
                status: 502, code: "upstream_unavailable", message: "\"\(upstream.name)\" cannot be reached.")
        case .closed:
            CallerError(
                status: 502, code: "upstream_unavailable",
                message: "\"\(upstream.name)\" closed the connection before it had answered.")
        case .notHTTP:
            CallerError(
                status: 502, code: "upstream_unavailable", message: "\"\(upstream.name)\" did not answer with HTTP.")
        }
    }
}

extension HTTPResponseHead {
    /// Whether another try may help: what the server says of it, else what its status means.
    fileprivate var mayBeTriedAgain: Bool {
        if let told = headers.first(name: "x-should-retry") { return told == "true" }
        return RetryPolicy.mayHelp(status: Int(status.code))
    }

    /// Milliseconds that the server asks to wait.
    fileprivate var retryAfter: Int64? {
        if let milliseconds = headers.first(name: "retry-after-ms").flatMap({ Int64($0) }) {
            return max(milliseconds, 0)
        }
        return headers.first(name: "retry-after").flatMap { Double($0) }.map { Int64(max(min($0, 86_400), 0) * 1_000) }
    }
}
