import ArgumentParser
import Documents
import Inputs
import Savings

/// `payback model routing`.
struct ModelRoutingCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "routing",
        abstract: "Which requests a weaker model may answer, proven with a confidence bound on labels it has not seen.",
        discussion: """
            Reads a table of requests that both models answered: the task or template, the prompt's length, and whether
            each was right (1 or 0, or a score between). One half calibrates, the other is looked at.

            Example:
              payback model routing labels.csv --group task --length chars --target 0.95 --format json
            """)

    @Argument(help: "Labelled requests: CSV, JSON lines or JSON.")
    var file: String

    @Option(help: "The column of the task or template.")
    var group = "domain"

    @Option(help: "The column of the prompt's length.")
    var length = "chars"

    @Option(help: "The column that says whether the strong model was right.")
    var strong = "strong"

    @Option(help: "The column that says whether the weak model was right.")
    var weak = "weak"

    @Option(help: "The share of the strong model's accuracy to keep, a fraction.")
    var target = 0.95

    @Option(help: "How sure it has to be, one-sided, a fraction.")
    var confidence = 0.975

    @Option(help: "The seed of halves and folds.")
    var seed: UInt64 = 1

    @OptionGroup var outputOptions: OutputOptions

    @Option(help: "text, json, markdown or html.")
    var format: DocumentFormat = .text

    mutating func validate() throws {
        guard target > 0, target <= 1 else { throw ValidationError("--target takes a fraction above 0 and up to 1.") }
        guard confidence >= 0.5, confidence < 1 else {
            throw ValidationError("--confidence takes a fraction from 0.5 to below 1.")
        }
    }

    func run() async throws {
        try await reportingFailures {
            var options = RoutingReport.Options()
            (options.group, options.length, options.strong, options.weak) = (group, length, strong, weak)
            (options.target, options.confidence, options.seed) = (target, confidence, seed)
            let table = try TableFile(path: file)
            StandardError.show(table.diagnostics)
            let report = RoutingReport(try RoutingReport.labels(table, file: file, options), options)
            try outputOptions.write(report.document, report.json, as: format)
        }
    }
}
