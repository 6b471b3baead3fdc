import ArgumentParser
import Auditing
import Inputs
import Pricing
import Savings

/// `payback model savings`.
struct ModelSavingsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "savings", abstract: "What levers would save together, ordered by their return.",
        discussion: """
            Examples:
              payback model savings --example
              payback model savings levers.yaml --set levers.semantic_cache.hit_share=0.3 --format json
              payback model savings --from-ledger --since 2026-10-01 --print-example > levers.yaml
            """)

    @OptionGroup var options: ModelOptions

    @Flag(help: "Draft the levers from an audit of the ledger; with --print-example, write the draft and stop.")
    var fromLedger = false

    @OptionGroup var periodOptions: PeriodOptions
    @OptionGroup var ledgerOptions: LedgerOptions

    mutating func validate() throws {
        if fromLedger, options.file != nil || options.example {
            throw ValidationError("--from-ledger takes the place of a file; leave the file and --example out.")
        }
        try options.checkSource(isGiven: fromLedger)
    }

    func run() async throws {
        guard fromLedger else { return try await options.run(LeverModel.self) }
        try await reportingFailures {
            let draft = try draft()
            if options.printExample { return try options.outputOptions.write(draft + "\n") }
            let document = try YAMLDocument(text: draft, file: "the ledger's draft")
            try options.write(try LeverModel(document.applying(options.changes)))
        }
    }

    private func draft() throws -> String {
        let ledger = try ledgerOptions.open(mustExist: true)
        let findings = try LedgerAudit.findings(of: ledger, in: try periodOptions.period(), top: 0)
        guard let text = LeverDraft.text(findings, prices: try PriceBook.loading(overlay: nil)) else {
            throw StandardError.fail(.data, "The ledger has no priced requests in this period to draft levers from.")
        }
        return text
    }
}
