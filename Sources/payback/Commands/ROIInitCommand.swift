import ArgumentParser
import ROI

/// `payback roi init`: a scenario to begin with.
struct ROIInitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Writes a built-in scenario, to be changed.",
        discussion: "Example: payback roi init coding-assistant --output case.yaml")

    @Argument(help: "The template; payback roi templates lists them.")
    var template = "llm-project"

    @OptionGroup var outputOptions: OutputOptions

    func run() async throws {
        try await reportingFailures {
            _ = try ScenarioOptions.template(template)
            if let output = outputOptions.output, FilePattern.exists(output) {
                throw StandardError.fail(
                    .cannotCreate, "\(output) is there already; choose another name, or move it away.")
            }
            let found = ScenarioTemplate.named(template)
            try outputOptions.write((found?.text ?? "") + "\n")
        }
    }
}
