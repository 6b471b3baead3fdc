import ArgumentParser
import Documents
import Domain
import Inputs
import Productivity
import Registry

/// `payback track outcomes`: what helpdesks, seat reports and repositories count.
struct TrackOutcomesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "outcomes", abstract: "Outcomes by month: tickets resolved, active seats, commits, pull requests.",
        subcommands: [OutcomesImportCommand.self, OutcomesListCommand.self], defaultSubcommand: OutcomesListCommand.self
    )
}

/// `payback track outcomes import`.
struct OutcomesImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Helpdesk and seat exports, commit and pull-request tables, the Claude Code analytics report.",
        discussion: """
            CSV or JSON lines with a date and any of: \(OutcomeReader.counts.joined(separator: ", ")).

            Example: payback track outcomes import helpdesk.csv seats.csv claude-code.json
            """)

    @Argument(help: "CSV with a header, JSON lines, or JSON.")
    var files: [String]

    @OptionGroup var registryOptions: RegistryOptions

    @Option(help: "text or json.")
    var format: ResultFormat = .text

    func run() async throws {
        try await reportingFailures {
            let registry = try registryOptions.open(mustExist: false)
            var (read, added, diagnostics) = (0, 0, Diagnostics())
            for file in try files.flatMap({ try FilePattern.expand($0) }) {
                var reader = OutcomeReader(file: file)
                let outcomes = try reader.read(try TableFile(path: file))
                read += outcomes.count
                added += try registry.add(outcomes, at: .now)
                diagnostics.add(reader.diagnostics)
            }
            StandardError.show(diagnostics)
            try ImportOutcome(read: read, added: added, rejected: diagnostics.rejections).write(
                as: format, what: "outcomes")
        }
    }
}

/// `payback track outcomes list`.
struct OutcomesListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Outcomes by name and month.",
        discussion: "Example: payback track outcomes list --format json")

    @OptionGroup var periodOptions: PeriodOptions
    @OptionGroup var registryOptions: RegistryOptions
    @OptionGroup var outputOptions: OutputOptions

    @Option(help: "text, json, markdown or html.")
    var format: DocumentFormat = .text

    func run() async throws {
        try await reportingFailures {
            let outcomes = try registryOptions.open(mustExist: true).outcomes(in: try periodOptions.period())
            let summary = OutcomeSummary(outcomes)
            try outputOptions.write(summary.document, summary.json, as: format)
        }
    }
}
