import ArgumentParser

/// `payback track`: what AI does for people's work.
struct TrackCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "track",
        abstract: "Productivity: task metrics, baselines, outcomes, error reduction.",
        discussion: """
            Examples:
              payback track baseline set --task-type code_review --metric minutes --mean 45 --count 30 --deviation 12
              payback track import tasks.csv
              payback track summary --hourly-rate 100 --engineers 10
            """,
        subcommands: [
            TrackRecordCommand.self, TrackImportCommand.self, TrackSummaryCommand.self, TrackBaselineCommand.self,
            TrackErrorsCommand.self, TrackOutcomesCommand.self,
        ])
}
