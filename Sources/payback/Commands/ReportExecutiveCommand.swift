import ArgumentParser
import Reports

/// `payback report executive`.
struct ReportExecutiveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "executive", abstract: "One page: baseline, realised, saved; what changed, how sure, what next.",
        discussion: """
            Examples:
              payback report executive --month 2026-10
              payback report executive --format pdf --output october.pdf
            """)

    @OptionGroup var options: ReportOptions

    func run() async throws {
        try await reportingFailures {
            let ledger = try options.ledgerOptions.open(mustExist: true)
            let period = try options.period(of: ledger)
            let report = try ExecutiveReport.make(
                ledger, period, prices: try options.book(), plan: try options.weighedPlan())
            try options.refuse(report.isEmpty, period)
            try options.write(report.document, report.json)
        }
    }
}

/// `payback report savings`.
struct ReportSavingsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "savings", abstract: "What each lever saved, beside what was predicted.",
        discussion: "Example: payback report savings --month 2026-10 --plan weighed.json")

    @OptionGroup var options: ReportOptions

    func run() async throws {
        try await reportingFailures {
            let ledger = try options.ledgerOptions.open(mustExist: true)
            let period = try options.period(of: ledger)
            let report = try SavingsReport.make(ledger, period, plan: try options.weighedPlan())
            try options.refuse(report.isEmpty, period)
            try options.write(report.document, report.json)
        }
    }
}
