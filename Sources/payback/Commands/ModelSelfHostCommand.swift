import ArgumentParser
import Documents
import Inputs
import ROI

/// `payback model self-host`.
struct ModelSelfHostCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "self-host", abstract: "Own GPUs or an API: monthly cost of each, break-even volume, payback.",
        discussion: """
            Fields: \(SelfHosting.fields.map(\.name).joined(separator: ", ")), horizon_months.

            Examples:
              payback model self-host --example
              payback model self-host hosting.yaml --set tokens_per_second=700 --set people_monthly=7500
            """)

    @OptionGroup var options: ModelOptions

    mutating func validate() throws { try options.checkSource() }

    func run() async throws {
        try await reportingFailures {
            if options.printExample { return try options.outputOptions.write(SelfHosting.example + "\n") }
            let model = try SelfHosting(options.document(example: SelfHosting.example))
            try options.outputOptions.write(model.document, model.json, as: options.format)
        }
    }
}
