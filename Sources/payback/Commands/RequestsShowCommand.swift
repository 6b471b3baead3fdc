import ArgumentParser
import Documents
import Domain
import Ledger
import Reports

/// `payback requests show`: everything that is known of one request.
struct RequestsShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "One request: every phase, every attempt, whose fault, tokens and money.",
        discussion:
            "Example: payback requests show 01JD3K5V8Q2M4N6P8R0S2T4V6X\nThe id is the answer's header x-payback-request-id."
    )

    @Argument(help: "The request's id.")
    var id: String

    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var outputOptions: OutputOptions

    @Option(help: "text or json.")
    var format: ResultFormat = .text

    func run() async throws {
        try await reportingFailures { try show() }
    }

    private func show() throws {
        let batch = try ledger.open(mustExist: true).request(id, in: period)
        guard !batch.records.isEmpty else {
            throw StandardError.fail(
                .noInput,
                "There is no request \(id) in the ledger. A call shows up about a tenth of a second after its end; while it runs it is only in the journal."
            )
        }
        let accounts = batch.records.map { RequestAccount(record: $0, of: batch) }
        switch format {
        case .text: try outputOptions.write(accounts.map(\.text).joined(separator: "\n"))
        case .json:
            let document: JSONOutput = ["request_id": .string(id), "calls": .array(accounts.map(\.json))]
            try outputOptions.write(document.text)
        }
    }

    /// An id of the gateway's carries its time; others are looked for everywhere.
    private var period: Period {
        guard let moment = SortableID(id)?.timestamp else { return .always }
        return Period(
            start: Timestamp(microseconds: moment.microseconds - 1_000),
            end: Timestamp(microseconds: moment.microseconds + 2_000))
    }
}
