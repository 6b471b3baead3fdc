import ArgumentParser
import Attribution
import Documents
import Inputs

/// `payback attribute before-after`.
struct AttributeBeforeAfterCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "before-after",
        abstract: "One series before and after a change: what was different, and what that cannot show.",
        discussion: """
            Examples:
              payback attribute before-after tickets.csv --time month --outcome cost --start 2026-04 --season 12
              payback attribute before-after panel.csv --unit state --treated California --time year \\
                --outcome cigsale --start 1989 --lag 2
            """)

    @Argument(help: "CSV with a header, JSON lines, or a JSON array: a row per time.")
    var file: String

    @Option(help: "The column that says when: years, 2026-Q3, 2026-10, 2026-10-31.")
    var time: String

    @Option(help: "The column that is measured.")
    var outcome: String

    @Option(help: "The first time after the change.")
    var start: String

    @Option(help: "The last time that counts; all without it.")
    var end: String?

    @Option(help: "The column that says who, where the table holds several units.")
    var unit: String?

    @Option(help: "The units whose mean is the series, separated by commas; repeatable.")
    var treated: [String] = []

    @Option(help: "Columns that explain the outcome and that the change does not touch, separated by commas.")
    var covariates: [String] = []

    @Option(help: "How many times make a season: 12 for months, 7 for days.")
    var season: Int?

    @Option(help: "How many times apart residuals may be related; 4 (n / 100)^(2/9) without it.")
    var lag: Int?

    @Option(help: "The level of intervals, a fraction.")
    var level = 0.95

    @OptionGroup var studyOptions: StudyOptions

    mutating func validate() throws {
        guard level > 0, level < 1 else { throw ValidationError("--level takes a fraction between 0 and 1, as 0.95.") }
        guard (0...10_000).contains(lag ?? 0) else { throw ValidationError("--lag takes a number of at least 0.") }
        guard (2...1_000).contains(season ?? 2) else { throw ValidationError("--season takes a number of at least 2.") }
        if unit == nil, !treated.isEmpty { throw ValidationError("--treated needs --unit, the column of its names.") }
    }

    func run() async throws {
        try await reportingFailures {
            let names = PanelOptions.names(covariates)
            let columns = PanelColumns(unit: unit, time: time, outcome: outcome, covariates: names)
            let panel = try PanelReader.read(try TableFile(path: file), columns)
            var request = BeforeAfterStudy.Request(
                start: start, end: end, units: PanelOptions.names(treated), covariates: names)
            (request.season, request.lag, request.level) = (season, lag, level)
            let result = try BeforeAfterStudy(panel, request)
            try studyOptions.finish(result)
        }
    }
}
