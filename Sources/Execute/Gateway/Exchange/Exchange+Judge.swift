internal import Domain
internal import NIOCore
internal import Policy
internal import Providers
internal import Statistics

extension Exchange {
    /// Asks a model what it thinks of an answer beside another.
    func ask(
        _ judge: ModelJudge, _ question: JudgeQuestion, _ order: JudgeQuestion.Order,
        _ done: @escaping (Verdict) -> Void
    ) {
        send(judge, question, order) { text in
            done(text.map { JudgeReply.verdict(of: $0, order: order) } ?? .failed("the judge could not be asked"))
        }
    }

    /// Asks a model whether an answer will do by itself.
    func ask(_ judge: ModelJudge, _ question: JudgeQuestion, _ done: @escaping (Cascade.Verdict) -> Void) {
        send(judge, question, .candidateFirst) { text in
            done(text.map { JudgeReply.acceptance(of: $0) } ?? .unavailable("the judge could not be asked"))
        }
    }

    private func send(
        _ judge: ModelJudge, _ question: JudgeQuestion, _ order: JudgeQuestion.Order,
        _ done: @escaping (String?) -> Void
    ) {
        guard let upstream = snapshot.upstream(of: judge), let address = snapshot.address(of: upstream),
            let model = JudgeModel(judge, upstream),
            let body = question.body(for: model, order: order, boundary: loop.boundary())
        else { return done(nil) }
        let isAnthropic = upstream.kind == .anthropic
        var call = ErrandCall(uri: isAnthropic ? "/v1/messages" : "/v1/chat/completions", body: ByteBuffer(bytes: body))
        call.headers = ["content-type": "application/json"]
        if isAnthropic { call.headers["anthropic-version"] = Translation.anthropicVersion }
        let surface: APISurface = isAnthropic ? .messages : .chatCompletions
        let target = CallTarget(upstream: upstream, address: address, model: judge.model)
        let isBegun = run(.judge, call, to: target) { answer in
            done(answer?.body?.withUnsafeBufferPointer { Providers.AnswerText.read(surface, body: $0)?.text })
        }
        if !isBegun, connection != nil { done(nil) }
    }

    /// What was said before the answer; `nil` where some of it is no text.
    func conversation(of body: ByteBuffer) -> Conversation? {
        let turns = body.withUnsafeReadableBytes {
            ConversationReading.read(route.surface, body: $0.bindMemory(to: UInt8.self))
        }
        return turns.map { turns in
            Conversation(turns.map { Conversation.Turn(speaker: $0.speaker.rawValue, text: $0.text) })
        }
    }
}

extension GatewaySnapshot {
    /// The upstream that a judge's model is asked at: the one that is named, else the first that speaks an API it can be
    /// asked in.
    func upstream(of judge: ModelJudge) -> Upstream? {
        if let name = judge.upstream { return upstream(name) }
        let family: UpstreamKind = judge.model.hasPrefix("claude") ? .anthropic : .openAI
        return configuration.upstreams.first { $0.kind == family }
            ?? configuration.upstreams.first { $0.kind == .openAICompatible }
    }
}

extension JudgeModel {
    /// How a judge's model is asked at an upstream; `nil` where that speaks no API that judges are asked in.
    init?(_ judge: ModelJudge, _ upstream: Upstream) {
        switch upstream.kind {
        case .openAI, .openAICompatible: self.init(judge.model, api: .chatCompletions)
        case .anthropic: self.init(judge.model, api: .messages)
        case .azure, .gemini, .bedrock: return nil
        }
        usesOldOutputLimit = upstream.kind == .openAICompatible
    }
}

extension LoopContext {
    /// Letters that no text holds by accident.
    func boundary() -> String {
        (0..<3).map { _ in String(UInt64.random(in: .min ... .max, using: &random), radix: 36) }.joined()
    }
}
