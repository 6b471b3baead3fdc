package import Domain
internal import JSONScan

/// How a rule of the plan in force is: what it may do, on which evidence, and what people want of it.
package struct RuleStatus: Sendable {
    /// The rule.
    package let rule: PlanRule
    /// Its gate; `nil` for rules that need none, or where what was kept cannot be read.
    package let gate: GateState?
    /// Whether a person has stopped it.
    package let pause: LeverRow.Pause?
    /// What a person wants of its gate and the gateway has not done yet.
    package let wish: LeverRow.Wish?
    /// How far its judge agrees with people; `nil` where nobody compared them.
    package let agreement: JudgeAgreement?
    /// What the gateway has counted, by name.
    package let counters: [String: Int64]
    /// Why what was kept of it cannot be used; `nil` where it can.
    package let problem: String?
    /// Whether what was kept is about a rule of this name that meant something else.
    package let isAnew: Bool
    /// Whether a feature's error budget leaves it no room, though its gate would let it serve.
    package private(set) var isHeldBack = false

    /// Joins a rule with what is remembered of it.
    package init(_ rule: PlanRule, row: LeverRow?, at moment: Timestamp) {
        (self.rule, pause, wish) = (rule, row?.pause, row?.wish)
        var problem: String?
        var gate: GateState?
        if rule.needsGate {
            do { gate = try rule.gate(from: row, at: moment) } catch { problem = error.description }
        }
        (self.gate, self.problem) = (gate, problem)
        isAnew = row?.kept.gate != nil && row?.kept.subject != rule.subject
        agreement = Self.document(row?.kept.agreement).flatMap { JudgeAgreement($0) }
        let counted = Self.document(row?.kept.counters)?.members ?? []
        counters = Dictionary(counted.compactMap { member in member.value.integer.map { (member.key, $0) } }) { $1 }
    }

    func heldBack(_ isHeldBack: Bool) -> RuleStatus {
        var status = self
        status.isHeldBack = isHeldBack
        return status
    }

    private static func document(_ text: String?) -> JSONValue? { text.flatMap { try? JSONValue.parse($0) } }

    /// How far it is trusted: as its gate says, `on` for rules without one; `off` where the plan switches it off.
    package var state: LeverState {
        if rule.startingState == .off { return .off }
        return rule.needsGate ? gate?.state ?? .off : .on
    }

    /// The share of matching requests that it may act on, a fraction: its gate's, of which its own terms may take a part.
    package var servedShare: Double {
        if state == .off || pause != nil || isHeldBack || !rule.action.isExecuted { return 0 }
        return (rule.needsGate ? gate?.servedShare ?? 0 : 1) * rule.action.share
    }

    /// What it has spared of calls as they were asked, since it was first put in force; `nil` where the gateway has kept
    /// nothing of it. What trying and judging it costs is not taken off.
    package var saved: NanoUSD? { counters["saved_nano_usd"].map { NanoUSD(nanos: $0) } }

    /// The upper bound of the mean loss, a fraction, valid at every step; `nil` where nothing was judged.
    package var upperBound: Double? { gate.flatMap { $0.process.judged > 0 ? $0.upperBound : nil } }

    /// Between what the mean loss lies, a fraction, at the gate's level and at every step; `nil` where nothing was judged.
    package var interval: ClosedRange<Double>? {
        gate.flatMap { $0.process.judged > 0 ? $0.process.interval(level: $0.terms.level) : nil }
    }

    /// The changes of its gate's state, the earliest first; the latest hundred.
    package var transitions: [GateTransition] { gate?.transitions ?? [] }
}

extension PlanAction {
    /// Whether this version of the gateway can do it; what it cannot is only replayed.
    package var isExecuted: Bool {
        switch self {
        case .cache, .route, .alignPrefix: true
        case .shorten, .limitOutput, .tier: false
        }
    }

    /// The share of matching requests that its terms take, a fraction.
    package var share: Double {
        switch self {
        case .route(let terms): terms.share
        case .tier(let terms): terms.share
        case .cache, .shorten, .limitOutput, .alignPrefix: 1
        }
    }
}
