import ArgumentParser
import Attribution
import Domain
import Ledger
import Statistics

/// `payback attribute holdout`.
struct AttributeHoldoutCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "holdout", abstract: "The ledger's own experiment: requests left untouched beside the others.",
        discussion: """
            The gateway leaves a random share of requests untouched. What the others cost less, take longer or fail more is what
            its levers did. Requests whose records name an arm are compared by arm.

            Example: payback attribute holdout --outcome cost_usd --since 2026-10-01 --save october-levers
            """)

    @Option(help: "cost_usd, latency_ms, output_tokens or failed.")
    var outcome: LedgerExperiment.Outcome = .cost

    @Option(help: "Only requests of this feature.")
    var feature: String?

    @Option(help: "The arm that the others are compared with.")
    var control = LedgerExperiment.heldOut

    @Flag(help: "Give an interval that may be read at any time.")
    var sequential = false

    @Option(help: "The level of intervals, a fraction.")
    var level = 0.95

    @OptionGroup var periodOptions: PeriodOptions
    @OptionGroup var ledgerOptions: LedgerOptions
    @OptionGroup var studyOptions: StudyOptions

    func run() async throws {
        try await reportingFailures {
            let experiment = try LedgerExperiment(
                try ledgerOptions.open(mustExist: true), in: try periodOptions.period(), outcome: outcome,
                feature: feature)
            guard let untouched = experiment.arms[control] else {
                throw StandardError.fail(
                    .data,
                    "No request of that time is in the arm \"\(control)\". A plan's holdout leaves a share of requests untouched (docs/plans.md)."
                )
            }
            var options = ABTest.Options()
            options.level = level
            options.sequentialTuning = sequential ? ABTest.Options.usualTuning : nil
            let others = experiment.arms.filter { $0.key != control }.sorted { $0.key < $1.key }
            try studyOptions.finish(
                try ABTest.run(
                    outcome.rawValue, control: (control, untouched), treated: others.map { ($0.key, $0.value) }, options
                ))
        }
    }
}
