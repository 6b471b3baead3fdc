package import Domain

/// What is done with a request: at most one rule of each kind, in the order of a request's life.
package struct PolicyDecision: Sendable, Hashable {
    /// A look-up.
    package struct Cache: Sendable, Hashable {
        /// The rule's position in the plan.
        package let rule: Int
        /// What it found.
        package let outcome: CacheOutcome
    }

    /// Left untouched on purpose, to measure against.
    package var isHeldOut = false
    /// The cache that was asked.
    package var cache: Cache?
    /// The rule that sends it to another model.
    package var route: Int?
    /// The rule that shortens its prompt.
    package var shorten: Int?
    /// The rule that limits its output.
    package var limitOutput: Int?
    /// The rule that aligns its prefix for the provider's cache.
    package var alignPrefix: Int?
    /// The rule that buys it in another tier.
    package var tier: Int?

    /// Creates a decision to pass.
    package init() {}

    /// Creates a decision by the rules that mean a request; no cache has been asked yet.
    init(_ match: PolicyMatch) {
        isHeldOut = match.isHeldOut
        (route, shorten, limitOutput) = (match.route, match.shorten, match.limitOutput)
        (alignPrefix, tier) = (match.alignPrefix, match.tier)
    }

    /// Whether the answer comes from a cache.
    package var isHit: Bool { cache?.outcome == .hit }

    /// Why, for a person.
    package func reason(in plan: Plan) -> String {
        if isHeldOut { return "held out: left untouched to measure against" }
        var parts: [String] = []
        if let cache { parts.append("\(plan.rules[cache.rule].name): \(cache.outcome.text)") }
        for rule in [route, shorten, limitOutput, alignPrefix, tier].compactMap({ $0 }) {
            parts.append(plan.rules[rule].name + ": " + plan.rules[rule].action.text)
        }
        return parts.isEmpty ? "passed: no rule of the plan means it" : parts.joined(separator: "; ")
    }
}

extension CacheOutcome {
    /// In words.
    package var text: String {
        switch self {
        case .hit: "answered from the cache"
        case .miss: "not in the cache"
        case .expired: "in the cache, but too old"
        case .unidentified: "the request has no prompt identity"
        case .unscoped: "the request does not say whose it is"
        case .needsEmbedding: "what means the same needs an embedding"
        }
    }
}

extension PlanAction {
    /// In words.
    package var text: String {
        switch self {
        case .cache: "asked the cache"
        case .route(let terms): "sent to \(terms.model)"
        case .shorten: "prompt shortened"
        case .limitOutput(let terms): terms.isReasoning ? "less reasoning" : "output limited"
        case .alignPrefix: "prefix aligned for the provider's cache"
        case .tier(let terms): "bought in the \(terms.tier) tier"
        }
    }
}
