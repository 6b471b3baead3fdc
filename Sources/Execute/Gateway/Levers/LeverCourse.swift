internal import Domain
internal import Policy
internal import Providers

/// What a plan does with one request.
struct LeverCourse {
    /// The plan in force when it came.
    let plan: LivePlan
    /// The rules that act.
    let match: PolicyMatch
    /// Rules that are tried beside the answer, which stays as asked.
    let trials: [Int]
    /// What each rule may do.
    private let standings: [LeverStanding]
    /// Drawn by chance for this request.
    private let draw: UInt64
    /// The semantic rule that looks, whether or not it may serve.
    var semantic: Int?
    /// Where the question is kept with its answer.
    var learning: SemanticQuestion?
    /// Where the request goes as it was asked.
    var asked: CallTarget?
    /// The rule whose answer is compared with what the model asked for would have said.
    private(set) var judged: Int?
    /// The answer to a question that means the same, on trial.
    var candidate: AnswerReading?
    /// The rule that answered or changed the call.
    var acted: Int?
    /// What was done.
    var action = GatewayAction.pass
    /// What caches said, and what was done, in order.
    var reasons: [String] = []
    /// The caches that others wait at for this call's answer, or that keep it.
    var landing: [Landing] = []
    /// Whether a judge is waited for: from when.
    var judgedSince: UInt64?
    /// Whether an embedding is waited for: from when.
    var embedsSince: UInt64?
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
        /// Whether it takes the place of one that is kept.
        var replaces = false
        /// Whether others may wait for this very call.
        var isAwaited: Bool
    }

    init(_ plan: LivePlan, _ match: PolicyMatch, trials: [Int], standings: [LeverStanding], draw: UInt64) {
        (self.plan, self.match, self.trials) = (plan, match, trials)
        (self.standings, self.draw) = (standings, draw)
        if match.isHeldOut {
            action = .heldOut
            reasons = ["held out: left untouched to measure against"]
        }
    }

    /// A rule of the plan.
    func rule(_ position: Int) -> PlanRule { plan.plan.rules[position] }

    /// Notes that a rule acts.
    mutating func act(_ position: Int, _ action: GatewayAction, _ what: String) {
        (self.action, acted) = (action, position)
        note(position, what)
        // Which answers are judged is chance, drawn before the answer is seen.
        let share = standings[position].judgedShare
        if StableShare.takes(draw, salt: plan.judgingSalts[position], share: share) { judged = position }
    }

    /// The model asked for has answered after all.
    mutating func fellBack() {
        judged = nil
        guard action == .routed, let position = acted else { return }
        note(position, "the model asked for answered instead")
        (action, acted, judged) = (.pass, nil, nil)
    }

    /// The names of the rules that mean the request.
    var meant: [String] {
        let acting = [match.cache, match.semanticCache, match.route, match.alignPrefix].compactMap(\.self)
        let looking = semantic.map { [$0] } ?? []
        return Set(acting + trials + looking).map { rule($0).name }
    }

    /// Whether a rule acts for all.
    func isTrusted(_ position: Int) -> Bool { standings[position].servedShare == 1 }

    /// Whether levers on trial are tried beside the answer: only beside what was asked, or they would be judged by each other.
    var triesLevers: Bool { action == .pass || action == .promptAdjusted }

    /// Whether the answer is needed once more when it is complete.
    var comparesAnswer: Bool { !trials.isEmpty || judged != nil }

    /// Says what a rule did.
    mutating func note(_ position: Int, _ what: String) { reasons.append("\(rule(position).name): \(what)") }

    /// Why, for a person; absent where no rule had anything to do with it.
    var reason: String? { reasons.isEmpty ? nil : reasons.joined(separator: "; ") }

    /// What is said to the caller of caches that did not answer; nothing where none was asked.
    var cacheHeaders: [(name: String, value: String)] {
        if match.cache == nil && semantic == nil { return [] }
        return CacheStatusHeaders.headers(cacheStatus, to: directives)
    }

    /// The arm of the experiment that every plan with a holdout is.
    var arm: String? { plan.plan.holdout.share > 0 ? (match.isHeldOut ? "holdout" : "treated") : nil }
}
