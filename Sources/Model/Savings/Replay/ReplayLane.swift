internal import Domain
internal import Policy
internal import Pricing

/// One plan run over traffic.
struct ReplayLane {
    /// What a rule came to.
    struct Tally {
        /// Requests that it changed.
        var touched: Int64 = 0
        /// What it saved of what the rules before it left; below zero where it cost more.
        var saving = NanoUSD.zero
        /// Requests that it could not price.
        var unpriced: Int64 = 0
        /// Look-ups by what they found.
        var outcomes: [CacheOutcome: Int64] = [:]
        /// Prompt tokens that came to it.
        var prefixTokens: Int64 = 0
        /// Of them: read from the provider's cache.
        var readTokens: Int64 = 0
        /// Of them: written.
        var writtenTokens: Int64 = 0
    }

    /// What a request comes to under a plan.
    struct Planned {
        /// What it costs.
        var cost: NanoUSD
        /// The rule that sends it to another model.
        var route: Int?
        /// The rule that buys it in another tier.
        var tier: Int?
    }

    private var engine: PolicyEngine
    /// The rules' actions, at hand: a plan is too large to be passed about for each request.
    private let actions: [PlanAction]
    private var prices: ReplayPrices
    private(set) var tallies: [Tally]
    /// Requests that were left untouched on purpose, and what they cost.
    private(set) var heldOut: (requests: Int64, cost: NanoUSD) = (0, .zero)
    /// Requests that at least one rule changed.
    private(set) var touched: Int64 = 0

    init(_ plan: Plan, book: PriceBook) {
        (engine, prices) = (PolicyEngine(plan), ReplayPrices(book: book))
        actions = plan.rules.map(\.action)
        tallies = plan.rules.map { _ in Tally() }
    }

    var plan: Plan { engine.plan }

    /// Takes a request through the plan.
    ///
    /// - Parameter asked: what it costs as asked; `nil` where that is not known, so that only counts are kept.
    /// - Returns: what it costs under the plan, and the rules that take the call elsewhere; `nil` where there is no cost.
    mutating func take(
        _ request: PolicyRequest, _ record: UsageRecord, asked: NanoUSD?, _ batch: RecordBatch
    ) -> Planned? {
        let decision = engine.decide(request, batch.vocabulary)
        if decision.isHeldOut {
            heldOut.requests += 1
            heldOut.cost = heldOut.cost + (asked ?? .zero)
            return asked.map { Planned(cost: $0) }
        }
        let lookup = lookUp(decision, asked)
        if decision.isHit {
            touched += 1
            return asked.map { _ in Planned(cost: lookup) }
        }
        if record.status == .ok { engine.answered(request, by: decision) }
        guard decision.changesCall else { return asked.map { Planned(cost: $0 + lookup) } }
        touched += 1
        guard let asked else {
            _ = align(decision, request, batch, usage: record.usage)
            return nil
        }
        guard var call = CallCost(record.usage, asked: asked, price: prices.own(record, batch.vocabulary)) else {
            for rule in decision.callRules { tallies[rule].unpriced += 1 }
            _ = align(decision, request, batch, usage: record.usage)
            return Planned(cost: asked + lookup)
        }
        var planned = change(&call, decision, request, record, batch)
        planned.cost = call.cost + lookup
        return planned
    }

    /// Takes the requests of a batch through the plan, for its tallies alone.
    mutating func take(_ batch: RecordBatch) {
        batch.records.withUnsafeBufferPointer { records in
            for position in records.indices where records[position].countsAsRequest {
                let request = PolicyRequest.of(records[position], in: batch)
                _ = take(request, records[position], asked: records[position].askedCost, batch)
            }
        }
    }

    /// Books a look-up.
    ///
    /// - Returns: what it cost.
    private mutating func lookUp(_ decision: PolicyDecision, _ asked: NanoUSD?) -> NanoUSD {
        guard let cache = decision.cache, case .cache(let terms) = actions[cache.rule] else { return .zero }
        tallies[cache.rule].outcomes[cache.outcome, default: 0] += 1
        let paid =
            asked == nil || cache.outcome == .unidentified || cache.outcome == .unscoped ? .zero : terms.lookupCost
        tallies[cache.rule].saving = tallies[cache.rule].saving - paid
        if cache.outcome == .hit {
            tallies[cache.rule].touched += 1
            tallies[cache.rule].saving = tallies[cache.rule].saving + (asked ?? .zero)
        }
        return paid
    }

    /// Takes the call through the rules that change it, each on what the one before left.
    ///
    /// - Returns: where it goes.
    private mutating func change(
        _ call: inout CallCost, _ decision: PolicyDecision, _ request: PolicyRequest, _ record: UsageRecord,
        _ batch: RecordBatch
    ) -> Planned {
        var planned = Planned(cost: .zero)
        var route: (rule: Int, terms: RouteTerms)?
        if let rule = decision.route, case .route(let terms) = actions[rule] {
            let target = prices.target(terms, rule: rule, for: record)
            if book(rule, &call, { $0.move(to: target, terms) }) { (route, planned.route) = ((rule, terms), rule) }
        }
        if let rule = decision.shorten, case .shorten(let terms) = actions[rule] {
            _ = book(rule, &call) { $0.use($0.usage.shortened(by: terms.reduction)) }
        }
        if let rule = decision.limitOutput, case .limitOutput(let terms) = actions[rule] {
            _ = book(rule, &call) { $0.use($0.usage.limited(by: terms)) }
        }
        if let rule = decision.alignPrefix {
            let usage = align(decision, request, batch, usage: call.usage, route: route?.terms)
            _ = book(rule, &call) { $0.use(usage) }
        }
        if let rule = decision.tier, case .tier(let terms) = actions[rule] {
            let other = prices.tier(terms, rule: rule, route: route, for: record, batch.vocabulary)
            if book(rule, &call, { $0.buy(at: other) }) { planned.tier = rule }
        }
        return planned
    }

    /// Lets a rule change a call and books the difference.
    private mutating func book(_ rule: Int, _ call: inout CallCost, _ change: (inout CallCost) -> Bool) -> Bool {
        let before = call.cost
        guard change(&call) else {
            tallies[rule].unpriced += 1
            return false
        }
        tallies[rule].touched += 1
        tallies[rule].saving = tallies[rule].saving + (before - call.cost)
        return true
    }

    private mutating func align(
        _ decision: PolicyDecision, _ request: PolicyRequest, _ batch: RecordBatch, usage: TokenUsage,
        route: RouteTerms? = nil
    ) -> TokenUsage {
        guard let rule = decision.alignPrefix, case .alignPrefix(let terms) = actions[rule] else {
            return usage
        }
        let tokens = usage.totalInput
        let use = engine.prefixUse(
            of: request, by: decision, hashes: batch.prefixHashes, route: route, tokens: tokens)
        tallies[rule].prefixTokens += tokens
        tallies[rule].readTokens += use.read
        tallies[rule].writtenTokens += use.written
        return usage.cached(
            read: use.read, written: use.written, isHourly: terms.timeToLive > 300_000_000,
            keepsWrites: terms.writes == .automatic)
    }
}

extension PolicyDecision {
    /// The rules that change the call.
    var callRules: [Int] { [route, shorten, limitOutput, alignPrefix, tier].compactMap { $0 } }

    /// Whether any rule does.
    var changesCall: Bool {
        route != nil || shorten != nil || limitOutput != nil || alignPrefix != nil || tier != nil
    }
}
