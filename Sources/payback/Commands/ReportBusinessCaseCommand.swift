import ArgumentParser
import Domain
import Productivity
import ROI
import Registry
import Reports
import Workbooks

/// `payback report business-case`.
struct ReportBusinessCaseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "business-case",
        abstract: "A scenario as a document for those who decide, with what it recommends.",
        discussion: """
            Examples:
              payback report business-case case.yaml --format pdf --output case.pdf
              payback report business-case --template customer-support
              payback report business-case case.yaml --format xlsx --output case.xlsx
            """)

    @OptionGroup var scenarioOptions: ScenarioOptions
    @OptionGroup var drawOptions: DrawOptions
    @OptionGroup var registryOptions: RegistryOptions
    @OptionGroup var outputOptions: OutputOptions

    @Option(
        help:
            "text, markdown, html, json, csv, pdf (needs Chromium), or xlsx with live formulas; the last two need --output."
    )
    var format: ReportFormat = .text

    @Option(help: "A loaded hour of the tasks that have been recorded, USD.")
    var hourlyRate = 100.0

    mutating func validate() throws {
        guard (0...1e9).contains(hourlyRate) else {
            throw ValidationError("--hourly-rate takes a number of at least 0.")
        }
        if format == .pdf || format == .xlsx, outputOptions.output == nil {
            throw ValidationError("It is written to a file: give --output case.\(format.rawValue).")
        }
    }

    func run() async throws {
        try await reportingFailures {
            let model = try scenarioOptions.model()
            if format == .xlsx {
                return try WorkbookWriter.write(CaseWorkbook.make(model), to: outputOptions.output ?? "")
            }
            let report = try await BusinessCase.make(
                model, tasks: try tasks(), draws: drawOptions.draws, seed: drawOptions.seed)
            try outputOptions.write(report.document, report.json, as: format)
        }
    }

    private func tasks() throws -> TaskSummary {
        let rates = TaskSummary.Rates(hourly: hourlyRate)
        guard try registryOptions.exists() else { return TaskSummary([], rates: rates) }
        let registry = try registryOptions.open(mustExist: true)
        let ledgerOptions = scenarioOptions.ledgerOptions
        return try RecordedTasks(registry, ledger: try ledgerOptions.open(mustExist: true))
            .summary(in: .always, rates: rates)
    }
}
