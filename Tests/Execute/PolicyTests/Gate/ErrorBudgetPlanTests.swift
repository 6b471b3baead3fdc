import Domain
import Policy
import Testing

@Suite("A plan's error budgets")
struct ErrorBudgetPlanTests {
    /// A rule for a feature, and its gate after so many good verdicts while it acts for all.
    private static func rule(_ name: String, feature: String, monthly: String) -> PlanRule {
        var rule = PlanRule(name: name, action: .route(RouteTerms(provider: "openai", model: "gpt-4o-mini")))
        rule.selector.features = [feature]
        rule.quality = QualityTerms()
        rule.predictedMonthly = NanoUSD(dollars: monthly)
        return rule
    }

    private static func gate(good: Int) -> GateState {
        var terms = GateTerms()
        (terms.leastJudged, terms.canaryJudged) = (10, 10)
        var gate = GateState(terms: terms)
        gate.open(at: Timestamp(seconds: 1))
        for _ in 0..<good { gate.take(.scored(.none), at: Timestamp(seconds: 1)) }
        return gate
    }

    @Test("What does not fit beside what saves more is held back; a wider budget, or a lower bound, lets it serve")
    func held() {
        let rules = [
            Self.rule("big", feature: "chat", monthly: "900"), Self.rule("small", feature: "chat", monthly: "5"),
        ]
        var plan = Plan()
        plan.rules = rules + [Self.rule("elsewhere", feature: "search", monthly: "1")]
        let gates = Dictionary(uniqueKeysWithValues: plan.rules.map { ($0.name, Self.gate(good: 400)) })
        #expect(gates["big"]?.state == .on)
        #expect(ErrorBudget.heldBack(by: plan, gates: gates).isEmpty, "without a budget nothing is held back")
        plan.errorBudgets = [.init(feature: "chat", allowedShare: 0.02)]
        #expect(ErrorBudget.heldBack(by: plan, gates: gates) == ["small"])
        plan.errorBudgets = [.init(feature: "chat", allowedShare: 0.05)]
        #expect(ErrorBudget.heldBack(by: plan, gates: gates).isEmpty)
        plan.errorBudgets = [.init(feature: "chat", allowedShare: 0.02)]
        let longer = gates.mapValues { _ in Self.gate(good: 2_000) }
        #expect(ErrorBudget.heldBack(by: plan, gates: longer).isEmpty)
    }
}
