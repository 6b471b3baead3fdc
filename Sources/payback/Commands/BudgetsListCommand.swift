import ArgumentParser
import Dashboard
import Documents
import Domain
import Registry

/// `payback budgets list`.
struct BudgetsListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "All budgets of the registry.",
        discussion:
            "What is spent and left shows the running gateway: /metrics on the admin port.\n\nExample: payback budgets list"
    )

    @OptionGroup var registry: RegistryOptions
    @OptionGroup var outputOptions: OutputOptions

    @Option(help: "text or json.")
    var format: ResultFormat = .text

    func run() async throws {
        try await reportingFailures { try list() }
    }

    private func list() throws {
        let budgets = try registry.open(mustExist: true).budgets()
        switch format {
        case .text:
            guard !budgets.isEmpty else {
                return try outputOptions.write(
                    "There are no budgets yet. Set one: payback budgets set --scope total --limit 1000 --per month\n")
            }
            var table = PlainTable([
                ("id", .left), ("scope", .left), ("limit USD", .decimal), ("per", .left), ("time zone", .left),
                ("kind", .left),
            ])
            for budget in budgets {
                table.add([
                    budget.id, budget.scope.text, budget.limit.decimalText, budget.period.text, budget.timeZone,
                    budget.enforcement.rawValue,
                ])
            }
            try outputOptions.write(table.text)
        case .json:
            let rows = budgets.map { $0.json.adding("webhook", .text($0.webhook)) }
            try outputOptions.write(JSONOutput.array(rows).text)
        }
    }
}
