import ArgumentParser
import Domain
import Policy
import Registry

/// Which rule of the plan in force.
struct LeverOptions: ParsableArguments {
    @Argument(help: "The rule's name.")
    var rule: String

    @OptionGroup var registry: RegistryOptions

    /// Changes something about the rule, and says so.
    ///
    /// - Throws: exit code 66 where the plan in force has no such rule.
    func change(_ body: (RegistryStore, RuleStatus) throws -> String) async throws {
        try await reportingFailures {
            let store = try registry.open(mustExist: true)
            guard let status = try store.policyStatus() else {
                throw StandardError.fail(
                    .noInput, "No plan is in force. Put one in force with: payback policy apply FILE")
            }
            guard let found = status.rule(named: rule) else {
                let names = status.rules.map(\.rule.name).joined(separator: ", ")
                throw StandardError.fail(
                    .noInput, "The plan in force has no rule \(rule)" + (names.isEmpty ? "." : "; it has: \(names)."))
            }
            StandardError.print(try body(store, found))
        }
    }

    /// Asks the gateway to do something with the rule's gate.
    ///
    /// - Parameter states: where that makes sense; a gate whose evidence cannot be read may always be changed.
    func want(_ wish: LeverRow.Wish, from states: Set<LeverState>, _ words: String) async throws {
        try await change { store, status in
            guard status.rule.needsGate else {
                throw StandardError.fail(
                    .data, "\(rule) needs no gate: it changes no answer. payback policy pause stops it.")
            }
            guard status.problem != nil || states.contains(status.gate?.state ?? .off) else {
                throw StandardError.fail(
                    .data, "\(rule) is \(status.state.text): there is nothing to \(wish.rawValue).")
            }
            try store.wantLever(status.rule.name, wish, at: .now)
            return "\(rule) \(words); a running gateway does it within a second."
        }
    }
}

extension RegistryStore {
    /// The plan in force and how its rules are; `nil` where there never was a plan.
    func policyStatus() throws -> PolicyStatus? {
        guard let applied = try planInForce() else { return nil }
        return PolicyStatus(applied: applied, plan: try PlanReader.read(applied), levers: try levers())
    }
}
