internal import Documents
internal import Domain
internal import Ledger
internal import Policy
internal import Reports

/// The three numbers, the weekly trend, and what asks for attention.
enum OverviewPage {
    static let routes: [Route] = [.get("/", .viewer) { .page(try page($0, $1)) }]

    private static func page(_ request: WebRequest, _ site: Site) throws -> Page {
        let period = try site.period(of: request)
        let ledger = site.ledger(for: request)
        // From sums alone: a page does not wait for every record.
        let report = try ExecutiveReport.make(ledger, period, prices: site.room.prices(), readingAtMost: 0)
        var page = Page(
            title: report.headline, subtitle: "\(period.name), USD, UTC", section: .overview, hasMonths: true,
            isLive: true)
        if report.isEmpty {
            page.parts = [.blocks([empty(period, site.room.health())])]
            return page
        }
        page.parts = [
            .blocks(report.headlines), .pair(report.dearest { SpendLink.path([$0: $1], period: period) }),
            .blocks(try budgets(request, site) + [.heading(level: 1, text: "What to do next")] + report.nextActions),
            .blocks([.heading(level: 1, text: "How far this can be believed")] + report.strip),
        ]
        page.notes = [
            Note("Baseline: what the same requests would have cost as their callers asked for them."),
            Note("Realised: what all calls cost, our own for caches and judges included."),
        ]
        return page
    }

    private static func empty(_ period: ReportPeriod, _ health: ControlRoom.Health) -> Block {
        .hint(
            Hint(
                "Nothing was called in \(period.name). Point a client at \(health.callers), or import what a tool has recorded.",
                command: "payback import usage.jsonl"))
    }

    private static func budgets(_ request: WebRequest, _ site: Site) throws -> [Block] {
        let states = try site.budgets(for: request).sorted { $0.use > $1.use }.prefix(5)
        let heading = Block.heading(level: 1, text: "Budgets, the fullest first")
        if states.isEmpty {
            return [
                heading,
                .hint(
                    Hint(
                        "No budget limits anything.",
                        command: "payback budgets set --scope total --limit 500 --per month")),
            ]
        }
        return [heading, .table(BudgetTable.table(Array(states)))]
    }
}

/// Where a slice of spend is.
enum SpendLink {
    /// The page of records with some values, in a month.
    static func path(_ filter: [LedgerDimension: String?], by dimension: LedgerDimension? = nil, period: ReportPeriod)
        -> String
    {
        var fields = Fields(filter.map { ("is." + $0.key.rawValue, $0.value ?? "") }.sorted { $0.0 < $1.0 })
        if let dimension { fields = fields.setting("by", to: dimension.rawValue) }
        return "/spend" + fields.setting("month", to: period.period.start.monthText).link
    }
}
