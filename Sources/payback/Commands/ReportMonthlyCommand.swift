import ArgumentParser
import Domain
import Gateway
import Inputs
import Ledger
import Productivity
import Registry
import Reports

/// `payback report monthly`.
struct ReportMonthlyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "monthly",
        abstract: "The month: spend and why it changed, budgets and forecast, who pays, what it was worth.",
        discussion: """
            Showback rules (YAML): rules: [{team: search, cost_center: C-12, features: [search], from: 2026-07-01}], shared: proportional.

            Example: payback report monthly --month 2026-10 --showback teams.yaml --hourly-rate 95 --format html --output october.html
            """)

    @OptionGroup var options: ReportOptions
    @OptionGroup var registryOptions: RegistryOptions

    @Option(help: "Who pays for what: rules from features, customers, keys and models to teams.")
    var showback: String?

    @Option(help: "A loaded hour, USD.")
    var hourlyRate = 100.0

    @Option(help: "Engineers who keep it running, for the total cost.")
    var engineers = 0.0

    mutating func validate() throws {
        guard (0...1e9).contains(hourlyRate), (0...1e9).contains(engineers) else {
            throw ValidationError("--hourly-rate and --engineers take numbers of at least 0.")
        }
    }

    func run() async throws {
        try await reportingFailures {
            let ledger = try options.ledgerOptions.open(mustExist: true)
            let period = try options.period(of: ledger)
            let rules = try showback.map { try ShowbackRules(try YAMLDocument(path: $0)) } ?? .none
            var inputs = try inputs(period, until: try ledger.extent()?.end ?? period.period.end)
            inputs.showback = rules
            let report = try MonthlyReport.make(ledger, period, prices: try options.book(), inputs: inputs)
            try options.refuse(report.isEmpty, period)
            try options.write(report.document, report.json)
        }
    }

    /// Tasks and budgets, where there is a registry.
    private func inputs(_ period: ReportPeriod, until: Timestamp) throws -> MonthlyReport.Inputs {
        var rates = TaskSummary.Rates(hourly: hourlyRate)
        rates.engineers = engineers
        // A month that is over is known whole; of one that runs, what the ledger has.
        let now = Timestamp.now >= period.period.end ? period.period.end : min(.now, max(until, period.period.start))
        guard try registryOptions.exists() else {
            return MonthlyReport.Inputs(tasks: TaskSummary([], rates: rates), now: now)
        }
        let registry = try registryOptions.open(mustExist: true)
        let tasks = try TaskCosts(ledgerOptions: options.ledgerOptions).filled(
            registry.tasks(in: period.period), among: registry.tasks(in: .always))
        var inputs = MonthlyReport.Inputs(
            tasks: TaskSummary(tasks, baselines: try registry.baselines(), rates: rates), now: now)
        inputs.budgets = try registry.budgets() + registryOptions.configuration.load().configuration.budgets
        inputs.closed = try registry.closedMonth(period.period.start.month)
        return inputs
    }
}
