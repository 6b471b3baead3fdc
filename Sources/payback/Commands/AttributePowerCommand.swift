import ArgumentParser
import Attribution
import Documents

/// `payback attribute power`.
struct AttributePowerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "power", abstract: "How many units and days an A/B test needs, before it is begun.",
        discussion: """
            Examples:
              payback attribute power --effect 2 --deviation 10 --units-per-day 120
              payback attribute power --base 0.3 --effect 0.03 --cluster-size 20 --intraclass-correlation 0.05
            """)

    @Option(
        parsing: .unconditional,
        help: "The least effect to be seen: in the outcome's unit, or as a fraction with --base.")
    var effect: Double

    @Option(help: "The standard deviation between units, for a mean.")
    var deviation: Double?

    @Option(help: "The share of successes without the treatment, a fraction, for a proportion.")
    var base: Double?

    @Option(help: "Two-sided chance of a false alarm, a fraction.")
    var alpha = 0.05

    @Option(help: "The chance to find the effect, a fraction.")
    var power = 0.8

    @Option(help: "Arms, the control among them.")
    var arms = 2

    @Option(help: "Rows in a cluster, where whole clusters are assigned.")
    var clusterSize = 1.0

    @Option(help: "The share of the variance that lies between clusters, a fraction.")
    var intraclassCorrelation = 0.0

    @Option(help: "Units that come in a day, for all arms together.")
    var unitsPerDay: Double?

    @OptionGroup var outputOptions: OutputOptions

    @Option(help: "text, json, markdown or html.")
    var format: DocumentFormat = .text

    mutating func validate() throws {
        guard (deviation == nil) != (base == nil) else {
            throw ValidationError("State --deviation for a mean or --base for a proportion, not both.")
        }
    }

    func run() async throws {
        try await reportingFailures {
            let mean = deviation.map { PowerPlan.Outcome.mean(effect: effect, deviation: $0) }
            let plan = try PowerPlan(
                mean ?? .proportion(base: base ?? 0, effect: effect), alpha: alpha, power: power, arms: arms,
                clusterSize: clusterSize, intraclassCorrelation: intraclassCorrelation, unitsPerDay: unitsPerDay)
            try outputOptions.write(plan.document, plan.json, as: format)
        }
    }
}
