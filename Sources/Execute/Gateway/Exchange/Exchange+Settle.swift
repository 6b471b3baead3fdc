internal import Domain
internal import Inputs
internal import Ledger
internal import NIOCore
internal import NIOHTTP1
internal import Policy
internal import Providers

extension Exchange {
    /// Meters, settles and releases: the end of every call that was made.
    func finish(_ end: CallEnd) {
        guard !isOver else { return }
        let isMetered = relay.meter != nil
        var (rest, metered) = meterEnd()
        if route.family == .bedrock, route.surface.isMetered, let head = relay.head {
            metered.takeBedrock { head.headers.first(name: $0) }
        }
        var end = end
        // An upstream that stops in the middle of a stream without an error must not look like one that has finished.
        if case .answered = end, isMetered, !metered.reachedEnd, metered.errorType == nil { end = .truncated(.closed) }
        if let reply = relay.reply { (end, rest) = translateEnd(reply, end) }
        settle(end, metered: metered, rest: rest)
        loop.whenDurable { [self] _ in
            switch end {
            case .answered: releaseAnswer(rest)
            case .truncated: release { $0.breakOff() }
            case .callerLeft, .failed: release { $0.breakOff() }
            }
            compareNow()
        }
    }

    /// Comparisons come behind the answer's last byte.
    private func compareLater(_ end: CallEnd, _ outcome: CallOutcome, rest: [UInt8]) {
        guard case .answered = end, let comparison = AnswerComparison(self) else { return }
        comparison.reading = { [unowned self] in answerReading(end, outcome, rest: rest) }
        self.comparison = comparison
    }

    /// Begins what was put off until the answer was released.
    func compareNow() {
        let comparison = comparison
        self.comparison = nil
        comparison?.start()
    }

    /// Reads the usage off what came, and what was held back of a stream.
    private func meterEnd() -> (rest: [UInt8], MeteredResponse) {
        if var meter = relay.meter {
            relay.meter = nil
            return meter.finish()
        }
        if holdsEvents { return ([], meterHeld()) }
        guard route.surface.isMetered, let held = relay.held, attempts.last?.status ?? 0 < 400 else {
            return ([], MeteredResponse())
        }
        if relay.inflater != nil {
            let plain = held.withUnsafeReadableBytes { relay.inflater?.push($0) ?? [] }
            return ([], plain.withUnsafeBufferPointer { loop.responses.read(calledSurface, $0) })
        }
        return (
            [], held.withUnsafeReadableBytes { loop.responses.read(calledSurface, $0.bindMemory(to: UInt8.self)) }
        )
    }

    /// Puts the end of another provider's answer into the caller's words.
    private func translateEnd(_ reply: RoutedReply, _ end: CallEnd) -> (CallEnd, rest: [UInt8]) {
        var (reply, end) = (reply, end)
        if relay.isStream {
            var broken: CallerError?
            if case .truncated = end {
                broken = CallerError(
                    status: 502, code: "upstream_unavailable", message: "The provider's answer broke off. Try again.")
            }
            let last = reply.finish(after: broken)
            if case .answered = end, last.failure != nil { end = .truncated(.closed) }
            return (end, last.bytes)
        }
        guard case .answered = end, let held = relay.held else { return (end, []) }
        let whole = held.withUnsafeReadableBytes { raw in
            reply.whole(status: attempts.last?.status ?? 200, raw.bindMemory(to: UInt8.self))
        }
        relay.held = ByteBuffer(bytes: whole.body)
        relay.head?.status = HTTPResponseStatus(statusCode: whole.status)
        return (end, [])
    }

    /// Replaces the reservation by what the call cost, and writes its record.
    ///
    /// - Parameter rest: what was held back of a stream.
    func settle(_ end: CallEnd, metered: MeteredResponse, rest: [UInt8] = []) {
        isOver = true
        if target.rule == nil { course?.fellBack() }
        let outcome = CallOutcome(of: self, end: end, metered: metered)
        if let ticket {
            self.ticket = nil
            loop.core.settle(
                ticket, spender: caller.spender, cost: outcome.cost + spentBefore, tokens: outcome.usage.total)
        }
        if isRecorded { append(.finalRecord, outcome) }
        if isBatchResult, let copy = relay.copy { recordBatchResults(copy) }
        loop.metrics.count(outcome, of: self)
        if snapshot.configuration.otlpEndpoint != nil { loop.core.keep(finishedCall(outcome)) }
        relay.cost = outcome.costKind == .unpriced ? nil : outcome.cost + spentBefore
        relay.saving = outcome.saving - spentBefore
        countLevers(saved: relay.saving)
        compareLater(end, outcome, rest: rest)
        land(end, outcome, rest: rest)
        errand?.end(ErrandAnswer(end, outcome, relay))
        body = nil
    }

    /// Writes the record of a request that was answered by what was answered before.
    func settleAnswered(by answer: StoredAnswer) {
        isOver = true
        let outcome = CallOutcome(answeredBy: answer)
        if let ticket {
            self.ticket = nil
            loop.core.settle(ticket, spender: caller.spender, cost: .zero, tokens: 0)
        }
        append(.record, outcome)
        loop.metrics.count(outcome, of: self)
        if snapshot.configuration.otlpEndpoint != nil { loop.core.keep(finishedCall(outcome)) }
        (relay.cost, relay.saving) = (.zero, outcome.saving)
        countLevers(saved: outcome.saving)
        comparison = AnswerComparison(self)
        comparison?.reading = { [surface = route.surface] in answer.reading(surface) }
        body = nil
    }

    /// An answer that a rule's checks refused was paid for, and served nobody.
    func recordRefusedAnswer() {
        guard isRecorded else { return }
        var outcome = CallOutcome(of: self, end: .answered, metered: meterHeld())
        outcome.purpose = .shadow
        if outcome.costKind != .unpriced { spentBefore = spentBefore + outcome.cost }
        append(.record, outcome)
    }

    /// Whether a stream is held, because it has to pass checks.
    private var holdsEvents: Bool {
        relay.held != nil && relay.meter == nil && !relay.isStream
            && relay.head?.headers.first(name: "content-type")?.hasPrefix("text/event-stream") ?? false
    }

    /// Reads the usage off an answer that is held, a stream included.
    private func meterHeld() -> MeteredResponse {
        guard holdsEvents, let held = relay.held else { return meterEnd().1 }
        var meter = StreamMeter(surface: calledSurface, hidesUsageChunk: false)
        _ = held.withUnsafeReadableBytes { meter.take($0.bindMemory(to: UInt8.self)) }
        return meter.finish().1
    }

    /// A request that was refused leaves a record without cost.
    func settleRefusal(_ error: CallerError) {
        releaseTicket()
        // While the journal cannot be written, refusals are only counted, or they would fill the memory.
        guard hasIntent || (route.surface.isMetered && error.status != 401 && loop.core.journalFailure == nil) else {
            return
        }
        let outcome = CallOutcome(refused: error, of: self)
        append(hasIntent ? .finalRecord : .record, outcome)
    }

    /// An attempt that failed and is followed by another leaves a record of its own.
    func recordFailedAttempt() {
        guard isRecorded else { return }
        append(.record, CallOutcome(failedAttemptOf: self))
    }

    // MARK: Release

    /// Lets the caller have what is left, if it is still there.
    func release(_ body: (CallerConnection) -> Void) {
        guard let connection = takeConnection() else { return }
        body(connection)
    }

    private func releaseAnswer(_ rest: [UInt8]) {
        guard let connection = self.connection else { return }
        if !relay.hasBegun { sendHead() }
        if let held = relay.held, held.readableBytes > 0 { connection.send(held) }
        if !rest.isEmpty { connection.send(ByteBuffer(bytes: rest)) }
        let isChunked =
            relay.isStream && head.version == .http1_1
            && !(relay.head?.headers.contains(name: "content-length") ?? true)
        release { $0.sendEnd(isChunked ? self.costHeaders() : nil) }
    }

    /// Sends the head: the upstream's, with what the gateway has to say.
    func sendHead() {
        guard let connection, let upstreamHead = relay.head else { return }
        var head = HTTPResponseHead(version: .http1_1, status: upstreamHead.status)
        head.headers.reserveCapacity(upstreamHead.headers.count + 6)
        for (name, value) in upstreamHead.headers {
            let role = HeaderRole.of(name)
            // What another provider says of itself is not in the caller's words.
            if target.wire?.reply != nil, !HeaderRole.isNeutral(name) { continue }
            // A chunk may be taken out of a metered stream, and of a kept answer the length is known: it is set anew.
            if role == .hop || (role == .contentLength && (route.surface.isMetered || !relay.isStream)) { continue }
            head.headers.add(name: name, value: value)
        }
        if let reply = target.wire?.reply {
            let isError = upstreamHead.status.code >= 400
            head.headers.replaceOrAdd(name: "content-type", value: isError ? "application/json" : reply.contentType)
        }
        if relay.isStream, route.surface.isMetered { relay.head?.headers.remove(name: "content-length") }
        if !relay.isStream {
            head.headers.add(name: "content-length", value: String(relay.held?.readableBytes ?? 0))
        }
        for (name, value) in course?.cacheHeaders ?? [] { head.headers.add(name: name, value: value) }
        head.headers.add(
            contentsOf: relay.isStream ? HTTPHeaders([("x-payback-request-id", id.text)]) : responseHeaders())
        if relay.isStream, !head.headers.contains(name: "content-length") {
            head.headers.add(name: "trailer", value: "x-payback-cost-usd, x-payback-saving-usd, x-payback-overhead-ms")
        }
        relay.hasBegun = true
        connection.send(head)
        if relay.isStream { connection.flush() }
    }

    /// The request's id and what it cost.
    func responseHeaders() -> HTTPHeaders {
        var headers = HTTPHeaders([("x-payback-request-id", id.text)])
        headers.add(contentsOf: costHeaders())
        return headers
    }

    /// Cost and saving in USD, and the gateway's own time in milliseconds.
    func costHeaders() -> HTTPHeaders {
        var headers = HTTPHeaders()
        if let cost = relay.cost {
            headers.add(name: "x-payback-cost-usd", value: cost.decimalText)
            headers.add(name: "x-payback-saving-usd", value: relay.saving.decimalText)
        }
        let micros = times.overhead(at: loop.now) / 1_000
        headers.add(name: "x-payback-overhead-ms", value: Int128(micros).decimalText(scale: 3))
        return headers
    }
}
