import ArgumentParser
import Documents
import Domain
import Productivity
import Registry

/// `payback track baseline`: what work was like before.
struct TrackBaselineCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "baseline", abstract: "What tasks were like before: recorded, versioned, compared.",
        subcommands: [
            BaselineSetCommand.self, BaselineListCommand.self, BaselineExampleCommand.self, BaselineCompareCommand.self,
        ],
        defaultSubcommand: BaselineListCommand.self)
}

/// `payback track baseline set`.
struct BaselineSetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Records a baseline; an earlier one of its kind stays as an older version.",
        discussion:
            "Example: payback track baseline set --task-type code_review --metric minutes --mean 45 --count 30 --deviation 12"
    )

    @Option(help: "What kind of work.")
    var taskType: String

    @Option(help: "minutes, quality_score, bugs_found, resolution_rate, issues_found.")
    var metric = "minutes"

    @Option(help: "The mean.")
    var mean: Double

    @Option(help: "The standard deviation; without it a comparison has no interval.")
    var deviation: Double?

    @Option(help: "How many tasks it is the mean of.")
    var count: Int?

    @Option(help: "measured or estimated.")
    var evidence: TimeEvidence = .measured

    @Option(help: "Where it is from.")
    var source: String?

    @Flag(help: "It is of work with AI.")
    var withAi = false

    @Option(help: "Since when it holds, UTC; now where absent.")
    var since: String?

    @OptionGroup var registryOptions: RegistryOptions

    mutating func validate() throws {
        guard mean.isFinite, (deviation ?? 0) >= 0, (count ?? 1) >= 1 else {
            throw ValidationError("--mean is a number, --deviation at least 0, --count at least 1.")
        }
        if let since, Timestamp.read(since) == nil {
            throw ValidationError("--since \(since) is not a date; write 2026-10-01.")
        }
    }

    func run() async throws {
        try await reportingFailures {
            let baseline = TaskBaseline(
                taskType: taskType, metric: metric, withAI: withAi, mean: mean, deviation: deviation, count: count,
                evidence: evidence, source: source, recordedAt: since.flatMap { Timestamp.read($0) } ?? .now)
            let kept = try registryOptions.open(mustExist: false).record([baseline], at: .now)
            try StandardOutput.write("Recorded \(taskType) \(metric), version \(kept.first?.version ?? 1).\n")
        }
    }
}

/// `payback track baseline example`.
struct BaselineExampleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "example", abstract: "Records the four task types of the published framework, to try things out.",
        discussion: "Example: payback track baseline example")

    @OptionGroup var registryOptions: RegistryOptions

    func run() async throws {
        try await reportingFailures {
            let registry = try registryOptions.open(mustExist: false)
            let known = try registry.baselines().contains { $0.source == ExampleBaselines.source }
            guard !known else { return try StandardOutput.write("The example is recorded already.\n") }
            let kept = try registry.record(ExampleBaselines.all(recordedAt: .now), at: .now)
            try StandardOutput.write("Recorded \(kept.count) baselines. They are an example: record your own.\n")
        }
    }
}

/// `payback track baseline list`.
struct BaselineListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "All baselines and their versions.",
        discussion: "Example: payback track baseline list")

    @OptionGroup var registryOptions: RegistryOptions
    @OptionGroup var outputOptions: OutputOptions

    @Option(help: "text, json, markdown or html.")
    var format: DocumentFormat = .text

    func run() async throws {
        try await reportingFailures {
            let baselines = try registryOptions.open(mustExist: true).baselines()
            if format == .json {
                return try outputOptions.write(
                    JSONOutput.object([.init("baselines", .array(baselines.map(\.json)))]).text)
            }
            try outputOptions.write(outputOptions.render(BaselineList.document(baselines), as: format))
        }
    }
}

/// `payback track baseline compare`.
struct BaselineCompareCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare", abstract: "Recorded tasks beside the baseline of their kind, with an interval.",
        discussion: "Example: payback track baseline compare --format json")

    @OptionGroup var periodOptions: PeriodOptions
    @OptionGroup var registryOptions: RegistryOptions
    @OptionGroup var outputOptions: OutputOptions

    @Option(help: "text, json, markdown or html.")
    var format: DocumentFormat = .text

    func run() async throws {
        try await reportingFailures {
            let registry = try registryOptions.open(mustExist: true)
            let rows = BaselineComparison.all(try registry.tasks(in: periodOptions.period()), try registry.baselines())
            if format == .json {
                return try outputOptions.write(JSONOutput.object([.init("comparisons", .array(rows.map(\.json)))]).text)
            }
            try outputOptions.write(outputOptions.render(BaselineComparison.document(rows), as: format))
        }
    }
}
