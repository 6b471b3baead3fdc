internal import Documents
internal import Domain
internal import Ledger
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
        page.parts.append(.blocks([try measured(site.ledger(for: request), period)]))
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

    /// So many requests are looked at one by one for a page; of more the command tells.
    private static let mostRead: Int64 = 50_000

    /// What the holdout measures, whatever the records say of themselves.
    private static func measured(_ ledger: any UsageLedger, _ period: ReportPeriod) throws -> Block {
        let rows = try ledger.rows(for: LedgerQuery(period: period.period, by: [.action]))
        let heldOut = rows.first { $0.values[0] == GatewayAction.heldOut.name }?.measures.requests ?? 0
        guard heldOut > 0 else {
            return .hint(
                Hint("Nothing is held out, so savings are modelled. A plan's holdout: {share: 0.02} measures them."))
        }
        guard rows.reduce(0, { $0 + $1.measures.requests }) <= mostRead,
            let check = try HoldoutCheck.of(ledger, in: period.period)
        else {
            return .hint(
                Hint(
                    "\(NumberText.count(heldOut)) requests were left untouched to measure against.",
                    command: "payback report executive"))
        }
        return .paragraph(check.sentence)
    }
}
