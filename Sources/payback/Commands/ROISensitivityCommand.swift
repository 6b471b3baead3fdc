import ArgumentParser
import Documents
import ROI

/// `payback roi sensitivity`: what matters.
struct ROISensitivityCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sensitivity",
        abstract: "Which inputs move the result, how far, and where the case breaks even.",
        discussion: "Example: payback roi sensitivity --template conversational-agent --sobol")

    @OptionGroup var options: ScenarioOptions
    @OptionGroup var draws: DrawOptions
    @OptionGroup var outputOptions: OutputOptions

    @Option(help: "How far inputs without a stated range move, a fraction of their base.")
    var range = 0.3

    @Flag(
        help: "Also the share of the variance that each input is responsible for: first-order and total Sobol indices.")
    var sobol = false

    @Option(help: "Base points of the Sobol indices; a power of two.")
    var samples = 8_192

    @Option(help: "text, json, markdown or html.")
    var format: DocumentFormat = .text

    mutating func validate() throws {
        guard range > 0, range < 1 else { throw ValidationError("--range takes a fraction between 0 and 1.") }
        guard (2...1_048_576).contains(samples) else {
            throw ValidationError("--samples takes a number from 2 to 1048576.")
        }
    }

    func run() async throws {
        try await reportingFailures {
            let model = try options.model()
            let report = try await SensitivityReport.make(
                model, range: range, samples: sobol ? samples : nil, draws: draws.draws, seed: draws.seed)
            try outputOptions.write(report.document, report.json, as: format)
        }
    }
}
