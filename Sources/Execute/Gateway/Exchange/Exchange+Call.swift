internal import Domain
internal import Ledger
internal import NIOCore
internal import NIOHTTP1
internal import Policy
internal import Providers

/// One try to get an answer.
struct CallAttempt {
    let target: CallTarget
    /// Nanoseconds of the event loop's clock.
    let startedAt: UInt64
    var endedAt: UInt64 = 0
    /// The HTTP status, 0 where none came.
    var status = 0
    var failure: UpstreamFailure?
    /// Whether the breaker has been told how it went.
    var isReported = false
}

extension Exchange {
    /// The target of the attempt under way.
    var target: CallTarget { targets[min(targetPosition, targets.count - 1)] }

    /// Begins the call, once the intent is safe.
    func call() {
        loop.payRetry(targets[0].upstream)
        guard hasIntent else { return attemptCall() }
        loop.whenDurable { [self] failure in
            guard let failure, snapshot.configuration.journal.refusesWhenFull else {
                if failure != nil { loop.metrics.recordsLost += 1 }
                return attemptCall()
            }
            refuse(Self.journalRefusal(failure.message))
        }
    }

    /// Tries the next target whose breaker lets calls through.
    func attemptCall() {
        guard !isOver else { return }
        while targetPosition < targets.count, !loop.allows(targets[targetPosition].upstream) { targetPosition += 1 }
        guard targetPosition < targets.count else {
            targetPosition = max(targets.count - 1, 0)
            return giveUp(
                CallerError(
                    status: 503, code: "upstream_unavailable",
                    message: "\"\(target.upstream.name)\" has failed repeatedly and is left alone for a while."))
        }
        attempts.append(CallAttempt(target: target, startedAt: loop.now))
        if let connection = loop.pool.idleConnection(to: target.address) {
            send(on: connection)
        } else {
            connect()
        }
    }

    private func connect() {
        let limits = timeouts
        callDeadline = (loop.now + UInt64(limits.connect) * 1_000_000 * 2, .connect)
        let attempt = attempts.count
        let address = target.address
        loop.pool.connect(to: address, timeout: .milliseconds(limits.connect)).assumeIsolated()
            .whenComplete { [self] result in
                let connection = try? result.get().pipeline.syncOperations.handler(type: UpstreamConnection.self)
                guard !isOver, attempts.count == attempt, upstream == nil, attempts[attempt - 1].endedAt == 0 else {
                    // The caller has left, or the time was over.
                    if let connection { loop.pool.giveBack(connection, of: address, at: loop.now) }
                    return
                }
                if let connection {
                    send(on: connection)
                } else {
                    upstreamDidFail(Self.failure(of: result))
                }
            }
    }

    private static func failure(of result: Result<any Channel, any Error>) -> UpstreamFailure {
        guard case .failure(let error) = result else { return .closed }
        if let error = error as? ChannelError, case .connectTimeout = error { return .timedOut(.connect) }
        return .connect("\(type(of: error))")
    }

    private func send(on connection: UpstreamConnection) {
        upstream = connection
        relay = Relay(callerLeft: relay.callerLeft)
        let outgoing = OutgoingRequest(of: self)
        callDeadline = (loop.now + UInt64(timeouts.firstByte) * 1_000_000, .firstByte)
        connection.send(outgoing.head, body: outgoing.body, to: self)
        if times.sent == 0 {
            times.sent = loop.now
            identifyPrompt()
        }
    }

    var timeouts: CallTimeouts { target.upstream.timeouts ?? snapshot.configuration.timeouts }

    // MARK: After a failure

    /// What to do after an attempt failed of which the caller has seen nothing.
    enum Next {
        /// The next target, at once.
        case nextTarget
        /// The same target.
        case tryAgain(afterMilliseconds: Int64)
        case giveUp
    }

    /// Decides on another attempt: the next target at once, or the same after a pause.
    func next(retryAfter: Int64?) -> Next {
        let hasOtherTarget = targetPosition + 1 < targets.count
        // Where a rule sent it, the model asked for is still to be asked: that is no retry.
        if target.rule != nil, hasOtherTarget, connection != nil { return .nextTarget }
        guard connection != nil, !loop.isDraining else { return .giveUp }
        let settings = snapshot.configuration.retries
        let most = headers.mostRetries.map { min(max($0, 0), 10) + 1 } ?? settings.attempts
        guard hasOtherTarget || attempts.count < most, loop.takeRetry(target.upstream) else { return .giveUp }
        if hasOtherTarget { return .nextTarget }
        let policy = RetryPolicy(
            attempts: most, baseDelay: settings.baseDelay, longestDelay: settings.longestDelay)
        let draw = Double.random(in: 0..<1, using: &loop.random)
        return policy.delay(after: attempts.count, retryAfter: retryAfter, draw: draw).map {
            .tryAgain(afterMilliseconds: $0)
        } ?? .giveUp
    }

    /// Goes on after a failed attempt, whose record is written.
    ///
    /// - Returns: whether it goes on.
    func goOn(_ next: Next) -> Bool {
        switch next {
        case .giveUp: return false
        case .nextTarget:
            recordFailedAttempt()
            targetPosition += 1
            tryAgain(after: 0)
        case .tryAgain(let pause):
            recordFailedAttempt()
            tryAgain(after: pause)
        }
        return true
    }

    /// Puts another attempt off.
    func tryAgain(after milliseconds: Int64) {
        relay = Relay(callerLeft: relay.callerLeft)
        upstream = nil
        callDeadline = nil
        if milliseconds == 0 { return attemptCall() }
        retryAt = loop.now + UInt64(milliseconds) * 1_000_000
    }

    /// Notes how an attempt went, for the breaker.
    func report(success: Bool?) {
        guard let last = attempts.indices.last, !attempts[last].isReported else { return }
        attempts[last].isReported = true
        attempts[last].endedAt = loop.now
        loop.report(attempts[last].target.upstream, success: success)
    }

    /// Ends with an error of ours: no target has answered.
    func giveUp(_ error: CallerError) {
        guard !isOver else { return }
        times.ended = loop.now
        settle(.failed(error), metered: MeteredResponse())
        loop.whenDurable { [self] _ in
            let headers = responseHeaders()
            release { $0.respond(error, family: self.route.family, headers: headers) }
        }
    }
}
