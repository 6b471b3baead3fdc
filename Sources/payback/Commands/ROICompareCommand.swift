import ArgumentParser
import Documents
import Domain
import Inputs
import Ledger
import ROI
import Registry

/// `payback roi compare`: scenarios side by side, or a plan beside what happened.
struct ROICompareCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Scenarios side by side; with --actuals, a plan beside what the ledger and outcomes say.",
        discussion: """
            Examples:
              payback roi compare build.yaml buy.yaml
              payback roi compare case.yaml --actuals --ledger sqlite:payback.sqlite
            """)

    @Argument(help: "Scenarios in YAML.")
    var scenarios: [String] = []

    @Option(help: "A built-in scenario; repeatable.")
    var template: [String] = []

    @Option(name: .customLong("set"), help: "A value set in every scenario; repeatable.")
    var overrides: [String] = []

    @Flag(help: "Compare one plan with what happened: its lines' actuals, from the ledger and imported outcomes.")
    var actuals = false

    @Option(help: "Your own prices, laid over the price book.")
    var prices: String?

    @OptionGroup var ledgerOptions: LedgerOptions
    @OptionGroup var registryOptions: RegistryOptions
    @OptionGroup var draws: DrawOptions
    @OptionGroup var outputOptions: OutputOptions

    @Option(help: "text, json, markdown or html.")
    var format: DocumentFormat = .text

    mutating func validate() throws {
        let count = scenarios.count + template.count
        if actuals, count != 1 { throw ValidationError("--actuals compares one scenario with what happened.") }
        if !actuals, count < 2 { throw ValidationError("Name at least two scenarios; or one with --actuals.") }
        for text in overrides where FieldOverride(text) == nil {
            throw ValidationError("--set \(text) is not understood; write --set deflection_rate=0.55.")
        }
    }

    func run() async throws {
        try await reportingFailures {
            let models = try models()
            if actuals, let model = models.first { return try await compareWithActuals(model) }
            let comparison = try await Comparison.make(models, draws: draws.draws, seed: draws.seed)
            try outputOptions.write(comparison.document, comparison.json, as: format)
        }
    }

    private func models() throws -> [ScenarioModel] {
        let resolver = ScenarioResolver(prices: prices, ledgerOptions: ledgerOptions)
        let documents =
            try scenarios.map { try YAMLDocument(path: $0) } + template.map { try ScenarioOptions.template($0) }
        let settings = overrides.compactMap { FieldOverride($0) }
        return try documents.map { try ScenarioOptions.read($0.setting(settings), resolver) }
    }

    private func compareWithActuals(_ model: ScenarioModel) async throws {
        let found = try ActualsFinder(ledgerOptions: ledgerOptions, registryOptions: registryOptions).find(for: model)
        let plan = PlanActuals(RunResult(model), actuals: found)
        if format == .json { return try outputOptions.write(RunResult(model).json.adding("actuals", plan.json).text) }
        let page = try await CasePage.make(model, draws: draws.draws, seed: draws.seed, actuals: plan)
        try outputOptions.write(outputOptions.render(page, as: format))
    }
}
