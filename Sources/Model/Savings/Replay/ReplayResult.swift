package import Domain
internal import Policy
internal import Statistics

/// What a replay came to.
package struct ReplayResult: Sendable {
    /// A rule.
    struct LeverRow {
        let rule: PlanRule
        let tally: ReplayLane.Tally
        /// What it would save without the others.
        let alone: NanoUSD
        /// Answers that may be worse: as the evidence says, and at most with 95 % confidence; `nil` without evidence, or
        /// where the rule changes no answer.
        let expectedWorse: (expected: Double, most: Double)?
        /// A month's saving at the pace of the replay; `nil` where the span of time is not known.
        let monthly: NanoUSD?
    }

    let plan: Plan
    let sums: ReplaySums
    let rows: [LeverRow]
    /// By day since 1970.
    let days: [(day: Int64, asked: NanoUSD, planned: NanoUSD)]
    let reference: ReferenceBaseline.Result?
    let heldOut: (requests: Int64, cost: NanoUSD)
    /// Requests that at least one rule changed.
    let touched: Int64
    /// The saving as a share of the cost as asked, from day to day: 95 %; `nil` below eight days.
    let interval: ClosedRange<Double>?

    init(
        plan: Plan, sums: ReplaySums, days: [Int64: Replay.Day], lane: ReplayLane, alone: [ReplayLane],
        reference: ReferenceBaseline.Result?
    ) {
        (self.plan, self.sums, self.reference) = (plan, sums, reference)
        (heldOut, touched) = (lane.heldOut, lane.touched)
        self.days = days.sorted { $0.key < $1.key }.map { ($0, $1.asked, $1.planned) }
        interval = BlockBootstrap.ratioInterval(
            self.days.map { (Double(($0.asked - $0.planned).nanos), Double($0.asked.nanos)) })
        let months = sums.months
        rows = plan.rules.indices.map { position in
            let tally = lane.tallies[position]
            return LeverRow(
                rule: plan.rules[position], tally: tally,
                alone: alone.isEmpty ? tally.saving : alone[position].tallies[0].saving,
                expectedWorse: Self.worse(plan.rules[position], touched: tally.touched),
                monthly: months.map { NanoUSD(nanos: Int64((Double(tally.saving.nanos) / $0).rounded())) })
        }
    }

    private static func worse(_ rule: PlanRule, touched: Int64) -> (expected: Double, most: Double)? {
        guard rule.action.mayChangeAnswers, let evidence = rule.evidence else { return nil }
        let most = ShareInterval.upperBound(successes: evidence.wrong, of: evidence.judged)
        return (Double(touched) * Double(evidence.wrong) / Double(evidence.judged), Double(touched) * most)
    }

    /// Whether there was nothing to replay.
    package var isEmpty: Bool { sums.requests == 0 }

    /// The saving as a share of what the priced requests cost as asked.
    package var savingShare: Double? { sums.saving.share(of: sums.asked) }

    /// What the plan saves.
    package var saving: NanoUSD { sums.saving }

    /// The plan with what each rule is expected to save; rules that cost more than they save are off.
    package var weighedPlan: Plan {
        var weighed = plan
        for position in rows.indices where weighed.rules[position].state == .on {
            weighed.rules[position].predictedMonthly = rows[position].monthly
            if rows[position].tally.saving < .zero { weighed.rules[position].state = .off }
        }
        return weighed
    }

    /// A change of circumstances, beside the replay.
    struct Scenario {
        let name: String
        let growth: Double
        let priceChange: Double
        /// The share of gated requests that a quality gate accepts.
        let acceptance: Double
    }

    /// What is looked at beside the replay where the plan states nothing else.
    static let usualScenarios = [
        Scenario(name: "Half as much traffic again", growth: 0.5, priceChange: 0, acceptance: 1),
        Scenario(name: "Prices fall by half", growth: 0, priceChange: -0.5, acceptance: 1),
        Scenario(name: "Gates accept half", growth: 0, priceChange: 0, acceptance: 0.5),
    ]

    /// A scenario's saving and cost as asked, USD: everything scales with traffic and prices; rules that may change
    /// answers save in proportion to what their gate accepts.
    func saving(in scenario: Scenario) -> (saving: Double, asked: Double) {
        let scale = (1 + scenario.growth) * (1 + scenario.priceChange)
        let saved = rows.reduce(0.0) { sum, row in
            sum + row.tally.saving.dollars * (row.rule.action.mayChangeAnswers ? scenario.acceptance : 1)
        }
        return (saved * scale, sums.asked.dollars * scale)
    }
}

extension ReplaySums {
    /// The span in months of 30.4375 days, from the first to the last request; `nil` below an hour.
    var months: Double? {
        guard let first, let last, !first.isRelative else { return nil }
        let span = Double(last.microseconds - first.microseconds) / Double(Timestamp.microsecondsPerDay)
        return span < 1.0 / 24 ? nil : span / 30.4375
    }
}

extension PlanAction {
    /// Whether answers may differ from those asked for.
    var mayChangeAnswers: Bool {
        switch self {
        case .cache(let terms): terms.match != .exact
        case .route, .shorten, .limitOutput: true
        case .alignPrefix, .tier: false
        }
    }
}
