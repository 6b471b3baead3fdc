import ArgumentParser
import Documents
import ROI

/// `payback roi simulate`: one scenario, many futures.
struct ROISimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "P10, P50 and P90 of what a case is worth, and the chance of a loss.",
        discussion: "Example: payback roi simulate --template customer-support --draws 100000 --seed 7 --format json")

    @OptionGroup var options: ScenarioOptions
    @OptionGroup var draws: DrawOptions
    @OptionGroup var outputOptions: OutputOptions

    @Option(help: "text, json, markdown or html.")
    var format: DocumentFormat = .text

    func run() async throws {
        try await reportingFailures {
            let model = try options.model()
            let simulation = try await Simulation.run(model, draws: draws.draws, seed: draws.seed)
            if format == .json {
                return try outputOptions.write(simulation.json(name: model.scenario.name, model: model).text)
            }
            try outputOptions.write(outputOptions.render(simulation.document(of: model), as: format))
        }
    }
}
