internal import Domain
internal import NIOCore
internal import NIOHTTP1
internal import Policy
internal import Providers

/// What happens behind an answer: levers on trial are tried, and answers that levers gave are compared with what the model
/// asked for would have said. Each comparison ends as a verdict at the lever's gate.
final class AnswerComparison {
    private let exchange: Exchange
    private let body: ByteBuffer
    private let course: LeverCourse

    /// `nil` where nothing is to be compared.
    init?(_ exchange: Exchange) {
        guard let course = exchange.course, course.comparesAnswer, exchange.errand == nil, let body = exchange.body
        else { return nil }
        (self.exchange, self.body, self.course) = (exchange, body, course)
    }

    /// Compares.
    ///
    /// - Parameter answer: what the caller got.
    func start(_ answer: AnswerReading?) {
        for position in course.trials where isJudged(position) { tryOut(position, beside: answer) }
        guard let position = course.judged, isJudged(position) else { return }
        guard let asked = course.asked, let call = wholeCall else { return }
        exchange.run(.shadow, ErrandCall(call), to: asked) { [self] baseline in
            judge(position, answer, against: Self.reading(baseline, call.route.surface))
        }
    }

    /// Whether there is anything to compare: where applications judge, nobody else does.
    private func isJudged(_ position: Int) -> Bool { course.rule(position).qualityInForce.judge != .feedback }

    private func tryOut(_ position: Int, beside answer: AnswerReading?) {
        switch course.rule(position).action {
        case .route(let terms): shadow(position, terms, beside: answer)
        case .cache: if let candidate = course.candidate { judge(position, candidate, against: answer) }
        case .shorten, .limitOutput, .alignPrefix, .tier: break
        }
    }

    private func shadow(_ position: Int, _ terms: RouteTerms, beside answer: AnswerReading?) {
        guard answer?.isComplete ?? false, let call = wholeCall,
            case .success(let found) = exchange.routeTarget(terms, rule: position, body: call)
        else { return }
        exchange.run(.shadow, found.call, to: found.target) { [self] candidate in
            judge(position, Self.reading(candidate, found.surface), against: answer)
        }
    }

    private var wholeCall: WholeCall? { WholeCall(body, uri: exchange.head.uri, route: exchange.route) }

    private static func reading(_ answer: ErrandAnswer?, _ surface: APISurface) -> AnswerReading? {
        answer?.body?.withUnsafeBufferPointer { Providers.AnswerText.read(surface, body: $0) }
    }

    // MARK: Judging

    private func judge(_ position: Int, _ candidate: AnswerReading?, against baseline: AnswerReading?) {
        let rule = course.rule(position)
        let judge = rule.qualityInForce.judge
        let pair = AnswerPair(candidate, against: baseline)
        if case .model(let model) = judge, let texts = pair.texts {
            return ask(model, texts) { [self] in take($0, on: rule) }
        }
        take(pair.verdict(of: judge), on: rule)
    }

    private func take(_ verdict: Verdict, on rule: PlanRule) {
        let core = exchange.loop.core
        core.take(verdict, on: rule.name)
        if case .scored(let loss) = verdict { core.levers.withBooks { $0.judged(exchange.id.text, loss: loss.value) } }
    }

    private func ask(
        _ model: ModelJudge, _ texts: (candidate: String, baseline: String), _ done: @escaping (Verdict) -> Void
    ) {
        let question = JudgeQuestion(
            conversation: exchange.conversation(of: body) ?? Conversation([]), candidate: texts.candidate,
            baseline: texts.baseline, instructions: model.instructions)
        exchange.ask(model, question, .candidateFirst) { [exchange] first in
            exchange.ask(model, question, .baselineFirst) { swapped in
                done(Verdict.inBothOrders(first, swapped))
            }
        }
    }
}
