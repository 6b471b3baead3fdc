import ArgumentParser
import Attribution
import Documents
import Domain
import Inputs

/// `payback attribute shares`.
struct AttributeSharesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "shares", abstract: "How a joint effect is shared among several changes, where the data say so.",
        discussion: """
            A table with the columns coalition (the changes in force: A+B, empty for none) and value, and perhaps
            standard_error, or standard_deviation and count; several rows of one coalition are observations.

            Examples:
              payback attribute shares factorial.csv --evidence randomised
              payback attribute shares before-after.csv --stated copilot=40,training=35,hires=25
            """)

    @Argument(help: "Coalitions and their values: CSV with a header, JSON lines or JSON.")
    var file: String

    @Option(help: "A split that somebody states, in percent of the joint effect; shown as an assumption.")
    var stated: String?

    @Option(help: "How the coalitions were made: randomised, quasi_experiment, before_after or stated.")
    var evidence = EvidenceGrade.quasiExperiment.rawValue

    @Option(help: "The level of intervals, a fraction.")
    var level = 0.95

    @OptionGroup var studyOptions: StudyOptions

    mutating func validate() throws {
        guard EvidenceGrade(rawValue: evidence) != nil else {
            let known = EvidenceGrade.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("--evidence takes one of \(known).")
        }
        if stated != nil, split == nil {
            throw ValidationError("--stated takes names and percent: A=40,B=35,C=25.")
        }
    }

    func run() async throws {
        try await reportingFailures {
            let table = try TableFile(path: file)
            StandardError.show(table.diagnostics)
            var options = ShareStudy.Options()
            (options.level, options.stated) = (level, split ?? [])
            options.grade = EvidenceGrade(rawValue: evidence) ?? .quasiExperiment
            let values = try CoalitionValues(try CoalitionValues.read(table))
            let study = try ShareStudy.run(values, options)
            try studyOptions.finish(study)
        }
    }

    private var split: [(name: String, percent: Double)]? {
        let parts = (stated ?? "").split(separator: ",").map { part -> (name: String, percent: Double)? in
            let pair = part.split(separator: "=", maxSplits: 1).map(String.init)
            guard pair.count == 2, let percent = Double(pair[1]) else { return nil }
            return (pair[0].split(separator: " ").joined(separator: " "), percent)
        }
        let known = parts.compactMap { $0 }
        return known.isEmpty || known.count < parts.count ? nil : known
    }
}
