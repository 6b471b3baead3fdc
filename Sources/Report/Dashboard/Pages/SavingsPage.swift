internal import Documents
internal import Domain
internal import Policy
internal import Reports

/// What each lever saved, beside what was predicted, and how each rule of the plan in force is.
enum SavingsPage {
    static let routes: [Route] = [
        .get("/savings", .wholeView) { .page(try page($0, $1)) },
        .post("/savings/levers/:rule/pause") { request, site in
            try LeverChange.pause(request, site, reason: request.form["reason"])
            return .redirect("/savings")
        },
        .post("/savings/levers/:rule/resume") { request, site in
            try LeverChange.resume(request, site)
            return .redirect("/savings")
        },
    ]

    private static func page(_ request: WebRequest, _ site: Site) throws -> Page {
        let period = try site.period(of: request)
        let policy = try site.policy()
        let document = try SavingsReport.make(site.ledger(for: request), period, plan: policy?.plan).document
        var page = Page(
            title: document.title, subtitle: document.subtitle, section: .savings,
            parts: [.blocks(document.blocks)], notes: document.notes, hasMonths: true)
        page.parts += LeverCards.parts(policy, mayChange: request.viewer?.mayChange ?? false)
        page.parts.append(
            .blocks([
                .hint(
                    Hint(
                        "What else could be saved is computed from the ledger itself, with an interval.",
                        command: "payback model replay --plan plan.yaml"))
            ]))
        return page
    }
}
