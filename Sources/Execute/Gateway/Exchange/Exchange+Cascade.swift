internal import Domain
internal import JSONScan
internal import NIOCore
internal import NIOHTTP1
internal import Policy
internal import Providers

extension Exchange {
    /// Checks that the answer under way has to pass before it is served.
    private var checks: [AnswerCheck] { checks(of: target) }

    /// Whether an answer of a target has to pass checks.
    func hasChecks(_ target: CallTarget) -> Bool { !checks(of: target).isEmpty }

    private func checks(of target: CallTarget) -> [AnswerCheck] {
        guard let position = target.rule, case .route(let terms) = course?.rule(position).action else { return [] }
        return terms.checks
    }

    /// Whether the answer is held until it has passed.
    var isChecked: Bool { target.rule != nil && !checks.isEmpty && attempts.last?.status ?? 0 < 400 }

    /// Looks at a cheap answer that is whole.
    ///
    /// - Returns: whether it does not go on as it is: it is asked about, the next target is called, or a checked stream
    ///   has been let through.
    func mayEscalate() -> Bool {
        let answer = checkedAnswer()
        let verdict =
            answer.map { CascadeCheck.verdict(of: checks.compactMap(CascadeCheck.init), on: $0) }
            ?? .unavailable("it cannot be read")
        guard verdict == .good, let judge = judgingModel, let answer else {
            return act(on: Cascade().next(after: verdict))
        }
        giveConnectionBack()
        guard !answer.text.isEmpty, let conversation = body.flatMap({ conversation(of: $0) }) else {
            return act(on: Cascade().next(after: .unavailable("a judge reads texts only")))
        }
        let question = JudgeQuestion(
            conversation: conversation, candidate: answer.text, instructions: judge.instructions)
        course?.judgedSince = loop.now
        ask(judge, question) { [self] verdict in
            guard !isOver, course?.judgedSince != nil else { return }
            course?.judgedSince = nil
            if !act(on: Cascade().next(after: verdict)) { endOfAnswer() }
        }
        return true
    }

    /// Nanoseconds that a judge is waited for before the model asked for is asked.
    private static let longestJudging: UInt64 = 30_000_000_000

    /// Waits for the judge no longer.
    func checkJudge(at now: UInt64) {
        guard let since = course?.judgedSince, now >= since + Self.longestJudging else { return }
        course?.judgedSince = nil
        _ = act(on: Cascade().next(after: .unavailable("it took too long")))
    }

    private var judgingModel: ModelJudge? {
        for case .judge(let model) in checks { return model }
        return nil
    }

    private func giveConnectionBack() {
        report(success: true)
        if let upstream { loop.pool.giveBack(upstream, of: target.address, at: loop.now) }
        upstream = nil
        callDeadline = nil
    }

    private func act(on step: Cascade.Step) -> Bool {
        if let position = target.rule { course?.note(position, step.reason) }
        switch step {
        case .serve:
            letThrough()
            return false
        case .escalate:
            escalate()
            return true
        }
    }

    /// A stream that was held goes on as if it came now.
    private func letThrough() {
        guard let head = relay.head, head.headers.first(name: "content-type")?.hasPrefix("text/event-stream") ?? false,
            let held = relay.held
        else { return }
        relay.held = nil
        beginHeldStream(head, held)
    }

    /// An answer that is too large to be looked at.
    func escalateUnseen() {
        upstream?.cancel()
        upstream = nil
        if let position = target.rule { course?.note(position, "its answer is too large to be checked") }
        escalate()
    }

    /// Puts another provider's whole answer into the caller's words; where that cannot be done the model asked for is asked.
    func cannotBeTranslated() -> Bool {
        guard let reply = relay.reply, targetPosition + 1 < targets.count, let held = relay.held else { return false }
        let whole = held.withUnsafeReadableBytes { raw in
            reply.whole(status: attempts.last?.status ?? 200, raw.bindMemory(to: UInt8.self))
        }
        guard whole.failure != nil else { return false }
        if let position = target.rule { course?.note(position, "its answer has no counterpart in the caller's API") }
        escalate()
        return true
    }

    /// Keeps the books of the cheap answer, and asks the next target.
    private func escalate() {
        times.ended = loop.now
        giveConnectionBack()
        recordRefusedAnswer()
        course?.fellBack()
        targetPosition += 1
        guard targetPosition < targets.count else {
            return giveUp(
                CallerError(status: 502, code: "not_good_enough", message: "No answer has passed the rule's checks."))
        }
        tryAgain(after: 0)
    }

    private func checkedAnswer() -> CheckedAnswer? {
        guard let held = relay.held, relay.inflater == nil else { return nil }
        let isEvents = relay.head?.headers.first(name: "content-type")?.hasPrefix("text/event-stream") ?? false
        let reading = held.withUnsafeReadableBytes { raw in
            let bytes = raw.bindMemory(to: UInt8.self)
            return isEvents
                ? Providers.AnswerText.read(calledSurface, stream: bytes)
                : Providers.AnswerText.read(calledSurface, body: bytes)
        }
        guard let reading, let body else { return nil }
        return checked(reading, body)
    }

    /// An answer to a request as checks look at it.
    func checked(_ reading: AnswerReading, _ body: ByteBuffer) -> CheckedAnswer {
        let tools = body.withUnsafeReadableBytes {
            OfferedTool.read(route.surface, body: $0.bindMemory(to: UInt8.self))
        }
        return CheckedAnswer(reading, tools: tools ?? [])
    }
}

extension CascadeCheck {
    /// A plan's check that needs nobody; `nil` for a model that is to be asked.
    init?(_ check: AnswerCheck) {
        switch check {
        case .json: self = .json
        case .jsonSchema(let text): self = .jsonSchema((try? JSONValue.parse(text)) ?? .null)
        case .pattern(let pattern): self = .pattern(pattern)
        case .toolCalls: self = .toolCalls
        case .leastLogprob(let least): self = .meanLogProbability(least)
        case .judge: return nil
        }
    }
}

extension CheckedAnswer {
    /// An answer as checks look at it.
    init(_ reading: AnswerReading, tools: [OfferedTool]) {
        self.init(
            text: reading.text, calls: reading.toolCalls.map { Call(name: $0.name, arguments: $0.arguments) },
            isComplete: reading.isComplete, leastLogProbability: reading.leastLogProbability,
            meanLogProbability: reading.meanLogProbability,
            tools: tools.map { Tool(name: $0.name, schema: $0.schema) })
    }
}
