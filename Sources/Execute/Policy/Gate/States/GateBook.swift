package import Domain

/// The gates of all levers. One that is proven alone has to be proven among all: of the levers promoted, at most a share of
/// the level is expected to be above its floor, however many are tried.
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
    /// - Returns: the change of its gate, if any.
    @discardableResult
    package mutating func take(_ verdict: Verdict, on lever: String, at moment: Timestamp) -> GateTransition? {
        guard var gate = gates[lever], gate.state != .off, gate.state != .rolledBack else { return nil }
        let isScored = gate.observe(verdict)
        gates[lever] = gate
        guard isScored else { return nil }
        // What does not do alone is not asked about among all: that takes longer.
        let mayPromote = gate.state == .shadow && gate.isProven && proven.contains(lever)
        let change = gate.decide(mayPromote: mayPromote, at: moment)
        if change != nil { gates[lever] = gate }
        return change
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

extension GateState {
    /// ln of the e-values that it brings: of promotions as they were then, else as it is now. The weights 1/(k(k + 1)) of its
    /// attempts add up to less than 1, so that it counts as one gate however often it is opened.
    fileprivate var hypotheses: [(isPresent: Bool, logEvidence: Double)] {
        let present = attempt > 0 ? [(isPresent: true, logEvidence: promotionLogEvidence ?? logEvidence)] : []
        return earlierPromotions.map { (isPresent: false, logEvidence: $0) } + present
    }
}
