package import Domain

/// Says which rules of a plan mean a request, and whether it is held out: the gateway asks it about live requests, a replay
/// about recorded ones.
package struct RuleMatcher: Sendable {
    /// The plan.
    package let plan: Plan
    private var selectors: [SelectorTable]
    private let kinds: [PolicyMatch.Kind]
    private let salts: [UInt64]
    private let holdoutSalt: UInt64
    /// Hashes of names by their terms: numbers of terms differ from process to process, these do not.
    private var hashes: [UInt64] = []

    /// Creates a matcher.
    package init(_ plan: Plan) {
        self.plan = plan
        selectors = plan.rules.map { SelectorTable($0.selector) }
        kinds = plan.rules.map { PolicyMatch.Kind($0.action) }
        salts = plan.rules.map { StableShare.salt($0.name) }
        holdoutSalt = StableShare.salt(plan.holdout.salt)
    }

    /// The rules that mean a request.
    ///
    /// - Parameters:
    ///   - vocabulary: of the request's terms; it may only grow from call to call.
    ///   - acts: whether the rule at a position acts for this request.
    package mutating func match(
        _ request: PolicyRequest, _ vocabulary: Vocabulary, acts: (Int) -> Bool
    ) -> PolicyMatch {
        var match = PolicyMatch()
        match.isHeldOut = isHeldOut(request, vocabulary)
        if match.isHeldOut { return match }
        for position in plan.rules.indices where match[kinds[position]] == nil && acts(position) {
            if means(position, request, vocabulary) { match[kinds[position]] = position }
        }
        return match
    }

    /// Whether a request is left untouched, to measure against.
    package mutating func isHeldOut(_ request: PolicyRequest, _ vocabulary: Vocabulary) -> Bool {
        let stratum = hash(of: request.customer, vocabulary)
        return StableShare.takes(
            request.holdoutUnit, stratum: stratum, salt: holdoutSalt, share: plan.holdout.share)
    }

    /// Whether the rule at a position means a request: what its selector says, and the share that it takes.
    package mutating func means(_ position: Int, _ request: PolicyRequest, _ vocabulary: Vocabulary) -> Bool {
        guard selectors[position].matches(request, vocabulary) else { return false }
        switch plan.rules[position].action {
        case .route(let terms):
            // Whoever asks for the other model already has no reason to be sent there.
            return hash(of: request.model, vocabulary) != StableShare.salt(terms.model)
                && takes(position, terms.usesSession ? request.holdoutUnit : request.unit, terms.share)
        case .tier(let terms): return takes(position, request.unit, terms.share)
        case .cache, .shorten, .limitOutput, .alignPrefix: return true
        }
    }

    private func takes(_ position: Int, _ unit: UInt64, _ share: Double) -> Bool {
        StableShare.takes(unit, salt: salts[position], share: share)
    }

    /// The hash of a name.
    mutating func hash(of term: Term, _ vocabulary: Vocabulary) -> UInt64 {
        while hashes.count < vocabulary.count { hashes.append(StableShare.salt(vocabulary.texts[hashes.count])) }
        return hashes[Int(term.index)]
    }

    /// The hash of a name that has been asked about.
    func known(_ term: Term) -> UInt64 { hashes.indices.contains(Int(term.index)) ? hashes[Int(term.index)] : 0 }
}
