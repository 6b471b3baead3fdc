import ArgumentParser
import Auditing
import Documents
import Ledger

/// `payback reconcile`.
struct ReconcileCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reconcile", abstract: "The ledger beside the providers' own totals, and why they differ.",
        discussion: """
            Bills (FOCUS) and usage totals are imported like records. Credits, taxes, commitments and other currencies are
            shown as billed; they are not taken apart yet.

            Examples:
              payback import focus.csv && payback reconcile
              payback reconcile --since 2026-10-01 --until 2026-11-01 --format json
            """)

    @OptionGroup var periodOptions: PeriodOptions
    @OptionGroup var ledgerOptions: LedgerOptions
    @OptionGroup var outputOptions: OutputOptions

    @Option(help: "text, json, markdown or html.")
    var format: DocumentFormat = .text

    func run() async throws {
        try await reportingFailures {
            let ledger = try ledgerOptions.open(mustExist: true)
            let found = try Reconciliation(ledger, in: try periodOptions.period())
            try outputOptions.write(found.document, found.json, as: format)
        }
    }
}
