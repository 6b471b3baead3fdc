internal import Documents
internal import Domain
internal import Policy
internal import Registry

/// Budgets: what is spent, and how they are set.
enum BudgetPages {
    static let routes: [Route] = [
        .get("/budgets", .viewer) { .page(try page($0, $1)) },
        .post("/budgets") { request, site in
            try site.room.registry.set(try BudgetFields.budget(request.form, site, at: request.now), at: request.now)
            return .redirect("/budgets")
        },
        .post("/budgets/:id/remove") { request, site in
            try site.room.registry.removeBudget(id: request.parameters["id"] ?? "", at: request.now)
            return .redirect("/budgets")
        },
    ]

    private static func page(_ request: WebRequest, _ site: Site) throws -> Page {
        let states = try site.budgets(for: request)
        var page = Page(
            title: title(states), subtitle: "USD; a hard budget is never exceeded, a soft one warns", section: .budgets)
        page.parts = [
            .blocks(
                states.isEmpty
                    ? [
                        .hint(
                            Hint(
                                "No budget limits anything that you see.",
                                command: "payback budgets set --scope customer=acme --limit 250 --per month"))
                    ]
                    : [.table(BudgetTable.table(states))])
        ]
        guard request.viewer?.mayChange ?? false else { return page }
        page.parts += [.form(BudgetFields.form)]
        let registered = try site.room.registry.budgets()
        if !registered.isEmpty { page.parts.append(.blocks([.heading(level: 1, text: "Remove a budget")])) }
        page.parts += registered.map { budget in
            .form(
                Form(
                    title: "", action: "/budgets/\(budget.id.percentEncoded)/remove",
                    button: "Remove \(budget.scope.text) per \(budget.period.text)",
                    confirmation: "Remove the budget of \(budget.scope.text)? What it refuses today will go through.",
                    isInline: true))
        }
        return page
    }

    private static func title(_ states: [BudgetState]) -> String {
        let full = states.count { $0.use >= 1 }
        if states.isEmpty { return "No budgets" }
        if full == 0 { return states.count == 1 ? "One budget, not used up" : "\(states.count) budgets, none used up" }
        return full == states.count && full == 1
            ? "The budget is used up" : "\(full) of \(states.count) budgets are used up"
    }
}

/// A budget's fields, in forms and in the API.
enum BudgetFields {
    static var form: Form {
        Form(
            title: "Set a budget", action: "/budgets",
            fields: [
                Form.Field(
                    name: "scope", label: "Whose spend", value: "customer=",
                    help: "total, customer=NAME (customer=* for each), feature=NAME, team=NAME or key=ID",
                    isRequired: true),
                Form.Field(name: "limit", label: "Limit, USD", kind: .number, isRequired: true),
                Form.Field(
                    name: "per", label: "Per",
                    kind: .choice(["day", "week", "month", "rolling:24h", "rolling:30d"].map { ($0, $0) }),
                    value: "month"),
                Form.Field(
                    name: "enforcement", label: "At the limit",
                    kind: .choice([("hard", "refuse what does not fit"), ("soft", "warn only")]), value: "hard"),
                Form.Field(name: "time_zone", label: "Time zone", value: "UTC"),
            ], button: "Set the budget")
    }

    /// The budget that fields describe. One that it replaces keeps its webhook, which no field shows: it is as good as a
    /// password.
    ///
    /// - Throws: `DraftError` naming the field; `RegistryError` where there is no such key.
    static func budget(_ fields: Fields, _ site: Site, at now: Timestamp) throws -> Budget {
        var draft = BudgetDraft()
        (draft.scope, draft.limit, draft.per) = (fields["scope"], fields["limit"], fields["per"])
        (draft.timeZone, draft.enforcement) = (fields["time_zone"], fields["enforcement"])
        var random = SystemRandomNumberGenerator()
        let budget = try draft.budget(id: SignIn.id("bud_", now, &random), isTimeZone: BudgetCalendar.knows)
        return try draft.completed(budget, in: site.room.registry)
    }
}
