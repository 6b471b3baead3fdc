internal import Domain
internal import NIOCore
internal import NIOHTTP1
internal import Policy
internal import Providers

/// One caller's request on its way through the gateway:
/// receive → authenticate → fingerprint → decide → admit → call → relay → meter → settle → release.
///
/// Lives on one event loop; nothing on its way waits for anything but sockets. Each phase is in a file of its own.
final class Exchange {
    let loop: LoopContext
    /// The snapshot that was in force when it began.
    let snapshot: GatewaySnapshot
    /// The caller; absent once it has left.
    private(set) var connection: CallerConnection?
    let id: SortableID
    let head: HTTPRequestHead
    let headers: CallerHeaders
    let route: RequestRoute
    let startedAt: Timestamp
    var times: PhaseTimes

    var body: ByteBuffer?
    /// Whether the whole request is there.
    private(set) var isRequestWhole = false
    /// Whether something is being done about it: what comes now belongs to the next request.
    private(set) var isAnswering = false

    // What the phases find out.
    var caller = Caller()
    var facts = RequestFacts()
    var targets: [CallTarget] = []
    /// The worst case, where it can be said.
    var worstCase: NanoUSD?
    var estimatedInputTokens: Int64 = 0
    var ticket: Admission.Ticket?
    /// What the plan in force does with it; absent where there is none.
    var course: LeverCourse?
    /// What is compared once the answer is released.
    var comparison: AnswerComparison?
    /// What answers cost that were refused by a rule's checks.
    var spentBefore = NanoUSD.zero
    /// What it is for, where no caller asked for it.
    let errand: Errand?
    var hasIntent = false
    /// Output tokens that the gateway limits the request to, because a hard budget needs a bound.
    var addedOutputLimit: Int64?
    var prompt = PromptIdentity.absent
    /// Hashes of the prompt's leading blocks.
    var promptBlocks: [UInt64] = []

    // The call under way.
    var attempts: [CallAttempt] = []
    var targetPosition = 0
    var upstream: UpstreamConnection?
    var relay = Relay()
    var callDeadline: (at: UInt64, phase: UpstreamFailure.Phase)?
    var retryAt: UInt64?
    var isOver = false

    init(head: HTTPRequestHead, loop: LoopContext, connection: CallerConnection?, errand: Errand? = nil) {
        (self.head, self.loop, self.connection, self.errand) = (head, loop, connection, errand)
        snapshot = loop.snapshot
        headers = CallerHeaders(head.headers)
        route = loop.route(head.uri, isAnthropic: headers.isAnthropic)
        startedAt = loop.core.clock()
        times = PhaseTimes(start: loop.now)
        id = SortableID(at: startedAt, using: &loop.random)
    }

    /// Lets go of the caller: nothing more will be sent to it.
    func takeConnection() -> CallerConnection? {
        defer { connection = nil }
        return connection
    }

    // MARK: Receive

    /// The head is there: what can be refused by it is refused at once.
    func receiveHead() {
        loop.metrics.requests += 1
        let limits = snapshot.configuration.limits
        if head.headers.count > limits.headerFields {
            return refuse(
                CallerError(
                    status: 431, code: "headers_too_large",
                    message:
                        "The request has \(head.headers.count) header fields; at most \(limits.headerFields) are allowed."
                ))
        }
        if let length = announcedLength, length > limits.bodyBytes { return refuse(tooLarge(limits)) }
        do throws(CallerError) { try authenticate() } catch { return refuse(error) }
        if headers.expectsContinue { connection?.sendContinue() }
    }

    /// How long the body will be, where the head says so.
    private var announcedLength: Int? { head.headers.first(name: "content-length").flatMap { Int($0) } }

    /// More of the body.
    func receive(_ bytes: ByteBuffer) {
        guard !isOver else { return }
        if body == nil {
            if let length = announcedLength, length > bytes.readableBytes {
                // A body in several pieces gets its own size at once: growing would round it up to a power of two.
                body = ByteBufferAllocator().buffer(capacity: length)
                append(bytes)
            } else {
                body = bytes
            }
        } else {
            append(bytes)
        }
        let limits = snapshot.configuration.limits
        if body?.readableBytes ?? 0 > limits.bodyBytes { refuse(tooLarge(limits)) }
    }

    private func append(_ bytes: ByteBuffer) {
        var bytes = bytes
        body?.writeBuffer(&bytes)
    }

    /// The request is whole.
    func receiveEnd() {
        guard !isOver else { return }
        isRequestWhole = true
        isAnswering = true
        times.received = loop.now
        if route.surface == .feedback, head.method == .POST { return takeFeedback() }
        do throws(CallerError) {
            try fingerprint()
            try decide()
        } catch { return refuse(error) }
        consult()
    }

    private func tooLarge(_ limits: RequestLimits) -> CallerError {
        CallerError(
            status: 413, code: "request_too_large",
            message: "The body is larger than \(limits.bodyBytes) bytes; limits.body_mib allows more.")
    }

    /// An errand is whole from its beginning.
    func becomeWhole() {
        (isRequestWhole, isAnswering) = (true, true)
        times.received = loop.now
    }

    // MARK: Endings

    /// Answers with an error of ours; nothing was sent upstream, or nothing of its answer has reached the caller.
    func refuse(_ error: CallerError) {
        guard !isOver else { return }
        isOver = true
        isAnswering = true
        loop.metrics.count(refusal: error.code)
        if caller.key != nil || !snapshot.requiresKey { settleRefusal(error) }
        landWithoutAnswer()
        errand?.end(nil)
        var extra = HTTPHeaders([("x-payback-request-id", id.text)])
        if let retryAfter = error.retryAfter { extra.add(name: "retry-after", value: String(retryAfter)) }
        takeConnection()?.respond(error, family: route.family, headers: extra)
    }

    /// The caller has gone: a stream is cancelled, since nobody reads it; a single answer is waited for, since the
    /// provider charges for it whole and says how much only at its end.
    func callerDidLeave() {
        connection = nil
        guard !isOver else { return }
        guard isAnswering, !attempts.isEmpty else {
            isOver = true
            landWithoutAnswer()
            if hasIntent { settleRefusal(CallerError(status: 499, code: "caller_left", message: "")) }
            return
        }
        relay.callerLeft = true
        let isUnderWay = upstream != nil || callDeadline != nil
        if isUnderWay, !relay.isStream, route.surface.isMetered, !loop.isDraining { return loop.watch(self) }
        endCall(.callerLeft)
    }

    /// Called now and then: ends what takes too long, and begins what was put off.
    func checkTime(at now: UInt64) {
        checkWait(at: now)
        checkJudge(at: now)
        if let retryAt, now >= retryAt {
            self.retryAt = nil
            attemptCall()
        } else if let callDeadline, now >= callDeadline.at {
            self.callDeadline = nil
            upstreamDidFail(.timedOut(callDeadline.phase))
        }
    }

    /// The caller's socket takes bytes again, or no more.
    func callerCanTake(_ takes: Bool) { upstream?.setReading(takes) }
}

/// When the phases of an exchange were over, in nanoseconds of the event loop's clock; 0 where they were not reached.
struct PhaseTimes {
    let start: UInt64
    var received: UInt64 = 0
    var admitted: UInt64 = 0
    var sent: UInt64 = 0
    var firstByte: UInt64 = 0
    var ended: UInt64 = 0

    init(start: UInt64) { self.start = start }

    /// Nanoseconds that the gateway itself has taken up to now: all but receiving and the upstream's time.
    func overhead(at now: UInt64) -> UInt64 {
        let before = sent > received ? sent - received : 0
        let after = ended > 0 && now > ended ? now - ended : 0
        return before + after
    }
}
