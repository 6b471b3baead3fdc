package import Domain
package import Inputs
internal import JSONScan

/// What is worth knowing before a plan is put in force, although nothing in it is wrong.
package enum PlanAdvice {
    /// Where requests can go, as the configuration says.
    package struct Targets: Sendable, Hashable {
        /// The upstreams' names, and who bills for each.
        package var upstreams: [String: String]
        /// The models that the configuration names; empty where callers may name any.
        package var models: Set<String>

        /// Creates a list of targets.
        package init(upstreams: [String: String], models: Set<String>) {
            (self.upstreams, self.models) = (upstreams, models)
        }
    }

    /// Warnings about a plan, each with its line.
    ///
    /// - Parameters:
    ///   - document: the file that the plan was read from.
    ///   - targets: what the configuration knows; `nil` where there is none to compare with.
    package static func warnings(on plan: Plan, _ document: YAMLDocument, targets: Targets?) -> [InputProblem] {
        let root = InputSection(context: InputSection.Context(document: document))
        for (rule, section) in zip(plan.rules, root.sections("rules")) {
            advise(rule, section)
            if let targets { compare(rule, targets, section) }
        }
        for (allowance, section) in zip(plan.errorBudgets, root.sections("error_budgets")) {
            weigh(allowance, plan, section)
        }
        return root.context.problems
    }

    private static func advise(_ rule: PlanRule, _ section: InputSection) {
        func warn(_ key: String?, _ message: String) { section.complain(key, message, severity: .warning) }
        if !rule.action.isExecuted {
            return warn("lever", "this gateway does not execute \(rule.action.word) yet; the rule is only replayed")
        }
        if rule.needsGate, section.value["state"] != nil, [.on, .canary].contains(rule.state) {
            warn("state", "it starts in shadow all the same: quality is proven, not declared")
        }
        if !rule.needsGate, [.shadow, .canary].contains(rule.state) {
            warn("state", "it has no gate and acts at once; give it quality to begin in shadow, or state: off")
        }
        if rule.needsGate, rule.startingState != .off, rule.qualityInForce.judge == .feedback {
            warn(
                "quality",
                "nobody judges it but who posts feedback, and in shadow nobody sees its answers: name a judge")
        }
    }

    private static func compare(_ rule: PlanRule, _ targets: Targets, _ section: InputSection) {
        func warn(_ key: String?, _ message: String) { section.complain(key, message, severity: .warning) }
        func look(_ upstream: String?, _ key: String) {
            guard let upstream, targets.upstreams[upstream] == nil else { return }
            warn(key, "the configuration has no upstream \(upstream); it has \(targets.names)")
        }
        if case .model(let judge) = rule.qualityInForce.judge { look(judge.upstream, "quality.judge.llm.upstream") }
        guard case .route(let terms) = rule.action else { return }
        look(terms.upstream, "upstream")
        for (position, check) in terms.checks.enumerated() {
            if case .judge(let judge) = check { look(judge.upstream, "checks.\(position).judge.upstream") }
        }
        if terms.upstream == nil, !targets.upstreams.values.contains(terms.provider) {
            warn("to.provider", "no upstream of the configuration is billed by \(terms.provider)")
        }
        if !targets.models.isEmpty, !targets.models.contains(terms.model) {
            warn("to.model", "the configuration does not name \(terms.model) among its models")
        }
    }

    /// Whether the rules of a feature fit its budget at their floors, where all of them act.
    private static func weigh(_ allowance: Plan.ErrorAllowance, _ plan: Plan, _ section: InputSection) {
        let floors = plan.rules.filter {
            $0.needsGate && $0.startingState != .off && $0.action.isExecuted && $0.means(feature: allowance.feature)
        }.map { $0.qualityInForce.gate.floor * $0.action.share }
        let sum = floors.reduce(0, +)
        guard sum > allowance.allowedShare + 1e-12 else { return }
        section.complain(
            "allowed_share",
            "the floors of its \(floors.count) rules add up to \((sum * 10_000).rounded() / 100) % of answers",
            severity: .warning)
    }
}

extension PlanAdvice.Targets {
    fileprivate var names: String { upstreams.keys.sorted().joined(separator: ", ") }
}
