import ArgumentParser
import Documents
import Domain
import Ledger
import Pricing

/// `payback export`: the ledger out again.
struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "The ledger out again: its records as CSV or JSON lines, or as a FOCUS bill.",
        discussion: """
            CSV and JSON lines have the generic format's columns, so payback import reads them back. FOCUS is version 1.2,
            a row for each day, model, tier and class of tokens.

            Examples:
              payback export jsonl --since 2026-10-01 --output october.jsonl
              payback export focus --since 2026-10-01 --until 2026-11-01 --output focus.csv
            """)

    /// What is written.
    enum Target: String, ExpressibleByArgument, CaseIterable {
        case focus, csv, jsonl
    }

    @Argument(help: "focus, csv or jsonl.")
    var target: Target

    @OptionGroup var periodOptions: PeriodOptions
    @OptionGroup var ledgerOptions: LedgerOptions

    @Option(help: "Write to this file instead of standard output.")
    var output: String?

    @Option(help: "The billing account that FOCUS rows name.")
    var account = "payback"

    @Option(help: "Your own prices, laid over the price book; FOCUS rows carry list prices.")
    var prices: String?

    func run() async throws {
        try await reportingFailures {
            let ledger = try ledgerOptions.open(mustExist: true)
            let period = try periodOptions.period()
            try OutputFile.write(to: output) { out in
                switch target {
                case .focus:
                    let export = FOCUSExport(account: account, book: try PriceBook.loading(overlay: prices))
                    try out.write(try export.rows(of: ledger, in: period))
                case .csv:
                    try out.write(CSVRenderer.row(RecordExport.columns))
                    try write(ledger, period, to: out) { RecordExport.row($0, $1) }
                case .jsonl: try write(ledger, period, to: out) { RecordExport.line($0, $1) }
                }
            }
        }
    }

    /// Writes batch by batch: a year of records is not held in memory.
    private func write(
        _ ledger: any UsageLedger, _ period: Period, to out: Descriptor, _ line: (UsageRecord, RecordBatch) -> String
    ) throws {
        try ledger.forEachBatch(in: period) { batch in
            var text = ""
            for record in batch.records { text += line(record, batch) }
            try out.write(text)
        }
    }
}
