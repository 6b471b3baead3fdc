package import Domain

/// Decides requests by a plan. The gateway asks it about live requests, a replay about recorded ones.
package struct PolicyEngine: Sendable {
    /// The plan.
    package let plan: Plan
    private var selectors: [SelectorTable]
    /// Only what the engine was told: an answer's place in its cache, not the answer.
    private var caches: [AnswerCache<Void>?]
    private var prefixes: [PrefixMemory?]
    private let salts: [UInt64]
    private let holdoutSalt: UInt64
    /// Hashes of names by their terms: numbers of terms differ from process to process, these do not.
    private var hashes: [UInt64] = []

    /// Creates an engine with empty caches.
    package init(_ plan: Plan) {
        self.plan = plan
        selectors = plan.rules.map { SelectorTable($0.selector) }
        caches = plan.rules.map { rule in
            guard case .cache(let terms) = rule.action else { return nil }
            return AnswerCache(timeToLive: terms.timeToLive, capacity: terms.entries)
        }
        prefixes = plan.rules.map { rule in
            guard case .alignPrefix(let terms) = rule.action else { return nil }
            return PrefixMemory(terms)
        }
        salts = plan.rules.map { StableShare.salt($0.name) }
        holdoutSalt = StableShare.salt(plan.holdout.salt)
    }

    /// Decides a request.
    ///
    /// - Parameter vocabulary: of the request's terms; it may only grow from call to call.
    package mutating func decide(_ request: PolicyRequest, _ vocabulary: Vocabulary) -> PolicyDecision {
        var decision = PolicyDecision()
        if plan.rules.isEmpty { return decision }
        let stratum = hash(of: request.customer, vocabulary)
        if StableShare.takes(request.holdoutUnit, stratum: stratum, salt: holdoutSalt, share: plan.holdout.share) {
            decision.isHeldOut = true
            return decision
        }
        for position in plan.rules.indices where plan.rules[position].state == .on {
            guard decision.isOpen(for: plan.rules[position].action),
                selectors[position].matches(request, vocabulary)
            else { continue }
            apply(position, to: request, &decision)
            if decision.isHit { break }
        }
        return decision
    }

    private mutating func apply(_ position: Int, to request: PolicyRequest, _ decision: inout PolicyDecision) {
        switch plan.rules[position].action {
        case .cache(let terms):
            decision.cache = PolicyDecision.Cache(rule: position, outcome: look(position, terms, request))
        case .route(let terms):
            // Whoever asks for the other model already has no reason to be sent there.
            guard known(request.model) != StableShare.salt(terms.model),
                StableShare.takes(request.unit, salt: salts[position], share: terms.share)
            else { return }
            decision.route = position
        case .shorten: decision.shorten = position
        case .limitOutput: decision.limitOutput = position
        case .alignPrefix: decision.alignPrefix = position
        case .tier(let terms):
            guard StableShare.takes(request.unit, salt: salts[position], share: terms.share) else { return }
            decision.tier = position
        }
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
            ?? Self.scope(known(request.provider), known(request.model))
        return prefixes[rule]?.use(request, hashes: hashes, scope: scope, tokens: tokens) ?? PrefixMemory.Use()
    }

    private static func scope(_ provider: UInt64, _ model: UInt64) -> UInt64 { ByteHash.mix(provider, model) }

    private mutating func hash(of term: Term, _ vocabulary: Vocabulary) -> UInt64 {
        while hashes.count < vocabulary.count {
            hashes.append(StableShare.salt(vocabulary.texts[hashes.count]))
        }
        return hashes[Int(term.index)]
    }

    /// The hash of a term that the engine has been asked about.
    private func known(_ term: Term) -> UInt64 {
        hashes.indices.contains(Int(term.index)) ? hashes[Int(term.index)] : 0
    }

    /// A semantic rule is as sure as a normalised one where no embedding is at hand.
    private func key(_ terms: CacheTerms, _ request: PolicyRequest) -> AnswerKey? {
        let prompt = terms.match == .exact || request.normalised.isAbsent ? request.exact : request.normalised
        if prompt.isAbsent { return nil }
        let scope: UInt64 =
            switch terms.scope {
            case .customer: known(request.customer)
            case .credential: known(request.credential)
            case .everyone: .max
            }
        return AnswerKey(scope: scope, model: known(request.model), prompt: prompt)
    }
}
