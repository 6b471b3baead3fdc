import ArgumentParser
import Auditing
import Documents
import Domain
import Importing
import Ledger
import Pricing

/// `payback audit`: where the money went, of files or of the ledger.
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Where the money went, what repeats, and what to do.",
        discussion: """
            Reads usage in any supported format and tells what it came to. Without files it audits the ledger.

            Examples:
              payback audit usage.jsonl
              payback audit 'logs/*.jsonl.gz' --format html --output audit.html
              payback audit export.csv --mapping columns.yaml --invoice openai=2026-10:182340.12
              zcat spend.csv.gz | payback audit - --format json
            """)

    @OptionGroup var input: InputOptions
    @OptionGroup var periodOptions: PeriodOptions
    @OptionGroup var ledgerOptions: LedgerOptions
    @OptionGroup var outputOptions: OutputOptions

    @Option(help: "How many of the dearest prompts and templates are listed.")
    var top = 10

    @Option(help: "An invoice total to compare with: PROVIDER=YYYY-MM:AMOUNT; repeatable.")
    var invoice: [Invoice] = []

    @Option(help: "text, json, markdown or html.")
    var format: AuditFormat = .text

    @Flag(help: "Of a ledger, only sums, from roll-ups: no prompts, prefixes, templates.")
    var totalsOnly = false

    mutating func validate() throws {
        guard top >= 0, top <= 10_000 else { throw ValidationError("--top takes a number from 0 to 10000.") }
        if totalsOnly, !input.files.isEmpty {
            throw ValidationError("--totals-only is for ledgers; leave the files out.")
        }
    }

    mutating func run() async throws {
        let command = self
        try await reportingFailures {
            let findings = try await command.input.files.isEmpty ? command.auditLedger() : command.auditFiles()
            try command.outputOptions.write(command.render(findings))
        }
    }

    private func auditFiles() async throws -> Findings {
        let (run, book) = try input.run(keepsPromptText: true)
        let files = try input.expandedFiles()
        let period = try periodOptions.period()
        var sink = ProgressSink(AuditAccumulator(period: period, hasSeveralInputs: files.count > 1))
        let summary = try await run.read(files: files, into: &sink)
        sink.finish()
        var findings = sink.sink.findings(top: top, run: summary, invoices: invoice.map(\.total))
        findings.priceBookVersion = book.version
        findings.isComposed = findings.diagnostics.contains { $0.code == "composed" }
        return findings
    }

    private func auditLedger() throws -> Findings {
        let ledger = try ledgerOptions.open(mustExist: true)
        return try LedgerAudit.findings(
            of: ledger, in: try periodOptions.period(), top: top, invoices: invoice.map(\.total),
            includesRepetition: !totalsOnly)
    }

    private func render(_ findings: Findings) -> String {
        switch format {
        case .json: findings.json.text
        case .text: TextRenderer(width: 100, useColour: outputOptions.usesColour).render(findings.document(top: top))
        case .markdown: MarkdownRenderer().render(findings.document(top: top))
        case .html: HTMLRenderer().render(findings.document(top: top))
        }
    }
}

/// How an audit is shown.
enum AuditFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json, markdown, html
}
