import ArgumentParser

/// `payback report`: what finance reads.
struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Reports for finance: the executive page, the month, savings by lever, the business case.",
        subcommands: [
            ReportExecutiveCommand.self, ReportMonthlyCommand.self, ReportSavingsCommand.self,
            ReportBusinessCaseCommand.self, ReportDeliverCommand.self, ReportScheduleCommand.self,
        ], defaultSubcommand: ReportScheduleCommand.self)
}
