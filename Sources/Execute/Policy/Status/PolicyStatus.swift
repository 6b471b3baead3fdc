package import Domain
internal import Inputs

/// The plan in force and how its rules are. Commands, pages and reports show it; none computes it anew.
package struct PolicyStatus: Sendable {
    /// The plan as it was put in force.
    package let applied: AppliedPlan
    /// The plan.
    package let plan: Plan
    /// Its rules, in the plan's order.
    package let rules: [RuleStatus]

    /// Joins a plan with what is remembered of its rules.
    package init(applied: AppliedPlan, plan: Plan, levers: [LeverRow]) {
        (self.applied, self.plan) = (applied, plan)
        let rows = Dictionary(levers.map { ($0.rule, $0) }) { $1 }
        let all = plan.rules.map { RuleStatus($0, row: rows[$0.name], at: applied.appliedAt) }
        let gates = Dictionary(all.compactMap { rule in rule.gate.map { (rule.rule.name, $0) } }) { $1 }
        let heldBack = ErrorBudget.heldBack(by: plan, gates: gates)
        rules = all.map { $0.heldBack(heldBack.contains($0.rule.name)) }
    }

    /// The rule of a name; `nil` where the plan has none.
    package func rule(named name: String) -> RuleStatus? { rules.first { $0.rule.name == name } }

    /// What a month is expected to save where the rules that act now do, and where all of the plan did.
    package var predictedMonthly: (acting: NanoUSD, all: NanoUSD) {
        rules.reduce((.zero, .zero)) { sums, status in
            guard let monthly = status.rule.predictedMonthly, status.rule.startingState != .off else { return sums }
            let acting = NanoUSD(nanos: Int64((Double(monthly.nanos) * (status.gateShare)).rounded()))
            return (sums.0 + acting, sums.1 + monthly)
        }
    }

    // MARK: Error budgets

    /// How much of a feature's error budget is taken.
    package struct FeatureBudget: Sendable {
        /// What the plan allows.
        package let allowance: Plan.ErrorAllowance
        /// What each rule that may serve the feature takes at most.
        package let claims: [ErrorBudget.Claim]
        /// What they take together, a fraction of the feature's answers.
        package var spentShare: Double { ErrorBudget(allowedShare: allowance.allowedShare).spentShare(claims) }
        /// Whether they may spoil more than is allowed.
        package var isExceeded: Bool { spentShare > allowance.allowedShare + 1e-12 }
    }

    /// The budgets that the plan states, with what the rules serving now take of them at most: every matching request of a
    /// feature is counted as touched.
    package var errorBudgets: [FeatureBudget] {
        plan.errorBudgets.map { allowance in
            let claims = rules.filter { $0.gate != nil && $0.rule.means(feature: allowance.feature) }.map { status in
                ErrorBudget.Claim(
                    lever: status.rule.name, touchedShare: status.servedShare,
                    lossBound: status.gate?.upperBound ?? 1, saving: status.rule.predictedMonthly?.dollars ?? 0)
            }
            return FeatureBudget(allowance: allowance, claims: claims)
        }
    }
}

extension RuleStatus {
    /// The part of its predicted saving that it may make now, a fraction; its own share is in the prediction already.
    fileprivate var gateShare: Double { rule.action.share > 0 ? servedShare / rule.action.share : 0 }
}

extension PlanRule {
    /// Whether it is about requests of a feature.
    func means(feature: String) -> Bool { selector.features.isEmpty || selector.features.contains(feature) }
}
