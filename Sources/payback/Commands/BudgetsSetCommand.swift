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

    @Option(help: "An address that warnings are posted to.")
    var webhook: String?

    enum Enforcement: String, EnumerableFlag {
        case hard, soft
    }

    func run() async throws {
        try await reportingFailures {
            let budget = try self.budget()
            let store = try registry.open(mustExist: false)
            let kept = try store.set(try Self.knowingKey(budget, in: store), at: .now)
            try StandardOutput.write(
                "\(kept.id)  \(kept.scope.text)  \(kept.limit.decimalText) USD per \(kept.period.text)  \(kept.enforcement.rawValue)\n"
            )
        }
    }

    /// The budget with the id of the key that it names. A hard budget of a key that is not there would limit nobody.
    private static func knowingKey(_ budget: Budget, in store: RegistryStore) throws -> Budget {
        // Keys that the configuration file holds are not in the registry.
        guard case .key(let name) = budget.scope, !name.hasPrefix("key_file_") else { return budget }
        var result = budget
        result.scope = .key(try store.key(named: name).id)
        return result
    }

    private func budget() throws -> Budget {
        guard let scope = BudgetScope(scope) else {
            throw ValidationError(
                "--scope \(self.scope) is no scope; write total, key=ID, customer=NAME, feature=NAME or team=NAME.")
        }
        guard let amount = NanoUSD(dollars: limit), amount >= .zero else {
            throw ValidationError("--limit \(limit) is no amount in USD; write 250 or 0.5.")
        }
        guard let period = BudgetPeriod(per) else {
            throw ValidationError("--per \(per) is no period; write day, week, month, rolling:24h or rolling:30d.")
        }
        guard BudgetCalendar.knows(timeZone: timeZone) else {
            throw ValidationError("--time-zone \(timeZone) is not known; write for example Europe/Berlin.")
        }
        var random = SystemRandomNumberGenerator()
        return Budget(
            id: "bud_" + SortableID(at: .now, using: &random).text, scope: scope, limit: amount, period: period,
            timeZone: timeZone, enforcement: enforcement == .hard ? .hard : .soft, webhook: webhook)
    }
}
