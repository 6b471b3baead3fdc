import Domain
import Policy

/// Levers as they stand after a while.
enum ProvenLever {
    /// Terms under which little is enough, so that tests are short.
    static var quickTerms: GateTerms {
        var terms = GateTerms()
        (terms.floor, terms.leastJudged, terms.canaryJudged) = (0.5, 5, 5)
        (terms.canaryShare, terms.servingJudgedShare, terms.averageRunLength) = (1, 1, 20)
        return terms
    }

    /// What the registry knows of a rule that acts for all.
    static func rows(_ rule: PlanRule) -> [String: LeverRow] {
        let moment = Timestamp(seconds: 1_760_000_000)
        var gate = GateState(terms: rule.qualityInForce.gate)
        gate.open(at: moment)
        while gate.state != .on { gate.take(.scored(.none), at: moment) }
        var row = LeverRow(rule: rule.name, updatedAt: moment)
        row.kept = gate.record(of: rule)
        return [rule.name: row]
    }

    /// A rule that sends everything to another model, judged by the words of its answers.
    static func route(
        to model: String, of provider: String = "openai", _ change: (inout RouteTerms) -> Void = { _ in }
    ) -> PlanRule {
        var terms = RouteTerms(provider: provider, model: model)
        change(&terms)
        var rule = PlanRule(name: "cheaper", action: .route(terms))
        var quality = QualityTerms()
        (quality.judge, quality.gate) = (.normalised, quickTerms)
        rule.quality = quality
        return rule
    }

    static func plan(_ rule: PlanRule) -> Plan {
        var plan = Plan()
        plan.rules = [rule]
        return plan
    }
}
