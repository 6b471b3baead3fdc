import ArgumentParser
import Attribution
import Documents

/// `payback attribute synthetic-control`.
struct AttributeSyntheticControlCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "synthetic-control",
        abstract: "A mixture of others that stands for the treated without the treatment.",
        discussion: """
            Examples:
              payback attribute synthetic-control panel.csv --unit state --time year --outcome cigsale \\
                --treated California --start 1989
              payback attribute synthetic-control panel.csv --unit state --time year --outcome cigsale \\
                --treated California --start 1989 --method predictors \\
                --predictors lnincome,retprice,age15to24@1980-1988 --predictors cigsale@1975
              payback attribute synthetic-control teams.csv --unit team --time month --outcome tickets \\
                --treated support --start 2026-04 --method sdid --format html --output effect.html
            """)

    @OptionGroup var options: PanelOptions

    @Option(help: "outcome-only, predictors, ridge or sdid (synthetic difference-in-differences).")
    var method: SyntheticMethod = .outcomeOnly

    @Option(
        parsing: .upToNextOption,
        help: "Columns whose mean over a time predicts the outcome: a,b@1980-1988, a@1975, a@2025-01..2025-06.")
    var predictors: [String] = []

    @OptionGroup var studyOptions: StudyOptions

    func run() async throws {
        let request = try options.request()
        try await reportingFailures {
            let windows = try predictors.map { try PredictorWindow($0) }
            let panel = try options.panel(covariates: windows.flatMap(\.columns))
            var study = SyntheticControlStudy.Options(method: method, predictors: windows)
            (study.level, study.seed) = (options.level, options.seed)
            let result = try SyntheticControlStudy(panel, request, study)
            try studyOptions.finish(result)
        }
    }
}

extension SyntheticMethod: ExpressibleByArgument {}
