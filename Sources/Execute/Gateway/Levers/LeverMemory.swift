internal import Documents
internal import Domain
internal import JSONScan
internal import Policy

/// What the registry remembers of a lever between runs, and what somebody wants of it.
package struct LeverMemory: Sendable, Hashable {
    /// What somebody wants done to its gate.
    package enum Wish: String, Sendable, CaseIterable {
        /// A new attempt, without verdicts.
        case open
        /// Switched off.
        case close
        /// Taken back.
        case withdraw
    }

    /// Its gate, as ``GateState/json`` wrote it; absent where it has none yet.
    package var gate: String?
    /// Why it is stopped for now; absent where it is not.
    package var pauseReason: String?
    /// What is to be done to its gate.
    package var wish: Wish?

    /// Creates the memory of a lever.
    package init(gate: String? = nil, pauseReason: String? = nil, wish: Wish? = nil) {
        (self.gate, self.pauseReason, self.wish) = (gate, pauseReason, wish)
    }

    /// The gates of a plan's rules, and the levers without one that are stopped.
    ///
    /// - Parameters:
    ///   - present: the gates in force: they know more than what is kept.
    /// - Throws: ``GateStateError`` where a gate cannot be read.
    static func book(
        of rules: [PlanRule], present: GateBook, _ memories: [String: LeverMemory], at moment: Timestamp
    ) throws(GateStateError) -> (book: GateBook, paused: Set<String>) {
        var book = GateBook()
        var paused: Set<String> = []
        for rule in rules {
            let memory = memories[rule.name] ?? LeverMemory()
            guard rule.needsGate else {
                if memory.pauseReason != nil { paused.insert(rule.name) }
                continue
            }
            var gate = try memory.gate(of: rule, present: present.gates[rule.name], at: moment)
            if let reason = memory.pauseReason { gate.pause(because: reason) } else { gate.resume() }
            memory.grant(&gate, at: moment)
            book.set(gate, for: rule.name)
        }
        return (book, paused)
    }

    private func gate(
        of rule: PlanRule, present: GateState?, at moment: Timestamp
    ) throws(GateStateError) -> GateState {
        let terms = rule.qualityInForce.gate
        var gate: GateState
        if let present, present.terms == terms {
            gate = present
        } else if let known = present?.json.compactText ?? self.gate, let document = try? JSONValue.parse(known) {
            gate = try GateStateReader.read(document, terms: terms)
        } else {
            gate = GateState(terms: terms)
            if rule.startingState != .off { gate.open(at: moment) }
        }
        if rule.startingState == .off { gate.close(at: moment) }
        return gate
    }

    private func grant(_ gate: inout GateState, at moment: Timestamp) {
        switch wish {
        case .open: gate.open(at: moment)
        case .close: gate.close(at: moment)
        case .withdraw: gate.withdraw(at: moment)
        case nil: break
        }
    }
}
