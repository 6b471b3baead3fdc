internal import Documents
package import Domain
internal import JSONScan

extension PlanRule {
    /// What evidence about the rule is evidence of: whom it means, what it does, and who judges. A rule that is changed in any
    /// of these is another one to its gate; prices and shares may change freely.
    package var subject: String {
        let economics: Set = [
            "share", "token_ratio", "escalation_share", "shadow_share", "judge_cost_usd", "largest_loss",
            "lookup_cost_usd", "entries", "most_bytes",
        ]
        let members: [JSONOutput.Member] = [
            .init("lever", .string(action.word)), .init("when", .object(selector.members)),
            .init("does", .object(action.members.filter { !economics.contains($0.key) })),
            .init("judge", qualityInForce.judge.json),
        ]
        let hash = StableShare.salt(JSONOutput.object(members).compactText)
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// The rule's gate as it goes on: with what was kept, if that is about the same thing, else from the start. A rule that the
    /// plan switches off keeps its gate as it is.
    ///
    /// - Throws: ``GateStateError`` where what was kept cannot be read.
    package func gate(from row: LeverRow?, at moment: Timestamp) throws(GateStateError) -> GateState {
        var gate = try kept(row?.kept)
        if gate.attempt == 0, startingState == .shadow { gate.open(at: moment) }
        if let pause = row?.pause { gate.pause(because: pause.reason) } else { gate.resume() }
        return gate
    }

    private func kept(_ record: LeverRecord?) throws(GateStateError) -> GateState {
        let terms = qualityInForce.gate
        guard let record, let earlier = try record.gateState(terms: terms) else { return GateState(terms: terms) }
        if record.subject == subject { return earlier }
        // What was proven of another rule proves nothing; what happened stays told.
        var gate = GateState(terms: terms)
        gate.transitions = earlier.transitions
        return gate
    }
}

extension LeverRecord {
    /// The gate that was kept, whatever it is about; `nil` where there is none.
    ///
    /// - Throws: ``GateStateError`` where it cannot be read.
    package func gateState(terms: GateTerms) throws(GateStateError) -> GateState? {
        guard let gate else { return nil }
        guard let document = try? JSONValue.parse(gate) else {
            throw GateStateError(description: "a kept gate is no JSON; open the gate anew")
        }
        return try GateStateReader.read(document, terms: terms)
    }
}

extension GateState {
    /// The gate for the registry.
    ///
    /// - Parameter rule: the rule that it is the gate of.
    package func record(of rule: PlanRule) -> LeverRecord {
        LeverRecord(subject: rule.subject, gate: json.compactText)
    }
}
