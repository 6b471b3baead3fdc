internal import Domain
internal import Policy

/// What a plan does with one request.
struct LeverCourse {
    /// The plan in force when it came.
    let plan: LivePlan
    /// The rules that act.
    let match: PolicyMatch
    /// Rules that are tried beside the answer, which stays as asked.
    let trials: [Int]
    /// The rule that answered or changed the call.
    var acted: Int?
    /// What was done.
    var action = GatewayAction.pass
    /// What caches said, and what was done, in order.
    var reasons: [String] = []
    /// The caches that others wait at for this call's answer, or that keep it.
    var landing: [Landing] = []
    /// What the caller asks of caches.
    var directives = CacheDirectives()
    /// What caches did.
    var cacheStatus = CacheStatus.miss
    /// How alike the question is whose answer was served, a cosine.
    var similarity: Double?
    /// Whether the answer waited for is somebody else's: from when, in nanoseconds of the event loop's clock.
    var waitsSince: UInt64?

    /// A cache that takes the answer of a call.
    struct Landing {
        let rule: Int
        let key: AnswerKey
        /// Whether the answer is kept for those who come later.
        var keeps: Bool
    }

    init(_ plan: LivePlan, _ match: PolicyMatch, trials: [Int]) {
        (self.plan, self.match, self.trials) = (plan, match, trials)
        if match.isHeldOut {
            action = .heldOut
            reasons = ["held out: left untouched to measure against"]
        }
    }

    /// A rule of the plan.
    func rule(_ position: Int) -> PlanRule { plan.plan.rules[position] }

    /// Says what a rule did.
    mutating func note(_ position: Int, _ what: String) { reasons.append("\(rule(position).name): \(what)") }

    /// Why, for a person; absent where no rule had anything to do with it.
    var reason: String? { reasons.isEmpty ? nil : reasons.joined(separator: "; ") }

    /// What is said to the caller of caches that did not answer; nothing where none was asked.
    var cacheHeaders: [(name: String, value: String)] {
        if match.cache == nil && match.semanticCache == nil { return [] }
        return CacheStatusHeaders.headers(cacheStatus, to: directives)
    }

    /// The arm of the experiment that every plan with a holdout is.
    var arm: String? { plan.plan.holdout.share > 0 ? (match.isHeldOut ? "holdout" : "treated") : nil }
}
