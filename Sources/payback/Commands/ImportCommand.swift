import ArgumentParser
import Auditing
import Documents
import Domain
import Importing
import Ledger

/// `payback import`: files into the ledger.
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Read usage into the ledger; the same file twice changes nothing.",
        discussion: """
            Examples:
              payback import usage.jsonl
              payback import 'exports/*.csv' --source litellm --ledger sqlite:/var/lib/payback/ledger.sqlite
            """)

    @OptionGroup var input: InputOptions
    @OptionGroup var ledgerOptions: LedgerOptions
    @OptionGroup var outputOptions: OutputOptions

    @Option(help: "Pull from a provider's admin API instead.")
    var from: String?

    @Option(help: "text or json.")
    var format: ResultFormat = .text

    mutating func validate() throws {
        if let from { throw ValidationError("Pulling from \(from) is not built yet; export a file and import that.") }
        if input.files.isEmpty { throw ValidationError("Name at least one file, or - for standard input.") }
    }

    mutating func run() async throws {
        let command = self
        try await reportingFailures { try await command.importFiles() }
    }

    private func importFiles() async throws {
        let (run, _) = try input.run(keepsPromptText: false)
        let files = try input.expandedFiles()
        let ledger = try ledgerOptions.open(mustExist: false)
        var sink = ProgressSink(LedgerSink(writer: try ledger.writer()))
        let summary = try await run.read(files: files, into: &sink)
        sink.finish()
        let outcome = try sink.sink.writer.finish()
        try outputOptions.write(format == .json ? json(summary, outcome).text : text(summary, outcome))
    }

    private func json(_ summary: ReadingSummary, _ outcome: AppendOutcome) -> JSONOutput {
        [
            "rows_read": .integer(Int64(summary.rowsRead)),
            "rows_rejected": .integer(Int64(summary.diagnostics.rejections)),
            "records_added": .integer(Int64(outcome.added)), "records_repeated": .integer(Int64(outcome.repeated)),
            "records_flagged": .integer(Int64(outcome.flagged)),
            "control_totals_added": .integer(Int64(outcome.controlTotalsAdded)),
            "control_totals_repeated": .integer(Int64(outcome.controlTotalsRepeated)),
            "inputs": .array(summary.inputs.map { ["file": .string($0.file), "source": .text($0.format)] }),
            "diagnostics": .array(summary.diagnostics.entries.map(\.json)),
        ]
    }

    private func text(_ summary: ReadingSummary, _ outcome: AppendOutcome) -> String {
        var lines = summary.inputs.map { "\($0.file): \($0.format ?? "empty")" }
        lines.append("\(summary.rowsRead) rows read, \(summary.diagnostics.rejections) rejected")
        lines.append("\(outcome.added) records added, \(outcome.repeated) were there already")
        if outcome.flagged > 0 {
            lines.append("\(outcome.flagged) kept but not counted: another source has reported the same response")
        }
        if outcome.controlTotalsAdded + outcome.controlTotalsRepeated > 0 {
            lines.append(
                "\(outcome.controlTotalsAdded) control totals added, \(outcome.controlTotalsRepeated) were there already"
            )
        }
        lines += summary.diagnostics.entries.map(\.sentence)
        return lines.joined(separator: "\n") + "\n"
    }
}

extension Diagnostic {
    /// `usage.jsonl:12: not_json ×3: …`
    fileprivate var sentence: String {
        let place = [file, line.map(String.init)].compactMap(\.self).joined(separator: ":")
        return "\(severity.name): \(place): \(message)" + (count > 1 ? " (\(count) times)" : "")
    }
}
