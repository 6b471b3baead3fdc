package import Domain

extension ErrorBudget {
    /// The rules that may serve by their gates and are held back all the same, because what they may spoil does not fit into a
    /// feature's error budget beside what saves more for its errors.
    ///
    /// - Parameter gates: by their rules' names; every matching request of a feature is counted as touched.
    package static func heldBack(by plan: Plan, gates: [String: GateState]) -> Set<String> {
        var heldBack: Set<String> = []
        for allowance in plan.errorBudgets {
            let claims = plan.rules.compactMap { rule -> Claim? in
                guard rule.means(feature: allowance.feature), let gate = gates[rule.name], gate.servedShare > 0 else {
                    return nil
                }
                return Claim(
                    lever: rule.name, touchedShare: gate.servedShare * rule.action.share, lossBound: gate.upperBound,
                    saving: rule.predictedMonthly?.dollars ?? 0)
            }
            let admitted = ErrorBudget(allowedShare: allowance.allowedShare).admitted(claims)
            heldBack.formUnion(Set(claims.map(\.lever)).subtracting(admitted))
        }
        return heldBack
    }
}
