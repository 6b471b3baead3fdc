import ArgumentParser
import Auditing
import Documents
import Domain
import Importing
import Ledger
import Pricing

/// `payback import`: files, or what an API has, into the ledger.
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Read usage into the ledger; the same file twice changes nothing.",
        discussion: """
            Examples:
              payback import usage.jsonl
              payback import 'exports/*.csv' --source litellm --ledger sqlite:/var/lib/payback/ledger.sqlite
              OPENAI_ADMIN_KEY=… payback import --from openai --since 2026-10-01

            Keys are read from the environment (docs/importing.md). A pull goes on where the last one stopped, three days
            before its end, because providers revise recent days.
            """)

    @OptionGroup var input: InputOptions
    @OptionGroup var ledgerOptions: LedgerOptions
    @OptionGroup var pullOptions: PullOptions
    @OptionGroup var registryOptions: RegistryOptions
    @OptionGroup var outputOptions: OutputOptions

    @Option(help: "text or json.")
    var format: ResultFormat = .text

    mutating func validate() throws {
        try pullOptions.check(files: input.files, format: input.source, mapping: input.mapping)
        guard pullOptions.from == nil, input.files.isEmpty else { return }
        throw ValidationError("Name at least one file, or - for standard input, or an API with --from.")
    }

    mutating func run() async throws {
        let command = self
        try await reportingFailures {
            guard let source = try command.pullOptions.source() else { return try await command.importFiles() }
            try await command.pull(source)
        }
    }

    private func pull(_ source: PullSource) async throws {
        // Nothing is made on the disk for a pull that cannot begin.
        let access = try PullImport.access(to: source)
        let ledger = try ledgerOptions.open(mustExist: false)
        let name = try ledgerOptions.name()
        let cursors: any PullCursorStore =
            name == nil
            ? ForgottenPullCursors() : RegistryPullCursors(registry: try registryOptions.open(mustExist: false))
        let pull = PullImport(
            source: source, access: access, question: try pullOptions.question(), account: pullOptions.account ?? "",
            prices: try PriceBook.loading(overlay: input.prices), ledger: ledger, ledgerName: name ?? "memory:",
            cursors: cursors)
        let report = PullReport(source: source, summary: try await pull.run())
        try outputOptions.write(format == .json ? report.json.text : report.text)
        if format == .text { StandardError.show(report.summary.diagnostics) }
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
