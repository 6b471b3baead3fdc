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

    /// Reads what the caller got.
    var reading: () -> AnswerReading? = { nil }

    /// Compares.
    func start() {
        let answer = reading()
        if course.triesLevers, answer?.isComplete ?? false {
            for position in course.trials where isJudged(position) { tryOut(position, beside: answer) }
        }
        guard let position = course.judged, isJudged(position), let answer, let asked = course.asked,
            let call = wholeCall
        else { return }
        exchange.run(.shadow, ErrandCall(call), to: asked) { [self] baseline in
            judge(position, answer, against: Self.reading(baseline, call.route.surface), isServed: true)
        }
    }

    /// Whether there is anything to compare: where applications judge, nobody else does.
    private func isJudged(_ position: Int) -> Bool { course.rule(position).qualityInForce.judge != .feedback }

    private func tryOut(_ position: Int, beside answer: AnswerReading?) {
        switch course.rule(position).action {
        case .route(let terms): shadow(position, terms, beside: answer)
        case .cache:
            if let candidate = course.candidate { judge(position, candidate, against: answer, isServed: false) }
        case .shorten, .limitOutput, .alignPrefix, .tier: break
        }
    }

    private func shadow(_ position: Int, _ terms: RouteTerms, beside answer: AnswerReading?) {
        guard let call = wholeCall,
            case .success(let found) = exchange.routeTarget(terms, rule: position, body: call)
        else { return }
        exchange.run(.shadow, found.call, to: found.target) { [self] answered in
            let candidate = Self.reading(answered, found.surface)
            // What its checks refuse would not be served: the model asked for answers, and nothing is lost.
            let checks = terms.checks.compactMap(CascadeCheck.init)
            if let candidate, !checks.isEmpty {
                guard CascadeCheck.verdict(of: checks, on: exchange.checked(candidate, body)) == .good else { return }
            }
            judge(position, candidate, against: answer, isServed: false)
        }
    }

    private var wholeCall: WholeCall? { WholeCall(body, uri: exchange.head.uri, route: exchange.route) }

    private static func reading(_ answer: ErrandAnswer?, _ surface: APISurface) -> AnswerReading? {
        answer?.body?.withUnsafeBufferPointer { Providers.AnswerText.read(surface, body: $0) }
    }

    // MARK: Judging

    private func judge(
        _ position: Int, _ candidate: AnswerReading?, against baseline: AnswerReading?, isServed: Bool
    ) {
        // What ends because the gateway ends says nothing of the lever.
        if exchange.loop.isDraining { return }
        let rule = course.rule(position)
        let judge = rule.qualityInForce.judge
        let pair = AnswerPair(candidate, against: baseline)
        if case .model(let model) = judge, let texts = pair.texts {
            return ask(model, texts) { [self] in take($0, on: rule, isServed: isServed) }
        }
        take(pair.verdict(of: judge), on: rule, isServed: isServed)
    }

    private func take(_ verdict: Verdict, on rule: PlanRule, isServed: Bool) {
        let core = exchange.loop.core
        core.take(verdict, on: rule, of: course.plan)
        guard isServed, case .scored(let loss) = verdict else { return }
        core.levers.withBooks { $0.judged(exchange.id.text, loss: loss.value) }
    }

    private func ask(
        _ model: ModelJudge, _ texts: (candidate: String, baseline: String), _ done: @escaping (Verdict) -> Void
    ) {
        guard let conversation = exchange.conversation(of: body) else {
            return done(.failed("the question is no text that a judge could read"))
        }
        let question = JudgeQuestion(
            conversation: conversation, candidate: texts.candidate, baseline: texts.baseline,
            instructions: model.instructions)
        exchange.ask(model, question, .candidateFirst) { [exchange] first in
            exchange.ask(model, question, .baselineFirst) { swapped in
                done(Verdict.inBothOrders(first, swapped))
            }
        }
    }
}
