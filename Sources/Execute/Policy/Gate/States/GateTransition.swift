package import Domain

/// What a gate knew at a moment.
package struct GateEvidence: Sendable, Hashable {
    /// How often the lever was tried from the start, this time included.
    package let attempt: Int
    /// Verdicts of this attempt.
    package let judged: Int
    /// The sum of their losses.
    package let lossSum: Double
    /// Judgements of this attempt that failed.
    package let failed: Int
    /// The upper bound of the mean loss at the level that this attempt has, a fraction, valid at every step.
    package let upperBound: Double
    /// ln of the evidence (e-value) that the loss is below the floor.
    package let logEvidence: Double
    /// The mean of the detector's sums; alarmed at the average run length.
    package let detector: Double
    /// Verdicts since the lever began to serve.
    package let servingJudged: Int
}

/// A change of a gate's state, with its evidence.
package struct GateTransition: Sendable, Hashable {
    /// Why a state changed.
    package enum Cause: String, Sendable, CaseIterable {
        /// Somebody opened the gate.
        case opened
        /// Somebody closed it.
        case closed
        /// The loss is below the floor.
        case proven
        /// The canary kept what the shadow had promised.
        case confirmed
        /// The loss is above the floor.
        case refuted
        /// The loss has risen above the floor.
        case alarm
        /// Somebody took it back.
        case withdrawn
    }

    /// What it was.
    package let from: LeverState
    /// What it is.
    package let to: LeverState
    /// Why.
    package let cause: Cause
    /// When.
    package let at: Timestamp
    /// What was known.
    package let evidence: GateEvidence

    /// In words.
    package var reason: String {
        let counts = "\(GateTransition.plain(evidence.lossSum)) lost of \(evidence.judged) judged"
        return switch cause {
        case .opened: "opened for attempt \(evidence.attempt)"
        case .closed: "closed by hand"
        case .withdrawn: "taken back by hand"
        case .proven: "proven below the floor: \(counts), at most \(Self.percent(evidence.upperBound))"
        case .confirmed: "confirmed while serving: \(counts), at most \(Self.percent(evidence.upperBound))"
        case .refuted: "proven above the floor: \(counts)"
        case .alarm: "the loss has risen above the floor, seen after \(evidence.servingJudged) judged while serving"
        }
    }

    private static func percent(_ share: Double) -> String { "\((share * 10_000).rounded() / 100) %" }

    private static func plain(_ sum: Double) -> String { sum == sum.rounded() ? "\(Int(sum))" : "\(sum)" }
}
