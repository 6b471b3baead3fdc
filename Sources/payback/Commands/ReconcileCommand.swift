import ArgumentParser
import Auditing
import Documents
import Inputs
import Ledger
import Pricing

/// `payback reconcile`.
struct ReconcileCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reconcile", abstract: "The ledger beside the providers' own totals, and why they differ.",
        discussion: """
            Bills and usage totals are imported like records. The causes of a difference are ordered by dollars and sum to it,
            to the cent. Bills in other currencies are converted at the rate of their day: the bill's own, or that of --rates,
            a CSV with the columns date, currency, usd (dollars for one unit).

            Examples:
              payback import focus.csv && payback reconcile
              payback reconcile --since 2026-10-01 --until 2026-11-01 --format json
            """)

    @OptionGroup var periodOptions: PeriodOptions
    @OptionGroup var ledgerOptions: LedgerOptions
    @OptionGroup var outputOptions: OutputOptions

    @Option(help: "text, json, markdown or html.")
    var format: DocumentFormat = .text

    @Option(help: "Your own prices and discounts, laid over the price book.")
    var prices: String?

    @Option(help: "What other currencies were worth: a CSV with date, currency, usd.")
    var rates: String?

    @Option(help: "By what the use of commitments is shown: customer, team, feature, model, credential.")
    var commitmentsBy: LedgerDimension = .customer

    func run() async throws {
        try await reportingFailures {
            let ledger = try ledgerOptions.open(mustExist: true)
            let found = try Reconciliation(
                ledger, in: try periodOptions.period(), prices: try PriceBook.loading(overlay: prices),
                rates: try rates.map { try ExchangeRates(table: try TableFile(path: $0)) } ?? ExchangeRates(),
                use: commitmentsBy)
            try outputOptions.write(found.document, found.json, as: format)
        }
    }
}

extension LedgerDimension: ExpressibleByArgument {}
