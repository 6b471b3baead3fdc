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
            var inputs = try inputs(ledger, period)
            inputs.showback = rules
            let report = try MonthlyReport.make(ledger, period, prices: try options.book(), inputs: inputs)
            try options.refuse(report.isEmpty, period)
            try options.write(report.document, report.json)
        }
    }

    /// Tasks and budgets, where there is a registry.
    private func inputs(_ ledger: any UsageLedger, _ period: ReportPeriod) throws -> MonthlyReport.Inputs {
        var rates = TaskSummary.Rates(hourly: hourlyRate)
        rates.engineers = engineers
        let registry = try registryOptions.exists() ? registryOptions.open(mustExist: true) : nil
        let configured = try registry.map { _ in try registryOptions.configuration.load().configuration.budgets }
        return try .recorded(
            registry, ledger, period, budgets: (configured ?? []) + (try registry?.budgets() ?? []), rates: rates,
            clock: .now)
    }
}
