internal import Documents
internal import Reports

/// What each lever saved, beside what was predicted.
enum SavingsPage {
    static let routes: [Route] = [.get("/savings", .wholeView) { .page(try page($0, $1)) }]

    private static func page(_ request: WebRequest, _ site: Site) throws -> Page {
        let period = try site.period(of: request)
        let document = try SavingsReport.make(site.ledger(for: request), period).document
        return Page(
            title: document.title, subtitle: document.subtitle, section: .savings,
            parts: [
                .blocks(document.blocks),
                .blocks([
                    .hint(
                        Hint(
                            "What else could be saved is computed from the ledger itself, with an interval.",
                            command: "payback model replay --plan plan.yaml"))
                ]),
            ], notes: document.notes, hasMonths: true)
    }
}
