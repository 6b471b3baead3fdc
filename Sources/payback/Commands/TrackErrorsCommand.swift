import ArgumentParser
import Documents
import Productivity

/// `payback track errors`: what caught bugs are worth.
struct TrackErrorsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "errors", abstract: "The value of bugs caught before production, with a range.",
        discussion:
            "Example: payback track errors --bugs-caught 12 --cost-per-bug 15000 --false-positive-rate 0.15 --hours-saved 24"
    )

    @Option(help: "Bugs that AI reported in the period.")
    var bugsCaught: Double

    @Option(help: "What a bug in production costs, USD.")
    var costPerBug = 15_000.0

    @Option(help: "The same at the low end, USD.")
    var costLow = 5_000.0

    @Option(help: "The same at the high end, USD.")
    var costHigh = 50_000.0

    @Option(help: "The share of reports that are none, 0 to 1.")
    var falsePositiveRate = 0.0

    @Option(help: "Hours saved by fixing early.")
    var hoursSaved = 0.0

    @Option(help: "A loaded hour, USD.")
    var hourlyRate = 100.0

    @Option(help: "The share that would have reached production, 0 to 1.")
    var escapeShare = 1.0

    @OptionGroup var outputOptions: OutputOptions

    @Option(help: "text, json, markdown or html.")
    var format: DocumentFormat = .text

    mutating func validate() throws {
        guard (0...1).contains(falsePositiveRate), (0...1).contains(escapeShare) else {
            throw ValidationError("--false-positive-rate and --escape-share take fractions from 0 to 1.")
        }
        guard [bugsCaught, costPerBug, hoursSaved, hourlyRate, costLow].allSatisfy({ (0...1e12).contains($0) }) else {
            throw ValidationError("Counts, hours and USD are numbers of at least 0.")
        }
        guard costLow <= costHigh, costHigh <= 1e12 else { throw ValidationError("--cost-low lies above --cost-high.") }
    }

    func run() async throws {
        try await reportingFailures {
            // A stated cost outside the usual range widens it.
            let range = min(costLow, costPerBug)...max(costHigh, costPerBug)
            let result = ErrorReduction(
                bugsCaught: bugsCaught, costPerBug: costPerBug, costRange: range, falsePositiveRate: falsePositiveRate,
                hoursSaved: hoursSaved, hourlyRate: hourlyRate, escapeShare: escapeShare)
            try outputOptions.write(result.document, result.json, as: format)
        }
    }
}
