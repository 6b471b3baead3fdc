/// Where a ledger is: what `--ledger` and `PAYBACK_LEDGER` name.
package enum LedgerLocation: Sendable, Hashable {
    /// A SQLite file.
    case sqlite(path: String)
    /// In memory, gone at the end of the run.
    case memory

    /// The default: a file beside the caller.
    package static let `default` = LedgerLocation.sqlite(path: "payback.sqlite")

    /// Reads `sqlite:PATH` or `memory:`.
    ///
    /// - Throws: ``LedgerError`` for anything else.
    package init(_ text: String) throws(LedgerError) {
        if text == "memory:" {
            self = .memory
        } else if text.hasPrefix("sqlite:"), text.count > 7 {
            self = .sqlite(path: String(text.dropFirst(7)))
        } else if text.hasPrefix("clickhouse:") {
            throw LedgerError(.unavailable, "ClickHouse ledgers are not built yet; use sqlite:PATH.")
        } else {
            throw LedgerError(.unavailable, "\"\(text)\" names no ledger; use sqlite:PATH or memory:.")
        }
    }
}
