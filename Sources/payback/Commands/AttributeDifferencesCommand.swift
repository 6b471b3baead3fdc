import ArgumentParser
import Attribution
import Documents

/// `payback attribute did`.
struct AttributeDifferencesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "did",
        abstract: "How much more the treated changed than the controls: one start, or staggered ones.",
        discussion: """
            Examples:
              payback attribute did panel.csv --unit state --time year --outcome cigsale \\
                --treated California --start 1989
              payback attribute did teams.csv --unit team --time month --outcome tickets --cohort since
            """)

    @OptionGroup var options: PanelOptions

    @Option(help: "The column with each unit's first treated time, empty for never; instead of --treated and --start.")
    var cohort: String?

    @Option(help: "With --cohort, who is compared with: never (treated) or not-yet.")
    var control: GroupTimeEffects.Controls?

    @OptionGroup var studyOptions: StudyOptions

    mutating func validate() throws {
        if cohort != nil, options.start != nil || !options.treated.isEmpty || !options.donors.isEmpty {
            throw ValidationError("--cohort says who is treated and when; leave out --treated, --start and --donors.")
        }
        if cohort == nil, control != nil { throw ValidationError("--control belongs to --cohort.") }
    }

    func run() async throws {
        let request = try cohort == nil ? options.request() : nil
        try await reportingFailures {
            var study = DifferencesStudy.Options(controls: control)
            (study.level, study.seed) = (options.level, options.seed)
            let panel = try options.panel(cohort: cohort)
            let result =
                try request.map { try DifferencesStudy(panel, $0, study) }
                ?? DifferencesStudy(staggered: panel, end: options.end, excluded: options.excluded, study)
            try studyOptions.finish(result)
        }
    }
}

extension GroupTimeEffects.Controls: ExpressibleByArgument {}
