import ArgumentParser
import Domain
import Policy
import Registry

/// `payback budgets set`.
struct BudgetsSetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set",
        abstract: "Set a budget, or change the one of the same scope and period.",
        discussion: """
            A hard budget is never exceeded: a request whose worst case does not fit is refused. A soft one warns.

            Example: payback budgets set --scope customer=acme --limit 250 --per month --time-zone Europe/Berlin
            """)

    @OptionGroup var registry: RegistryOptions

    @Option(
        help: "total, key=ID (or its name), customer=NAME (customer=* for each by itself), feature=NAME or team=NAME.")
    var scope: String

    @Option(help: "The most that may be spent in a period, in USD.")
    var limit: String

    @Option(help: "day, week, month, or a rolling span: rolling:24h, rolling:30d.")
    var per: String

    @Flag(help: "Refuse what does not fit (the default), or only warn.")
    var enforcement: Enforcement = .hard

    @Option(help: "The IANA time zone in which days, weeks and months begin.")
    var timeZone = "UTC"

    @Option(help: "An address that warnings are posted to. A budget that is changed keeps its own; \"\" takes it away.")
    var webhook: String?

    enum Enforcement: String, EnumerableFlag {
        case hard, soft
    }

    func run() async throws {
        try await reportingFailures {
            var random = SystemRandomNumberGenerator()
            let id = "bud_" + SortableID(at: .now, using: &random).text
            let budget = try draft.budget(id: id, isTimeZone: BudgetCalendar.knows)
            let store = try registry.open(mustExist: false)
            let kept = try store.set(try draft.completed(budget, in: store), at: .now)
            try StandardOutput.write(
                "\(kept.id)  \(kept.scope.text)  \(kept.limit.decimalText) USD per \(kept.period.text)  \(kept.enforcement.rawValue)\n"
            )
        }
    }

    private var draft: BudgetDraft {
        var draft = BudgetDraft()
        (draft.scope, draft.limit, draft.per) = (scope, limit, per)
        (draft.timeZone, draft.enforcement, draft.webhook) = (timeZone, enforcement.rawValue, webhook)
        return draft
    }
}
