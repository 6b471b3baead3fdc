package import Domain

/// Decides requests by a plan. The gateway asks it about live requests, a replay about recorded ones.
package struct PolicyEngine: Sendable {
    private var matcher: RuleMatcher
    /// Only what the engine was told: an answer's place in its cache, not the answer.
    private var caches: [AnswerCache<Void>?]
    private var prefixes: [PrefixMemory?]

    /// Creates an engine with empty caches.
    package init(_ plan: Plan) {
        matcher = RuleMatcher(plan)
        caches = plan.rules.map { rule in
            guard case .cache(let terms) = rule.action else { return nil }
            return AnswerCache(timeToLive: terms.timeToLive, capacity: terms.entries)
        }
        prefixes = plan.rules.map { rule in
            guard case .alignPrefix(let terms) = rule.action else { return nil }
            return PrefixMemory(terms)
        }
    }

    /// The plan.
    package var plan: Plan { matcher.plan }

    /// Decides a request.
    ///
    /// - Parameter vocabulary: of the request's terms; it may only grow from call to call.
    package mutating func decide(_ request: PolicyRequest, _ vocabulary: Vocabulary) -> PolicyDecision {
        if plan.rules.isEmpty { return PolicyDecision() }
        let rules = plan.rules
        let match = matcher.match(request, vocabulary) { rules[$0].state == .on }
        if match.isHeldOut { return PolicyDecision(match) }
        // Without embeddings a semantic rule is one more exact cache; the first of the two in the plan is asked.
        guard let rule = [match.cache, match.semanticCache].compactMap(\.self).min(),
            case .cache(let terms) = rules[rule].action
        else { return PolicyDecision(match) }
        let found = PolicyDecision.Cache(rule: rule, outcome: look(rule, terms, request))
        // What is answered from a cache is not called: no other rule has anything to do.
        var decision = found.outcome == .hit ? PolicyDecision() : PolicyDecision(match)
        decision.cache = found
        return decision
    }

    private mutating func look(_ position: Int, _ terms: CacheTerms, _ request: PolicyRequest) -> CacheOutcome {
        if terms.match == .semantic, request.normalised.isAbsent { return .needsEmbedding }
        if terms.scope == .customer && request.customer.isAbsent
            || terms.scope == .credential && request.credential.isAbsent
        {
            return .unscoped
        }
        guard let key = key(terms, request) else { return .unidentified }
        return caches[position]?.find(key, at: request.at).outcome ?? .miss
    }

    /// Notes that a request was called and answered, so that its answer may serve others.
    ///
    /// To be told of every call that was decided as a miss; held-out requests never warm a cache.
    package mutating func answered(_ request: PolicyRequest, by decision: PolicyDecision) {
        guard let cache = decision.cache, cache.outcome == .miss || cache.outcome == .expired,
            case .cache(let terms) = plan.rules[cache.rule].action, let key = key(terms, request)
        else { return }
        caches[cache.rule]?.store((), for: key, at: request.answeredAt)
    }

    /// What the provider's cache would read and write of a request that is called.
    ///
    /// - Parameters:
    ///   - hashes: the batch's list of block hashes.
    ///   - route: where it is sent instead of the model asked for; caches are shared within one model.
    ///   - tokens: the prompt's tokens as they are sent.
    package mutating func prefixUse(
        of request: PolicyRequest, by decision: PolicyDecision, hashes: [UInt64], route: RouteTerms?, tokens: Int64
    ) -> PrefixMemory.Use {
        guard let rule = decision.alignPrefix else { return PrefixMemory.Use() }
        let scope =
            route.map { Self.scope(StableShare.salt($0.provider), StableShare.salt($0.model)) }
            ?? Self.scope(matcher.known(request.provider), matcher.known(request.model))
        return prefixes[rule]?.use(request, hashes: hashes, scope: scope, tokens: tokens) ?? PrefixMemory.Use()
    }

    private static func scope(_ provider: UInt64, _ model: UInt64) -> UInt64 { ByteHash.mix(provider, model) }

    /// A semantic rule is as sure as a normalised one where no embedding is at hand.
    private func key(_ terms: CacheTerms, _ request: PolicyRequest) -> AnswerKey? {
        let prompt = terms.match == .exact || request.normalised.isAbsent ? request.exact : request.normalised
        if prompt.isAbsent { return nil }
        let scope: UInt64 =
            switch terms.scope {
            case .customer: matcher.known(request.customer)
            case .credential: matcher.known(request.credential)
            case .everyone: .max
            }
        return AnswerKey(scope: scope, model: matcher.known(request.model), prompt: prompt)
    }
}
