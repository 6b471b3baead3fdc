import ArgumentParser
import Documents
import Inputs
import ROI

/// `payback model`: what could be.
struct ModelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "model", abstract: "What could be saved: self-hosted or API.",
        discussion: "Savings levers, replay and token economics are not built yet.",
        subcommands: [ModelSelfHostCommand.self])
}

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

    @Argument(help: "Assumptions in YAML or JSON; what is not stated stays as in the example.")
    var file: String?

    @Flag(help: "The built-in example.")
    var example = false

    @Option(name: .customLong("set"), help: "A value set from outside: field=value; repeatable.")
    var overrides: [String] = []

    @OptionGroup var outputOptions: OutputOptions

    @Option(help: "text, json, markdown or html.")
    var format: DocumentFormat = .text

    mutating func validate() throws {
        if file == nil, !example, overrides.isEmpty {
            throw ValidationError("Name a file, or take the built-in --example.")
        }
        for text in overrides where ScenarioOverride(text) == nil {
            throw ValidationError("--set \(text) is not understood; write --set gpu_hourly=2.5.")
        }
    }

    func run() async throws {
        try await reportingFailures {
            let document = try file.map { try YAMLDocument(path: $0) } ?? YAMLDocument(text: "{}", file: "the example")
            let model = try SelfHosting(document.settingFields(overrides.compactMap { ScenarioOverride($0) }))
            if format == .json { return try outputOptions.write(model.json.text) }
            try outputOptions.write(outputOptions.render(model.document, as: format))
        }
    }
}
