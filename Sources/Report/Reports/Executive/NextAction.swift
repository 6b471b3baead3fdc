package import Auditing
package import Domain

/// Something to do next, with what it is worth.
package struct NextAction: Sendable, Hashable {
    /// What it is about.
    package let subject: String
    /// What to do, in a sentence.
    package let advice: String
    /// A month's saving, where a replay or an audit says so.
    package let monthly: NanoUSD?
    /// Whether a replay predicts it, or it is only an upper bound.
    package let isPredicted: Bool

    /// The actions of greatest worth: rules of a weighed plan that do not act yet, then what the audit found.
    package static func next(_ most: Int, plan: Plan?, findings: Findings, months: Double) -> [NextAction] {
        let rules = (plan?.rules ?? []).filter { rule in
            (rule.state == .off || rule.state == .shadow || rule.state == .canary)
                && (rule.predictedMonthly ?? .zero) > .zero
        }
        let waiting = rules.sorted { ($0.predictedMonthly ?? .zero) > ($1.predictedMonthly ?? .zero) }.map { rule in
            NextAction(
                subject: rule.name,
                advice:
                    "Turn the rule \(rule.name) on; it is \(rule.state.rawValue.split(separator: "_").joined(separator: " ")).",
                monthly: rule.predictedMonthly, isPredicted: true)
        }
        let found = findings.plan.actions.sorted { $0.upperBound > $1.upperBound }.map { action in
            let monthly =
                months > 0 ? NanoUSD(nanos: Int64(Double(action.upperBound.nanos) / months)) : action.upperBound
            return NextAction(
                subject: action.subject, advice: action.advice, monthly: monthly > .zero ? monthly : nil,
                isPredicted: false)
        }
        return Array((waiting + found).prefix(most))
    }
}
