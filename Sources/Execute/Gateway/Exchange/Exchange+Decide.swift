internal import Domain
internal import Providers

/// A model of an upstream that a request can be sent to.
struct CallTarget {
    let upstream: Upstream
    let address: UpstreamAddress
    /// The model as the upstream calls it; absent where the request names none.
    let model: String?
    /// The rule that sends the request there; absent where it goes as it was asked.
    var rule: Int?
    /// The request in the target's words, where they are not the caller's.
    var wire: CallWire?

    init(upstream: Upstream, address: UpstreamAddress, model: String?) {
        (self.upstream, self.address, self.model) = (upstream, address, model)
    }

    /// The model as records name it where no answer has: of Bedrock the one in an ARN.
    var recordedModel: String? { model.map { upstream.kind == .bedrock ? BedrockModel.name(of: $0) ?? $0 : $0 } }

    /// The model as the price book may know it.
    var pricedModel: String? {
        model.flatMap { upstream.pricedAs[$0] } ?? recordedModel
    }
}

extension Exchange {
    /// Says where the request goes: the first target, and the others in turn when it fails.
    ///
    /// As it was asked: what a plan makes of it comes after (``consult()``).
    func decide() throws(CallerError) {
        targets = try named().compactMap { upstream, model in
            snapshot.address(of: upstream).map { CallTarget(upstream: upstream, address: $0, model: model) }
        }
        guard !targets.isEmpty else { throw noUpstream }
    }

    private func named() throws(CallerError) -> [(Upstream, String?)] {
        if let model = facts.model, let route = snapshot.route(model) {
            let fitting = route.targets.compactMap { target in
                snapshot.upstream(target.upstream).map { ($0, target.model) }
            }.filter { serves($0.0) }
            guard !fitting.isEmpty else {
                throw CallerError(
                    status: 400, code: "model_not_found",
                    message:
                        "The alias \"\(model)\" has no target that speaks this API; call it by the API of its upstreams.",
                    parameter: "model")
            }
            return fitting
        }
        let candidates = snapshot.configuration.upstreams.filter(serves)
        if let name = headers.upstream {
            guard let upstream = candidates.first(where: { $0.name == name }) else { throw noUpstream }
            return [(upstream, facts.model)]
        }
        // `azure-eu/gpt-4o` names the upstream as well.
        if let model = facts.model, let slash = model.firstIndex(of: "/"),
            let upstream = candidates.first(where: { $0.name == model[..<slash] })
        {
            return [(upstream, String(model[model.index(after: slash)...]))]
        }
        return candidates.first.map { [($0, facts.model)] } ?? []
    }

    /// Whether an upstream speaks the API that was called.
    func serves(_ upstream: Upstream) -> Bool {
        switch upstream.kind {
        case .openAI, .openAICompatible: route.family == .openAI && !route.isAzure
        case .azure: route.family == .openAI && route.isAzure
        case .anthropic: route.family == .anthropic
        case .gemini: route.family == .gemini
        case .bedrock: route.family == .bedrock
        }
    }

    private var noUpstream: CallerError {
        let api = route.isAzure ? "Azure OpenAI's" : route.family.apiName
        return CallerError(
            status: 404, code: "model_not_found",
            message: "No upstream that speaks \(api) API is configured; add one to payback.yaml (payback config check)."
        )
    }
}

extension ProviderFamily {
    /// Whose API it is, for messages.
    var apiName: String {
        switch self {
        case .openAI: "OpenAI's"
        case .anthropic: "Anthropic's"
        case .gemini: "Gemini's"
        case .bedrock: "Amazon Bedrock's"
        }
    }
}
