internal import Domain
internal import Policy

/// One event loop's memory of a plan: which names its rules mean.
struct LoopLevers {
    /// Past so many names the memory is begun anew: callers choose them.
    private static let mostNames = 20_000
    let plan: LivePlan
    private var matcher: RuleMatcher
    private var vocabulary = Vocabulary()

    init(_ plan: LivePlan) { (self.plan, matcher) = (plan, RuleMatcher(plan.plan)) }

    /// Whether it may be used for a request under a plan.
    func fits(_ plan: LivePlan) -> Bool { self.plan === plan && vocabulary.count < Self.mostNames }

    /// What the plan does with a request.
    ///
    /// - Parameters:
    ///   - standings: what each rule may do now.
    ///   - draw: a number drawn by chance for this request: which answers are judged must not depend on them.
    mutating func course(
        of request: LiveRequest, standings: [LeverStanding], draw: UInt64
    ) -> LeverCourse? {
        guard standings.count == plan.plan.rules.count else { return nil }
        let known = request.request(in: &vocabulary)
        let match = matcher.match(known, vocabulary) { position in
            StableShare.takes(
                plan.usesSession[position] ? known.holdoutUnit : known.unit, salt: plan.servingSalts[position],
                share: standings[position].servedShare)
        }
        if match.isHeldOut { return LeverCourse(plan, match, trials: [], standings: standings, draw: draw) }
        let trials = plan.plan.rules.indices.filter { position in
            let standing = standings[position]
            return standing.isOnTrial && standing.servedShare == 0
                && StableShare.takes(draw, salt: plan.judgingSalts[position], share: standing.judgedShare)
                && matcher.means(position, known, vocabulary)
        }
        var course = LeverCourse(plan, match, trials: trials, standings: standings, draw: draw)
        course.semantic =
            match.semanticCache
            ?? plan.semanticRules.first { position in
                standings[position].isOnTrial && matcher.means(position, known, vocabulary)
            }
        return course
    }
}
