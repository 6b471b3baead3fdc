import ArgumentParser
import Sampling

/// `payback sample`: composed traffic to try Payback with.
struct SampleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sample",
        abstract: "Write composed sample traffic as JSON lines.",
        discussion: """
            No request in it ever happened, and every audit of it says so. Its shapes are computed from published traces: \
            customers from ServeGen (m-large), token lengths from the Azure LLM inference trace 2023 (conversation), cached \
            input from Mooncake (conversation). docs/sample.md says which numbers, and what is assumed. The same number of \
            requests, seed and content give the same bytes.

            Examples:
              payback sample --output usage.jsonl
              payback sample --requests 2000000 --content hashes --output large.jsonl
              payback sample | payback audit -
              payback sample --with-bills month && payback import month/usage.jsonl 'month/*.csv' month/vertex-billing.jsonl
            """)

    @Option(help: "How many requests.")
    var requests = 20_000

    @Option(help: "Another seed gives other traffic.")
    var seed: UInt64 = 1

    @Option(help: "prompts: each line carries a prompt's text; hashes: short lines with a prompt's hash and a cost.")
    var content = SampleTraffic.Content.prompts

    @Option(help: "Write to this file instead of standard output.")
    var output: String?

    @Option(
        help: ArgumentHelp(
            "Write a month at five providers into this folder: usage.jsonl, a bill per provider with ten planted errors "
                + "between them and the records, and truth.json, which names the errors.", valueName: "folder"))
    var withBills: String?

    mutating func validate() throws {
        if requests < 0 { throw ValidationError("--requests must not be negative.") }
        guard withBills != nil else { return }
        if output != nil { throw ValidationError("--with-bills names the folder; leave --output out.") }
        if content != .prompts {
            throw ValidationError("--with-bills leaves the cost to the price book; leave --content hashes out.")
        }
    }

    mutating func run() async throws {
        let command = self
        try await reportingFailures { try command.write() }
    }

    private func write() throws {
        if let withBills { return try SampleFolder.write(requests: requests, seed: seed, to: withBills) }
        let traffic = SampleTraffic(requests: requests, seed: seed, content: content)
        try OutputFile.write(to: output) { out in try traffic.write { try out.write($0) } }
    }
}

extension SampleTraffic.Content: ExpressibleByArgument {}
