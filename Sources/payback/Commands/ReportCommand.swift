import ArgumentParser

/// `payback report`: what finance reads.
struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Reports for finance: the executive page, the month, savings by lever.",
        discussion: "The business case is payback roi run FILE --format html; workbooks are not built yet.",
        subcommands: [ReportExecutiveCommand.self, ReportMonthlyCommand.self, ReportSavingsCommand.self])
}
