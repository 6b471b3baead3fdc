package import Domain

extension GateState {
    /// Takes a verdict on an answer that the lever gave or, in shadow, would have given.
    ///
    /// - Parameter moment: when it came.
    /// - Returns: the change of state that it brought about, if any.
    @discardableResult
    package mutating func take(_ verdict: Verdict, at moment: Timestamp) -> GateTransition? {
        guard isTrying, observe(verdict) else { return nil }
        return decide(mayPromote: true, at: moment)
    }

    /// Whether verdicts count.
    package var isTrying: Bool { state == .shadow || state == .canary || state == .on }

    /// Whether it may be promoted where it is the only gate.
    var isEligible: Bool {
        isProven && process.judged >= terms.leastJudged && failedShare <= terms.mostFailedShare
            && !process.isAboveFloor(level: terms.level)
    }

    /// Counts a verdict; whether it was scored.
    mutating func observe(_ verdict: Verdict) -> Bool {
        guard case .scored(let loss) = verdict else {
            failed += 1
            failuresInRow += 1
            return false
        }
        failuresInRow = 0
        process.take(loss)
        if state != .shadow { _ = detector.take(loss) }
        return true
    }

    /// What the verdicts so far bring about.
    mutating func decide(mayPromote: Bool, at moment: Timestamp) -> GateTransition? {
        switch state {
        case .shadow: decideInShadow(mayPromote: mayPromote, at: moment)
        case .canary, .on:
            if detector.isAlarmed {
                move(to: .rolledBack, .alarm, at: moment)
            } else if state == .canary, isConfirmed {
                move(to: .on, .confirmed, at: moment)
            } else {
                nil
            }
        case .off, .rolledBack: nil
        }
    }

    private mutating func decideInShadow(mayPromote: Bool, at moment: Timestamp) -> GateTransition? {
        if process.isAboveFloor(level: terms.level) { return move(to: .rolledBack, .refuted, at: moment) }
        guard mayPromote, isEligible else { return nil }
        promotionLogEvidence = logEvidence
        // Only what is served from here on counts: the watch begins with the serving.
        detector = RollbackDetector(floor: terms.floor, averageRunLength: terms.averageRunLength)
        return move(to: .canary, .proven, at: moment)
    }

    /// Enough of what was served is judged, and with it the loss is still below the floor.
    private var isConfirmed: Bool {
        detector.judged >= terms.canaryJudged && isProven && failedShare <= terms.mostFailedShare
    }
}
