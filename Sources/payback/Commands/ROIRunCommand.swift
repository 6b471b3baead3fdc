import ArgumentParser
import Documents
import ROI

/// `payback roi run`: one scenario.
struct ROIRunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "ROI, net present value, payback, rates of return, and what must be true.",
        discussion: "Example: payback roi run --template conversational-agent --set deflection_rate=0.55 --format json")

    @OptionGroup var options: ScenarioOptions
    @OptionGroup var draws: DrawOptions
    @OptionGroup var outputOptions: OutputOptions

    @Option(help: "text, json, markdown or html.")
    var format: DocumentFormat = .text

    @Flag(help: "Also how every figure comes about: its formula, and what that reads.")
    var explain = false

    func run() async throws {
        try await reportingFailures {
            let model = try options.model()
            let result = RunResult(model)
            if format == .json {
                let json = explain ? result.json.adding("explanation", result.explanation) : result.json
                return try outputOptions.write(json.text)
            }
            let page = try await CasePage.make(model, draws: draws.draws, seed: draws.seed, explains: explain)
            try outputOptions.write(outputOptions.render(page, as: format))
        }
    }
}
