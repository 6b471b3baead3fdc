import ArgumentParser
import Attribution
import Documents

/// `payback attribute ab`.
struct AttributeABCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ab", abstract: "An A/B test: effect, interval, sample ratio, least effect that it could see.",
        discussion: """
            A row for each unit, or for each observation with --cluster. Shares of successes (0 and 1), means, ratios and
            quantiles; CUPED with one --pre column, a regression adjustment with several. The first --outcome decides, the
            others are corrected for being many.

            Examples:
              payback attribute ab tickets.csv --variant arm --control none --outcome minutes --pre minutes_before
              payback attribute ab tickets.csv --variant arm --control none --outcome solved --expected-split 50,50 \\
                --sequential --format html --output test.html
            """)

    @Argument(help: "The experiment: CSV with a header, JSON lines or JSON.")
    var file: String

    @Option(help: "The column of the arm.")
    var variant: String

    @Option(help: "The control's name in that column.")
    var control: String

    @Option(parsing: .singleValue, help: "The column of an outcome; repeat it for more. The first one decides.")
    var outcome: [String]

    @Option(
        parsing: .singleValue,
        help: "A column measured before the assignment: COLUMN, or OUTCOME=COLUMN for one outcome; repeatable.")
    var pre: [String] = []

    @Option(help: "The column that outcomes are divided by: a ratio of sums.")
    var denominator: String?

    @Option(help: "The column of the unit that was assigned, where it has several rows.")
    var cluster: String?

    @Option(help: "The column of the stratum, for post-stratification.")
    var stratum: String?

    @Option(help: "The column of what was really received, 1 or 0.")
    var received: String?

    @Option(help: "The planned split, control first, the other arms by name: 50,50.")
    var expectedSplit: String?

    @Flag(help: "Give an interval that may be read at any time.")
    var sequential = false

    @Option(help: "The number of units at which that interval is tightest.")
    var tuningSize = ABTest.Options.usualTuning

    @Option(help: "Compare this quantile instead of means, a fraction: 0.9.")
    var quantile: Double?

    @Flag(help: "The outcome is a share of successes; anything but 0 and 1 is refused.")
    var proportion = false

    @Flag(help: "Compare means even where every value is 0 or 1.")
    var mean = false

    @Flag(help: "Say too what a prior makes of it.")
    var bayesian = false

    @Option(parsing: .unconditional, help: "The mean of the prior of the effect, in the outcome's unit.")
    var priorMean = 0.0

    @Option(help: "The standard deviation of the prior; flat where it is not stated.")
    var priorSd: Double?

    @Option(help: "The level of intervals, a fraction.")
    var level = 0.95

    @Option(help: "The power of the minimum detectable effect, a fraction.")
    var power = 0.8

    @OptionGroup var studyOptions: StudyOptions

    mutating func validate() throws {
        guard !outcome.isEmpty else { throw ValidationError("Name an outcome with --outcome.") }
        guard [quantile != nil, proportion, mean].count(where: { $0 }) <= 1 else {
            throw ValidationError("--quantile, --proportion and --mean exclude one another.")
        }
        guard bayesian || priorSd == nil && priorMean == 0 else {
            throw ValidationError("--prior-mean and --prior-sd belong to --bayesian.")
        }
        if expectedSplit != nil, split == nil {
            throw ValidationError("--expected-split takes weights above 0, separated by commas: 50,50.")
        }
    }

    func run() async throws {
        try await reportingFailures {
            let (experiment, diagnostics) = try columns.read(path: file)
            StandardError.show(diagnostics)
            let study = try ABTest.run(experiment, options)
            try studyOptions.finish(study)
        }
    }

    private var columns: ExperimentColumns {
        var columns = ExperimentColumns(variant: variant, control: control, outcomes: outcome)
        (columns.before, columns.denominator, columns.cluster) = (pre, denominator, cluster)
        (columns.stratum, columns.received) = (stratum, received)
        return columns
    }

    private var options: ABTest.Options {
        var options = ABTest.Options()
        options.kind = quantile.map { .quantile($0) } ?? (proportion ? .proportion : mean ? .mean : .automatic)
        (options.level, options.power, options.expectedSplit) = (level, power, split)
        options.sequentialTuning = sequential ? tuningSize : nil
        options.prior = bayesian ? .init(mean: priorMean, deviation: priorSd ?? .infinity) : nil
        return options
    }

    private var split: [Double]? {
        guard let expectedSplit else { return nil }
        let weights = expectedSplit.split(separator: ",").map { Double($0.filter { $0 != " " }) ?? 0 }
        return weights.count > 1 && weights.allSatisfy { $0 > 0 && $0.isFinite } ? weights : nil
    }
}
