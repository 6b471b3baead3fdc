internal import Documents
internal import Domain
internal import Policy
internal import Registry

/// A card for each rule of the plan in force: how it is, on which evidence, and how to stop it.
enum LeverCards {
    /// The cards, with buttons for those who may change something.
    static func parts(_ policy: PolicyStatus?, mayChange: Bool) -> [Page.Part] {
        guard let policy, !policy.rules.isEmpty else {
            let hint = Hint(
                "No plan is in force, so nothing is saved on purpose. Weigh one by a replay, then put it in force.",
                command: "payback policy apply weighed.json")
            return [.blocks([.heading(level: 1, text: "Levers"), .hint(hint)])]
        }
        let heading: [Block] = [.heading(level: 1, text: "Levers: \(policy.title)"), .paragraph(policy.subtitle)]
        let links = [Page.Link(label: "Evidence and history", target: "/quality")]
        return [.blocks(heading), .links("More", links)]
            + policy.rules.flatMap { card($0, mayChange: mayChange) }
    }

    private static func card(_ status: RuleStatus, mayChange: Bool) -> [Page.Part] {
        let blocks: [Block] = [
            .heading(level: 2, text: status.rule.name), .figures(figures(status)), .paragraph(status.nextStep),
        ]
        return [.blocks(blocks)] + (mayChange ? [.form(form(status))] : [])
    }

    private static func figures(_ status: RuleStatus) -> [Figure] {
        let predicted = status.rule.predictedMonthly.map { NumberText.money($0) } ?? NumberText.none
        var figures = [
            Figure("State", status.stateText, note: status.rule.action.word),
            Figure("Serves", NumberText.percent(status.servedShare), note: "of matching requests"),
            Figure("Saved", status.saved.map { NumberText.money($0) } ?? NumberText.none, note: "since it began"),
            Figure("Predicted", predicted, note: "a month"),
        ]
        guard let gate = status.gate else { return figures }
        let (judged, lost) = (gate.process.judged, gate.process.lossSum)
        figures.append(
            Figure("Judged", NumberText.count(Int64(judged)), note: "\(NumberText.short(lost)) of them lost"))
        figures.append(
            Figure(
                "Loss at most", NumberText.percent(status.upperBound),
                note: "allowed: \(NumberText.percent(gate.terms.floor))"))
        return figures
    }

    private static func form(_ status: RuleStatus) -> Form {
        let path = "/savings/levers/\(status.rule.name.percentEncoded)/"
        if status.pause != nil {
            return Form(title: "", action: path + "resume", button: "Resume \(status.rule.name)", isInline: true)
        }
        let reason = Form.Field(
            name: "reason", label: "Reason to pause", isRequired: true)
        return Form(
            title: "", action: path + "pause", fields: [reason], button: "Pause \(status.rule.name)", isInline: true)
    }
}

/// Pausing and resuming a rule, from a form or through the API.
enum LeverChange {
    /// Stops the rule that the path names.
    ///
    /// - Throws: ``Refusal`` where the plan in force has no such rule, or no reason is given.
    @discardableResult
    static func pause(_ request: WebRequest, _ site: Site, reason: String?) throws -> String {
        let rule = try rule(request, site)
        guard let reason, !reason.allSatisfy(\.isWhitespace), reason.utf8.count <= 1_000 else {
            throw Refusal.bad("reason takes 1 to 1000 bytes: whoever finds the rule paused will ask why.")
        }
        try site.room.registry.pauseLever(rule, reason: reason, at: request.now)
        return rule
    }

    /// Lets the rule that the path names act again.
    ///
    /// - Throws: ``Refusal`` where the plan in force has no such rule; the registry's error where it is not paused.
    @discardableResult
    static func resume(_ request: WebRequest, _ site: Site) throws -> String {
        let rule = try rule(request, site)
        try site.room.registry.resumeLever(rule, at: request.now)
        return rule
    }

    private static func rule(_ request: WebRequest, _ site: Site) throws -> String {
        let name = request.parameters["rule"] ?? ""
        guard try site.policy()?.rule(named: name) != nil else {
            throw Refusal.missing("The plan in force has no rule \(name); GET /api/v1/policy lists them.")
        }
        return name
    }
}
