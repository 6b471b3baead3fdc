internal import Domain
internal import NIOCore
internal import NIOHTTP1
internal import Policy
internal import Providers

extension Exchange {
    /// Sends the request to another model where a rule says so; the model asked for stays the next target.
    func askRouter() {
        if course?.directives.onlyCached ?? false { return refuse(Self.notCached) }
        if let position = course?.match.route, case .route(let terms) = course?.rule(position).action,
            headers.upstream == nil
        {
            switch routeTarget(terms, rule: position) {
            case .success(let target):
                targets.insert(target, at: 0)
                course?.act(position, .routed, PlanAction.route(terms).text)
            case .failure(let problem): course?.note(position, problem.reason)
            }
        }
        proceed()
    }

    /// Why a rule's model cannot be asked.
    struct RouteProblem: Error {
        let reason: String
    }

    /// A rule's model as a target of this request, in the words that it understands.
    func routeTarget(_ terms: RouteTerms, rule: Int?) -> Result<CallTarget, RouteProblem> {
        guard let upstream = snapshot.upstream(serving: terms), let address = snapshot.address(of: upstream) else {
            return .failure(RouteProblem(reason: "no upstream is configured that serves \(terms.provider)"))
        }
        guard route.surface.isRoutable(to: upstream.kind) else {
            return .failure(RouteProblem(reason: "\(route.surface.name) is not sent to other models"))
        }
        var target = CallTarget(upstream: upstream, address: address, model: terms.model)
        target.rule = rule
        guard !serves(upstream) || mayHaveTraces else { return .success(target) }
        switch routed(to: target) {
        case .success(let request):
            target.wire = CallWire(request)
            return .success(target)
        case .failure(let problem):
            return .failure(RouteProblem(reason: "\(terms.model) has no counterpart for \"\(problem.path)\""))
        }
    }

    /// A rule's model as the target of a call beside this request, and the call.
    func routeTarget(
        _ terms: RouteTerms, rule: Int, body: WholeCall
    ) -> Result<(target: CallTarget, call: ErrandCall, surface: APISurface), RouteProblem> {
        guard let upstream = snapshot.upstream(serving: terms), let address = snapshot.address(of: upstream) else {
            return .failure(RouteProblem(reason: "no upstream is configured that serves \(terms.provider)"))
        }
        guard route.surface.isRoutable(to: upstream.kind) else {
            return .failure(RouteProblem(reason: "\(route.surface.name) is not sent to other models"))
        }
        let target = CallTarget(upstream: upstream, address: address, model: terms.model)
        let made = body.body.withUnsafeReadableBytes { raw in
            Result { () throws(TranslationProblem) in
                try RoutedRequest.make(
                    raw.bindMemory(to: UInt8.self), route: body.route, uri: body.uri, to: TranslationTarget(target),
                    using: loop.requests)
            }
        }
        switch made {
        case .success(let request): return .success((target, ErrandCall(request), request.surface))
        case .failure(let problem):
            return .failure(RouteProblem(reason: "\(terms.model) has no counterpart for \"\(problem.path)\""))
        }
    }

    /// The request in a target's words.
    func routed(to target: CallTarget) -> Result<RoutedRequest, TranslationProblem> {
        let uri = head.uri
        return (body ?? ByteBuffer()).withUnsafeReadableBytes { raw in
            Result { () throws(TranslationProblem) in
                try RoutedRequest.make(
                    raw.bindMemory(to: UInt8.self), route: route, uri: uri, to: TranslationTarget(target),
                    using: loop.requests)
            }
        }
    }

    /// Whether the conversation bears marks of another provider's answers, which its own provider would refuse.
    private var mayHaveTraces: Bool {
        body?.withUnsafeReadableBytes { Translation.hasTraces($0.bindMemory(to: UInt8.self)) } ?? false
    }
}

extension APISurface {
    /// Whether its requests mean the same to another model: conversations do, vectors do not.
    fileprivate func isRoutable(to kind: UpstreamKind) -> Bool {
        switch self {
        case .chatCompletions, .completions, .messages, .generateContent: true
        // Servers that are compatible with OpenAI's seldom know its newest API.
        case .responses: kind == .openAI || kind == .azure
        default: false
        }
    }
}

extension GatewaySnapshot {
    /// The upstream that a rule's model is asked at: the one it names, else the first of its provider.
    func upstream(serving terms: RouteTerms) -> Upstream? {
        if let name = terms.upstream { return upstream(name) }
        return configuration.upstreams.first { $0.billingProvider == terms.provider }
            ?? upstream(terms.provider)
    }
}

extension TranslationTarget {
    /// What a request is translated for at a target.
    init(_ target: CallTarget) {
        self.init(family: target.upstream.kind.family, model: target.model ?? "", outputLimit: 4_096)
        isAzure = target.upstream.kind == .azure
        usesOldOutputLimit = target.upstream.kind == .openAICompatible
    }
}

extension UpstreamKind {
    /// Whose API it speaks.
    var family: ProviderFamily {
        switch self {
        case .openAI, .openAICompatible, .azure: .openAI
        case .anthropic: .anthropic
        case .gemini: .gemini
        case .bedrock: .bedrock
        }
    }
}
