import ArgumentParser
import Documents
import Domain
import Gateway
import Inputs

/// `payback config check`.
struct ConfigCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Read a configuration and say what it means; exits with 78 where it is wrong.",
        discussion: "Example: payback config check payback.yaml")

    @Argument(help: "The file.")
    var file: String = "payback.yaml"

    @OptionGroup var outputOptions: OutputOptions

    @Option(help: "text or json.")
    var format: ResultFormat = .text

    func run() async throws {
        try await reportingFailures { try check() }
    }

    private func check() throws {
        let (configuration, problems) = try ConfigurationOptions.read(file)
        switch format {
        case .text: try outputOptions.write(text(configuration, problems))
        case .json: try outputOptions.write(json(configuration, problems).text)
        }
        if problems.contains(where: { $0.severity == .error }) { throw ExitCode(SystemExit.configuration.rawValue) }
    }

    private func text(_ configuration: GatewayConfiguration, _ problems: [InputProblem]) -> String {
        var text = problems.map { "\($0.severity.rawValue): \($0)\n" }.joined()
        if problems.contains(where: { $0.severity == .error }) { return text }
        text +=
            "callers   \(configuration.listen.host):\(configuration.listen.port), keys \(configuration.authentication.rawValue)\n"
        text += "operators \(configuration.admin.host):\(configuration.admin.port)\n"
        text += "journal   \(configuration.journal.directory), \(configuration.journal.durability.rawValue)\n\n"
        var table = PlainTable([
            ("upstream", .left), ("kind", .left), ("address", .left), ("keys", .decimal), ("billed by", .left),
        ])
        for upstream in configuration.upstreams {
            table.add([
                upstream.name, upstream.kind.rawValue, upstream.baseURL, "\(upstream.keyCount)",
                upstream.billingProvider,
            ])
        }
        text += table.text
        for route in configuration.models {
            text +=
                "\nmodel \(route.name) → "
                + route.targets.map { "\($0.upstream)/\($0.model)" }.joined(separator: ", then ")
        }
        for budget in configuration.budgets {
            text +=
                "\nbudget \(budget.scope.text): \(budget.limit.decimalText) USD per \(budget.period.text), \(budget.enforcement.rawValue)"
        }
        for report in configuration.delivery.plan.reports {
            text +=
                "\nreport \(report.name): \(report.schedule.text), \(report.format.rawValue), to \(report.targets.map(\.label).joined(separator: ", "))"
        }
        return text + "\n\(configuration.keys.count) keys in the file\n"
    }

    private func json(_ configuration: GatewayConfiguration, _ problems: [InputProblem]) -> JSONOutput {
        [
            "valid": .bool(!problems.contains { $0.severity == .error }),
            "upstreams": .array(
                configuration.upstreams.map { upstream in
                    [
                        "name": .string(upstream.name), "kind": .string(upstream.kind.rawValue),
                        "base_url": .string(upstream.baseURL),
                        "credentials": .integer(Int64(upstream.keyCount)),
                        "provider": .string(upstream.billingProvider),
                    ]
                }),
            "models": .array(configuration.models.map { .string($0.name) }),
            "deliveries": .array(configuration.delivery.plan.reports.map { .string($0.name) }),
            "budgets": .integer(Int64(configuration.budgets.count)), "keys": .integer(Int64(configuration.keys.count)),
            "problems": .array(
                problems.map { problem in
                    [
                        "file": .string(problem.file), "line": .count(problem.line.map { Int64($0) }),
                        "path": .string(problem.path), "severity": .string(problem.severity.rawValue),
                        "message": .string(problem.message),
                    ]
                }),
        ]
    }
}
