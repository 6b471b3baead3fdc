package import Domain

extension GateState {
    /// Opens the gate for a new attempt, without verdicts; nothing happens where it is open.
    @discardableResult
    package mutating func open(at moment: Timestamp) -> GateTransition? {
        guard state == .off || state == .rolledBack else { return nil }
        if let promotionLogEvidence { earlierPromotions.append(promotionLogEvidence) }
        promotionLogEvidence = nil
        attempt += 1
        (failed, failuresInRow, pauseReason) = (0, 0, nil)
        process = LossProcess(floor: terms.floor)
        detector = RollbackDetector(floor: terms.floor, averageRunLength: terms.averageRunLength)
        return move(to: .shadow, .opened, at: moment)
    }

    /// Switches the lever off; nothing happens where it is.
    @discardableResult
    package mutating func close(at moment: Timestamp) -> GateTransition? {
        state == .off ? nil : move(to: .off, .closed, at: moment)
    }

    /// Takes the lever back by hand; nothing happens where it does not serve.
    @discardableResult
    package mutating func withdraw(at moment: Timestamp) -> GateTransition? {
        state == .canary || state == .on ? move(to: .rolledBack, .withdrawn, at: moment) : nil
    }

    /// Stops serving for now; verdicts still count, and the state stays.
    package mutating func pause(because reason: String) { pauseReason = reason }

    /// Lets it serve again.
    package mutating func resume() { pauseReason = nil }

    /// Whether so many judgements failed in a row that nobody watches.
    package var isBlind: Bool { failuresInRow >= terms.mostFailuresInRow }

    /// The share of matching requests that the lever may answer, a fraction. What it may not answer is tried in shadow.
    package var servedShare: Double {
        if pauseReason != nil || isBlind { return 0 }
        return switch state {
        case .off, .shadow, .rolledBack: 0
        case .canary: terms.canaryShare
        case .on: 1
        }
    }

    /// The share of what the lever answers, or in shadow would answer, that has to be judged, a fraction. Which ones is for
    /// chance to say, never for the answer: see ``StableShare``.
    package var judgedShare: Double {
        switch state {
        case .off, .rolledBack: 0
        case .shadow, .canary: terms.trialJudgedShare
        case .on: isBlind ? terms.trialJudgedShare : terms.servingJudgedShare
        }
    }
}
