import ArgumentParser
import Documents
import Domain
import Inputs
import Ledger
import Productivity
import Registry
import Reports

/// `payback track summary`: what tasks saved.
struct TrackSummaryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "summary",
        abstract: "Hours saved, their value, ROI on API cost and on total cost, trend, what to do.",
        discussion: """
            Examples:
              payback track summary --hourly-rate 100 --engineers 10 --format json
              payback track summary tasks.csv            (a file, without keeping it)
            """)

    @Argument(help: "Files to sum up instead of what has been recorded.")
    var files: [String] = []

    @Option(help: "A loaded hour, USD.")
    var hourlyRate = 100.0

    @Option(help: "Engineers who keep it running, for the total cost.")
    var engineers = 0.0

    @Option(help: "Hours that each spends on it a month.")
    var overheadHours = 2.0

    @Option(help: "Months that the tasks cover, for the total cost.")
    var months = 1.0

    @Option(help: "Infrastructure a month, USD.")
    var infrastructureMonthly = 0.0

    @OptionGroup var periodOptions: PeriodOptions
    @OptionGroup var registryOptions: RegistryOptions
    @OptionGroup var ledgerOptions: LedgerOptions
    @OptionGroup var outputOptions: OutputOptions

    @Option(help: "text, json, markdown or html.")
    var format: DocumentFormat = .text

    mutating func validate() throws {
        for (name, value) in [
            ("--hourly-rate", hourlyRate), ("--engineers", engineers), ("--overhead-hours", overheadHours),
            ("--months", months), ("--infrastructure-monthly", infrastructureMonthly),
        ] where !(0...1e9).contains(value) {
            throw ValidationError("\(name) takes a number of at least 0.")
        }
    }

    func run() async throws {
        try await reportingFailures {
            let (tasks, baselines) = try files.isEmpty ? recorded() : (fromFiles(), knownBaselines())
            var rates = TaskSummary.Rates(hourly: hourlyRate)
            (rates.engineers, rates.overheadHours, rates.months) = (engineers, overheadHours, months)
            rates.infrastructureMonthly = infrastructureMonthly
            let summary = TaskSummary(tasks, baselines: baselines, rates: rates)
            try outputOptions.write(summary.document, summary.json, as: format)
        }
    }

    private func recorded() throws -> ([TaskMetric], [TaskBaseline]) {
        let registry = try registryOptions.open(mustExist: true)
        let recorded = RecordedTasks(registry, ledger: try ledgerOptions.open(mustExist: true))
        return (try recorded.tasks(in: periodOptions.period()), try registry.baselines())
    }

    /// Baselines that have been recorded, where there is a registry at all.
    private func knownBaselines() throws -> [TaskBaseline] {
        try registryOptions.exists() ? try registryOptions.open(mustExist: true).baselines() : []
    }

    private func fromFiles() throws -> [TaskMetric] {
        let period = try periodOptions.period()
        return try files.flatMap { try FilePattern.expand($0) }.flatMap { file in
            var reader = TaskReader(file: file, now: .now)
            let tasks = reader.read(try TableFile(path: file))
            StandardError.show(reader.diagnostics)
            return tasks.filter { period.contains($0.timestamp) }
        }
    }
}
