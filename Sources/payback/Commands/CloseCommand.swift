import ArgumentParser
import Documents
import Domain
import Gateway
import Registry
import Reports

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// `payback close`.
struct CloseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "close",
        abstract: "Close a month: keep its figures, so that later changes show as restatements.",
        discussion: """
            The ledger stays open: records may still come in, and prices may change. payback report monthly then shows what was
            closed, what it is now, and why.

            Examples:
              payback close 2026-10 --by "R. Controller"
              payback close --list
            """)

    @Argument(help: "The month: 2026-10.")
    var month: String?

    @Flag(help: "Show the months that are closed.")
    var list = false

    @Flag(help: "Close a closed month anew; the log of changes keeps what it was.")
    var replace = false

    @Option(help: "Who closes it (the user who runs the command).")
    var by: String?

    @Option(help: "Your own prices and discounts, laid over the price book.")
    var prices: String?

    @Option(help: "text or json.")
    var format: ResultFormat = .text

    @OptionGroup var ledgerOptions: LedgerOptions
    @OptionGroup var registryOptions: RegistryOptions

    mutating func validate() throws {
        guard (month != nil) != list else { throw ValidationError("Give a month such as 2026-10, or --list.") }
        guard by?.isEmpty != true else { throw ValidationError("--by takes a name.") }
    }

    func run() async throws {
        try await reportingFailures {
            guard let month else { return try show() }
            try close(month)
        }
    }

    private func close(_ text: String) throws {
        guard let period = ReportPeriod(monthText: text) else {
            throw ValidationError("\(text) is no month; write 2026-10.")
        }
        guard period.period.end <= .now else {
            throw StandardError.fail(
                .data, "\(period.name) is not over; it can be closed from \(period.period.end.dateText) on.")
        }
        let settings = try registryOptions.configuration.load().configuration
        let closed = try ClosedMonth.make(
            try ledgerOptions.open(mustExist: true, configured: settings.ledger), month: period.period.start.month,
            prices: try .loading(overlay: prices ?? settings.prices), at: .now, by: by ?? Self.user)
        guard !closed.providers.isEmpty else {
            throw StandardError.fail(.data, "The ledger has nothing of \(period.name). Choose another month.")
        }
        try registryOptions.open(mustExist: false).close(closed, replacing: replace)
        try write([closed])
    }

    private func show() throws {
        let months = try registryOptions.exists() ? registryOptions.open(mustExist: true).closedMonths() : []
        if months.isEmpty, format == .text {
            return StandardError.print("No month is closed. Close one: payback close 2026-10")
        }
        try write(months)
    }

    private func write(_ months: [ClosedMonth]) throws {
        if format == .json { return try StandardOutput.write(JSONOutput.array(months.map(\.json)).text) }
        var table = PlainTable([
            ("month", .left), ("baseline, USD", .decimal), ("realised, USD", .decimal), ("saved, USD", .decimal),
            ("closed", .left), ("by", .left), ("price book", .left),
        ])
        for month in months {
            table.add([
                Timestamp.startOfMonth(month.month).monthText,
                NumberText.money(month.baseline, symbol: ""), NumberText.money(month.realized, symbol: ""),
                NumberText.money(month.saving, symbol: ""), month.closedAt.dateText, month.closedBy, month.priceBook,
            ])
        }
        try StandardOutput.write(table.text)
    }

    private static var user: String { getenv("USER").map { String(cString: $0) } ?? "user \(getuid())" }
}
