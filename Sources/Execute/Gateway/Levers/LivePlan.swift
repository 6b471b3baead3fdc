package import Domain
internal import Policy

/// A plan in force, as requests are decided by it. Replaced whole; requests under way keep the one they began with.
package final class LivePlan: Sendable {
    /// Which application of a plan this is: another number is another plan.
    package let number: Int
    /// The plan.
    package let plan: Plan
    /// Salts by the rules' positions: who is served by a lever that serves a share, and whose answers are judged.
    let servingSalts, judgingSalts: [UInt64]
    /// Whether a session stays on one side, by the rules' positions.
    let usesSession: [Bool]
    /// The positions of rules that answer from what means the same.
    let semanticRules: [Int]

    /// Puts a plan in force; `nil` where it has nothing to do.
    package init?(_ plan: Plan, number: Int) {
        if plan.rules.isEmpty && plan.holdout.share == 0 { return nil }
        (self.plan, self.number) = (plan, number)
        servingSalts = plan.rules.map { StableShare.salt("serve:" + $0.name) }
        usesSession = plan.rules.map { if case .route(let terms) = $0.action { terms.usesSession } else { false } }
        semanticRules = plan.rules.indices.filter { plan.rules[$0].action.lever == .semanticCache }
        judgingSalts = plan.rules.map { StableShare.salt("judge:" + $0.name) }
    }
}

/// What a lever may do at a moment.
package struct LeverStanding: Sendable, Hashable {
    /// The share of matching requests that it may answer, a fraction.
    package var servedShare = 0.0
    /// The share of what it answers, or on trial would answer, that is judged, a fraction; 0 where nobody has to look.
    package var judgedShare = 0.0
    /// Whether it is tried beside the answer.
    package var isOnTrial = false

    /// Creates the standing of a lever that does nothing.
    package init() {}

    /// The standing of a lever without a gate.
    init(ungated isActing: Bool) { servedShare = isActing ? 1 : 0 }

    /// The standing of a lever by its gate.
    ///
    /// - Parameter isHeldBack: whether a feature's error budget leaves it no room; it is tried on then, so that its bound may
    ///   fall.
    init(_ gate: GateState, isHeldBack: Bool) {
        (servedShare, judgedShare) = (isHeldBack ? 0 : gate.servedShare, gate.judgedShare)
        // Who watches nobody has to see again before it serves; who is paused is not tried in the meantime.
        isOnTrial = isHeldBack || gate.state == .shadow || gate.isBlind && gate.pauseReason == nil && gate.isTrying
    }
}
