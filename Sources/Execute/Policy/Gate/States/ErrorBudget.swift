/// The wrong answers that all levers of a feature may cause together.
///
/// Levers on one answer add their errors up at worst, whichever way they depend on each other, so what is bounded is
/// Σ share of answers touched × bound of the loss. For the sum to hold at a level, each bound is taken at the level divided by
/// the number of levers.
package struct ErrorBudget: Sendable, Hashable {
    /// What one lever takes of the budget.
    package struct Claim: Sendable, Hashable {
        /// The lever.
        package let lever: String
        /// The share of the feature's answers that it touches, a fraction.
        package let touchedShare: Double
        /// The upper bound of its mean loss, a fraction; see ``GateState/upperBound``.
        package let lossBound: Double
        /// What it saves, in any unit that all claims share.
        package let saving: Double

        /// Creates a claim; numbers outside their range are taken at its worst end.
        package init(lever: String, touchedShare: Double, lossBound: Double, saving: Double) {
            self.lever = lever
            self.touchedShare = touchedShare >= 0 && touchedShare <= 1 ? touchedShare : 1
            self.lossBound = lossBound >= 0 && lossBound <= 1 ? lossBound : 1
            self.saving = saving.isFinite ? saving : 0
        }

        /// The share of the feature's answers that it may spoil, a fraction.
        package var spentShare: Double { touchedShare * lossBound }
    }

    /// The share of a feature's answers that may be spoilt, a fraction.
    package let allowedShare: Double

    /// Creates a budget.
    package init(allowedShare: Double) { self.allowedShare = allowedShare }

    /// What the levers may spoil together, a fraction of the feature's answers.
    package func spentShare(_ claims: [Claim]) -> Double { claims.reduce(0) { $0 + $1.spentShare } }

    /// The wrong answers that are expected at most among so many.
    package func expectedWrong(_ claims: [Claim], among answers: Int) -> Double {
        spentShare(claims) * Double(answers)
    }

    /// The levers that fit, those first that save most for what they may spoil; names part equals.
    package func admitted(_ claims: [Claim]) -> [String] {
        var left = allowedShare
        return claims.sorted { Self.isBetter($0, $1) }.filter { claim in
            // Sums of shares that fill the budget exactly may exceed it in the last bit.
            guard claim.spentShare <= left + 1e-12 else { return false }
            left -= claim.spentShare
            return true
        }.map(\.lever)
    }

    /// The floor of a lever's gate that the others leave it, a fraction; `nil` where they leave nothing.
    package func floor(touchedShare: Double, beside others: [Claim]) -> Double? {
        let left = allowedShare - spentShare(others)
        guard left > 0 else { return nil }
        return touchedShare > left ? left / touchedShare : 1
    }

    private static func isBetter(_ a: Claim, _ b: Claim) -> Bool {
        let (first, second) = (a.saving * b.spentShare, b.saving * a.spentShare)
        return first != second ? first > second : a.lever < b.lever
    }
}
