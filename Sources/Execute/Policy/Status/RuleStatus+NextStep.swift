internal import Documents
internal import Domain

extension RuleStatus {
    /// What it needs to go on, in a sentence or two.
    package var nextStep: String {
        if let problem { return "What was kept of it cannot be read (\(problem))." }
        if rule.startingState == .off { return "The plan switches it off." }
        if !rule.action.isExecuted { return "This gateway does not execute \(rule.action.word): it is only replayed." }
        if let wish { return "To be \(wish.done): the gateway does it within a second, once it runs." }
        if let pause { return "Paused: \(pause.reason). To go on: payback policy resume \(rule.name.quoted)" }
        if isHeldBack {
            return "A feature's error budget leaves it no room: more good verdicts lower what it may spoil."
        }
        guard let gate else { return "Nothing is needed: it changes no answer." }
        let step = gate.nextStep(rule)
        return isAnew ? step + " What was proven before is about another rule of this name." : step
    }
}

extension GateState {
    /// How many more verdicts without a loss bring the next state; `nil` where none would soon.
    package var goodVerdictsNeeded: Int? {
        guard state == .shadow || state == .canary else { return nil }
        var gate = self
        for count in 1...20_000 {
            gate.take(.scored(.none), at: Timestamp(microseconds: 0))
            if gate.state != state { return gate.state == .rolledBack ? nil : count }
        }
        return nil
    }

    fileprivate func nextStep(_ rule: PlanRule) -> String {
        switch state {
        case .off: return "Closed. To try it: payback policy open \(rule.name.quoted)"
        case .rolledBack:
            let reason = transitions.last.map { ": " + $0.reason } ?? ""
            return "Taken back\(reason). A new attempt: payback policy open \(rule.name.quoted)"
        case .on:
            return isBlind
                ? blindness : "Nothing is needed: \(NumberText.percent(judgedShare)) of its answers are judged."
        case .shadow, .canary:
            if isBlind { return blindness }
            if failedShare > terms.mostFailedShare {
                return "\(NumberText.percent(failedShare)) of judgements fail; at most "
                    + "\(NumberText.percent(terms.mostFailedShare)) may. Mend the judge (\(rule.qualityInForce.judge.text))."
            }
            return proofNeeded(rule)
        }
    }

    private func proofNeeded(_ rule: PlanRule) -> String {
        let next = state == .shadow ? "it serves a canary" : "it acts for all"
        let needed = goodVerdictsNeeded.map { "\(NumberText.count(Int64($0))) more good verdicts until \(next)." }
        let rest = needed ?? "No number of good verdicts that comes soon proves it: its loss is too near the floor."
        let isUnjudged = rule.qualityInForce.judge == .feedback && process.judged == 0
        return isUnjudged ? rest + " Nobody judges it but who posts feedback." : rest
    }

    private var blindness: String {
        "\(NumberText.count(Int64(failuresInRow))) judgements in a row failed, so it serves nobody until one succeeds."
    }
}

extension LeverRow.Wish {
    fileprivate var done: String {
        switch self {
        case .open: "opened"
        case .close: "closed"
        case .withdraw: "taken back"
        }
    }
}

extension String {
    /// As a shell takes it in one piece.
    fileprivate var quoted: String {
        let isPlain = allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) }
        return isPlain && !isEmpty ? self : "'" + replacing("'", with: #"'\''"#) + "'"
    }
}
