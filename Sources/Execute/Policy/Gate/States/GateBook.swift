package import Domain

/// The gates of all levers. One that is proven alone has to be proven among all: of the levers promoted, at most a share of
/// the level is expected not to be below its floor, however many are tried. The gates are to be known before their verdicts.
package struct GateBook: Sendable, Hashable {
    /// The false discovery rate over all gates, a fraction.
    package let level: Double
    /// The gates by their levers' names.
    package private(set) var gates: [String: GateState] = [:]

    /// Creates a book without gates.
    package init(level: Double = 0.05) { self.level = level }

    /// Adds a gate, or replaces the one of that name.
    package mutating func set(_ gate: GateState, for lever: String) { gates[lever] = gate }

    /// Changes a gate: opens, closes, pauses it. Nothing happens where there is none.
    package mutating func change<Result>(_ lever: String, _ body: (inout GateState) -> Result) -> Result? {
        guard var gate = gates[lever] else { return nil }
        defer { gates[lever] = gate }
        return body(&gate)
    }

    /// Takes a verdict on a lever's answer.
    ///
    /// - Returns: the changes that it brought about: often none; several where levers are proven by each other's company.
    @discardableResult
    package mutating func take(_ verdict: Verdict, on lever: String, at moment: Timestamp) -> [GateChange] {
        guard var gate = gates[lever], gate.isTrying else { return [] }
        let isScored = gate.observe(verdict)
        let isCandidate = isScored && gate.state == .shadow && gate.isEligible
        let change = isScored && !isCandidate ? gate.decide(mayPromote: false, at: moment) : nil
        gates[lever] = gate
        return isCandidate ? promote(at: moment) : change.map { [GateChange(lever: lever, transition: $0)] } ?? []
    }

    /// Promotes all that are proven at once: each counts on the others.
    private mutating func promote(at moment: Timestamp) -> [GateChange] {
        proven.sorted().compactMap { lever in
            guard var gate = gates[lever], gate.state == .shadow else { return nil }
            let change = gate.decide(mayPromote: true, at: moment)
            gates[lever] = gate
            return change.map { GateChange(lever: lever, transition: $0) }
        }
    }

    /// The levers whose present evidence, or whose evidence when they were promoted, suffices among all.
    package var proven: Set<String> {
        let hypotheses = gates.sorted { $0.key < $1.key }.flatMap { name, gate in
            gate.hypotheses.map { (name: name, isPresent: $0.isPresent, logEvidence: $0.logEvidence) }
        }
        let chosen = PromotionFamily.chosen(
            logEvidence: hypotheses.map(\.logEvidence), gates: gates.count, level: level)
        return Set(chosen.filter { hypotheses[$0].isPresent }.map { hypotheses[$0].name })
    }
}

/// A change of one of many gates.
package struct GateChange: Sendable, Hashable {
    /// The lever.
    package let lever: String
    /// What changed, and why.
    package let transition: GateTransition
}

extension GateState {
    /// ln of the e-values that it brings: of promotions as they were then, else as it is now if it could be promoted; what
    /// could not must not count for others. The weights 1/(k(k + 1)) of its attempts add up to less than 1, so that it counts
    /// as one gate however often it is opened.
    fileprivate var hypotheses: [(isPresent: Bool, logEvidence: Double)] {
        let now = state == .shadow && isEligible ? logEvidence : nil
        return earlierPromotions.map { (isPresent: false, logEvidence: $0) }
            + [promotionLogEvidence ?? now].compactMap { $0 }.map { (isPresent: true, logEvidence: $0) }
    }
}
