import ArgumentParser
import Documents
import Domain
import Ledger
import Reports

/// `payback requests tail`: the last requests, and those that follow.
struct RequestsTailCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tail",
        abstract: "The last requests, one line each; with --follow those that come as well.",
        discussion: "Example: payback requests tail --count 20 --follow")

    @OptionGroup var ledger: LedgerOptions

    @Option(help: "How many of the last requests.")
    var count = 20

    @Flag(help: "Goes on with what comes, until it is interrupted.")
    var follow = false

    @Option(help: "text, or json: one object a line.")
    var format: ResultFormat = .text

    func run() async throws {
        try await reportingFailures { try await tail() }
    }

    private func tail() async throws {
        let ledger = try ledger.open(mustExist: true)
        let end = try ledger.extent()?.end ?? .now
        var seen: Set<UInt64> = []
        var lines = try lines(of: ledger, since: try start(in: ledger, before: end), &seen)
        try show(lines.suffix(count))
        guard follow else { return }
        for await _ in Every(milliseconds: 500) {
            // A call is filed under its beginning: long ones appear among older ones.
            let since = Timestamp(microseconds: Timestamp.now.microseconds - 15 * 60_000_000)
            lines = try self.lines(of: ledger, since: since, &seen)
            try show(lines[...])
        }
    }

    /// A moment before which at least `count` records lie, found by doubling a span.
    private func start(in ledger: any UsageLedger, before end: Timestamp) throws -> Timestamp {
        var span: Int64 = 60_000_000
        let first = try ledger.extent()?.start ?? end
        while true {
            let start = Timestamp(microseconds: end.microseconds - span)
            if start <= first { return first }
            let rows = try ledger.rows(for: LedgerQuery(period: Period(start: start, end: end)))
            if rows.reduce(0, { $0 + $1.measures.calls }) >= Int64(count) { return start }
            span *= 4
        }
    }

    private func lines(of ledger: any UsageLedger, since: Timestamp, _ seen: inout Set<UInt64>) throws -> [String] {
        var lines: [String] = []
        try ledger.forEachBatch(in: Period(start: since, end: Period.always.end)) { batch in
            for record in batch.records where seen.insert(record.identity).inserted {
                let account = RequestAccount(record: record, of: batch)
                lines.append(format == .json ? account.json.compactText : account.line)
            }
        }
        return lines
    }

    private func show(_ lines: ArraySlice<String>) throws {
        if lines.isEmpty { return }
        try StandardOutput.write(lines.joined(separator: "\n") + "\n")
    }
}
