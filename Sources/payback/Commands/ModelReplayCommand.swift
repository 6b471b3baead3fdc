import ArgumentParser
import Documents
import Domain
import Importing
import Inputs
import Ledger
import Policy
import Pricing
import Savings

/// `payback model replay`.
struct ModelReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay", abstract: "Recorded traffic through a plan: what it would have saved, lever by lever.",
        discussion: """
            Runs the ledger, or files, through the policy that the gateway runs, in the order of time.

            A plan (docs/plans.md):
              name: October
              holdout: {share: 0.02}
              rules:
                - {name: repeated questions, lever: cache, match: exact, scope: customer, ttl_seconds: 86400}
                - {name: small model, lever: routing, when: {features: [search]}, to: {provider: openai, model: gpt-5-mini}}
                - {name: prefixes, lever: prompt_caching, ttl_seconds: 300}

            Examples:
              payback model replay --plan plan.yaml --since 2026-10-01
              payback model replay --plan plan.yaml usage.jsonl --format json --write-plan weighed.json
            """)

    @Option(help: "The plan, YAML or JSON.")
    var plan: String

    @OptionGroup var input: InputOptions
    @OptionGroup var periodOptions: PeriodOptions
    @OptionGroup var ledgerOptions: LedgerOptions
    @OptionGroup var outputOptions: OutputOptions

    @Option(help: "Write the plan with what each rule is expected to save; rules that lose money are off.")
    var writePlan: String?

    @Option(help: "text, json, markdown or html.")
    var format: DocumentFormat = .text

    func run() async throws {
        try await reportingFailures {
            let plan = try PlanReader.read(try YAMLDocument(path: plan))
            let period = try periodOptions.period()
            let ledger = try await input.files.isEmpty ? ledgerOptions.open(mustExist: true) : fromFiles()
            var replay = Replay(plan, prices: try PriceBook.loading(overlay: input.prices))
            try ledger.forEachBatch(in: period) { replay.take($0) }
            let result = replay.result
            if result.isEmpty { throw StandardError.fail(.data, "There are no requests in this period to replay.") }
            try write(result)
        }
    }

    /// The files, in a ledger in memory: it puts them in the order of time and counts what is there twice once.
    private func fromFiles() async throws -> any UsageLedger {
        let (run, _) = try input.run(keepsPromptText: false)
        let ledger = MemoryLedger()
        var sink = ProgressSink(LedgerSink(writer: ledger.writer()))
        let summary = try await run.read(files: try input.expandedFiles(), into: &sink)
        sink.finish()
        StandardError.show(summary.diagnostics)
        return ledger
    }

    private func write(_ result: ReplayResult) throws {
        if let writePlan { try OutputOptions.write(result.weighedPlan.json.text, to: writePlan) }
        try outputOptions.write(result.document, result.json, as: format)
    }
}
