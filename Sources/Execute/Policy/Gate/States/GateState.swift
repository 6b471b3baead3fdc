package import Domain

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The gate of one lever: off → shadow → canary → on → rolled back, each step on evidence.
///
/// In shadow the lever serves nobody and all that it would have answered is judged. It becomes a canary when the loss is
/// proven below the floor, acts for all when the canary has kept that, and is rolled back when the restarting detector sees
/// the loss rise. It never comes back by itself: somebody opens it again, and attempt k has to bring k(k + 1) times the
/// evidence, so that all attempts together promote wrongly with a probability of at most the level.
package struct GateState: Sendable, Hashable {
    /// What is demanded.
    package let terms: GateTerms
    /// How far the lever is trusted.
    package internal(set) var state = LeverState.off
    /// Whether somebody has stopped it for now, and why.
    package internal(set) var pauseReason: String?
    /// How often it was opened.
    package internal(set) var attempt = 0
    /// The verdicts of this attempt.
    package internal(set) var process: LossProcess
    /// What watches the lever while it serves.
    package internal(set) var detector: RollbackDetector
    /// Judgements of this attempt that failed.
    package internal(set) var failed = 0
    /// Judgements that failed since one succeeded.
    package internal(set) var failuresInRow = 0
    /// ln of the evidence at this attempt's promotion, weighed by its attempt: fixed from then on, so that it stays an e-value.
    package internal(set) var promotionLogEvidence: Double?
    /// The same of earlier attempts.
    package internal(set) var earlierPromotions: [Double] = []
    /// The latest changes of state, at most a hundred.
    package internal(set) var transitions: [GateTransition] = []

    /// Creates a gate that is off.
    package init(terms: GateTerms) {
        self.terms = terms
        process = LossProcess(floor: terms.floor)
        detector = RollbackDetector(floor: terms.floor, averageRunLength: terms.averageRunLength)
    }

    /// ln of the evidence that the loss is below the floor, weighed by the attempt: minus ln k(k + 1).
    package var logEvidence: Double {
        process.logEvidenceBelow - log(Double(max(attempt, 1)) * Double(max(attempt, 1) + 1))
    }

    /// Whether the evidence suffices where this is the only gate.
    package var isProven: Bool { logEvidence >= -log(terms.level) }

    /// The share of this attempt's judgements that failed, a fraction.
    package var failedShare: Double {
        let all = process.judged + failed
        return all > 0 ? Double(failed) / Double(all) : 0
    }

    /// The upper bound of the mean loss at the level that this attempt has, a fraction, valid at every step.
    package var upperBound: Double {
        let attempt = Double(max(self.attempt, 1))
        return process.upperBound(level: terms.level / (attempt * (attempt + 1)))
    }

    /// What is known.
    package var evidence: GateEvidence {
        GateEvidence(
            attempt: attempt, judged: process.judged, lossSum: process.lossSum, failed: failed,
            upperBound: upperBound, logEvidence: process.logEvidenceBelow, detector: detector.value,
            servingJudged: detector.judged)
    }

    mutating func move(to next: LeverState, _ cause: GateTransition.Cause, at moment: Timestamp) -> GateTransition {
        let change = GateTransition(from: state, to: next, cause: cause, at: moment, evidence: evidence)
        state = next
        transitions.append(change)
        if transitions.count > 100 { transitions.removeFirst() }
        return change
    }
}
