internal import Documents
internal import Domain
internal import Policy
internal import Registry

/// What is known of the quality of answers under each rule, and what changed on it.
enum QualityPage {
    static let routes: [Route] = [.get("/quality", .wholeView) { .page(try page($1)) }]

    private static func page(_ site: Site) throws -> Page {
        let policy = try site.policy()
        let history = PolicyHistory(
            changes: try site.room.registry.policyChanges(limit: 200), levers: try site.room.registry.levers())
        let gated = policy?.rules.filter(\.rule.needsGate) ?? []
        var page = Page(title: title(gated), subtitle: policy?.subtitle ?? "No plan is in force", section: .quality)
        page.parts = gated.isEmpty ? [.blocks([nothing(policy)])] : []
        if let policy, !policy.errorBudgets.isEmpty { page.parts.append(.blocks([.table(policy.budgetTable)])) }
        page.parts += gated.map { .blocks(blocks($0)) }
        if !history.events.isEmpty {
            page.parts.append(.blocks([.heading(level: 1, text: "History"), .table(history.table)]))
        }
        if !gated.isEmpty {
            page.notes = [Note("Bounds hold at every look. They are of the judge's verdicts, not of the truth.")]
        }
        return page
    }

    private static func title(_ gated: [RuleStatus]) -> String {
        if gated.isEmpty { return "Nothing is judged" }
        let serving = gated.count { $0.servedShare > 0 }
        let back = gated.count { $0.state == .rolledBack }
        let tail = back > 0 ? "; \(back) rolled back" : ""
        return serving == 0
            ? "No rule that may change answers serves" + tail
            : "\(serving) of \(gated.count) rules that may change answers \(serving == 1 ? "serves" : "serve")" + tail
    }

    private static func nothing(_ policy: PolicyStatus?) -> Block {
        policy == nil
            ? .hint(
                Hint(
                    "A plan's rules that may change answers are tried in shadow and judged; what is proven shows here.",
                    command: "payback policy apply plan.yaml"))
            : .hint(
                Hint(
                    "No rule of the plan in force may change an answer, so there is nothing to judge. A rule is judged that has quality terms.",
                    command: "payback policy validate plan.yaml"))
    }

    // MARK: A gate

    private static func blocks(_ status: RuleStatus) -> [Block] {
        let heading = Block.heading(level: 1, text: "\(status.rule.name): \(status.stateText)")
        guard let gate = status.gate else { return [heading, .hint(Hint(status.nextStep))] }
        var blocks: [Block] = [heading, .figures(figures(status, gate)), .paragraph(status.nextStep)]
        if let range = range(status, gate) { blocks.append(.paragraph(range)) }
        blocks.append(agreement(status))
        if !gate.transitions.isEmpty { blocks.append(.table(timeline(gate))) }
        return blocks
    }

    private static func figures(_ status: RuleStatus, _ gate: GateState) -> [Figure] {
        [
            Figure("Judged", NumberText.count(Int64(gate.process.judged)), note: "attempt \(gate.attempt)"),
            Figure("Lost", NumberText.short(gate.process.lossSum), note: NumberText.percent(gate.process.meanLoss)),
            Figure("Loss at most", NumberText.percent(status.upperBound), note: "at every look"),
            Figure("Allowed", NumberText.percent(gate.terms.floor), note: "the floor"),
            Figure(
                "Judgements failed", NumberText.count(Int64(gate.failed)), note: NumberText.percent(gate.failedShare)),
            Figure("Judge", status.rule.qualityInForce.judge.text),
        ]
    }

    private static func range(_ status: RuleStatus, _ gate: GateState) -> String? {
        status.interval.map {
            "The mean loss lies between \(NumberText.percent($0.lowerBound)) and \(NumberText.percent($0.upperBound)), "
                + "with \(NumberText.percent(1 - gate.terms.level)) confidence at every look."
        }
    }

    private static func agreement(_ status: RuleStatus) -> Block {
        guard let agreement = status.agreement, let share = agreement.agreementShare else {
            return .paragraph("Nobody has compared this judge with people yet: post verdicts of people as feedback.")
        }
        let bounds = agreement.agreementInterval()
        var text =
            "Judge and people agree on \(NumberText.percent(share)) of \(NumberText.count(Int64(agreement.count))) answers "
            + "(95 %: \(NumberText.percentage(bounds.lowerBound)) to \(NumberText.percent(bounds.upperBound)))."
        if let missed = agreement.missedShare {
            text += " Of what people call wrong it lets \(NumberText.percent(missed)) pass."
        }
        if let bound = status.upperBound {
            text += " People would call at most \(NumberText.percent(agreement.personBound(judgeBound: bound))) wrong."
        }
        return .paragraph(text)
    }

    private static func timeline(_ gate: GateState) -> Table {
        Table(
            "Changes of the gate, the newest first",
            columns: [
                Column("Time, UTC"), Column("From"), Column("To"), Column("Why"),
                Column("Judged", .decimal, priority: 1),
                Column("Lost", .decimal, priority: 2), Column("Loss at most, %", .decimal, priority: 1),
            ],
            rows: gate.transitions.reversed().map { change in
                Row([
                    Cell(change.at.secondText), Cell(change.from.text), Cell(change.to.text), Cell(change.reason),
                    Cell(NumberText.count(Int64(change.evidence.judged))),
                    Cell(NumberText.short(change.evidence.lossSum)),
                    Cell(NumberText.percentage(change.evidence.upperBound)),
                ])
            })
    }
}
