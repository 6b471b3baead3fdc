internal import Domain
internal import JSONScan
internal import NIOCore
internal import NIOHTTP1
internal import Policy
internal import Providers

extension Exchange {
    /// Checks that the answer under way has to pass before it is served.
    private var checks: [AnswerCheck] {
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
        let question = JudgeQuestion(
            conversation: body.flatMap { conversation(of: $0) } ?? Conversation([]), candidate: answer.text,
            instructions: judge.instructions)
        ask(judge, question) { [self] verdict in
            guard !isOver else { return }
            if !act(on: Cascade().next(after: verdict)) { endOfAnswer() }
        }
        return true
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

    /// Keeps the books of the cheap answer, and asks the next target.
    private func escalate() {
        times.ended = loop.now
        giveConnectionBack()
        recordRefusedAnswer()
        course?.action = .pass
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
        return reading.map { CheckedAnswer($0, tools: offeredTools) }
    }

    private var offeredTools: [OfferedTool] {
        body?.withUnsafeReadableBytes { OfferedTool.read(route.surface, body: $0.bindMemory(to: UInt8.self)) } ?? []
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
