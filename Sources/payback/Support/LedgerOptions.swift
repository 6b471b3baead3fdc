import ArgumentParser
import Ledger
import LedgerSQLite

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Which ledger.
struct LedgerOptions: ParsableArguments {
    @Option(help: "The ledger: sqlite:PATH or memory: (default: PAYBACK_LEDGER, else sqlite:payback.sqlite).")
    var ledger: String?

    /// Opens the ledger.
    ///
    /// - Parameter configured: the ledger that the configuration names, used where nothing else does.
    /// - Throws: ``LedgerError`` where it cannot be opened, or is missing although it must exist.
    func open(mustExist: Bool, configured: String? = nil) throws(LedgerError) -> any UsageLedger {
        switch try location(configured) {
        case .memory: return MemoryLedger()
        case .sqlite(let path): return try SQLiteLedger(path: path, mustExist: mustExist)
        }
    }

    /// The name of a ledger that is open, the same from whatever folder it is named; `nil` for one in memory.
    func name() throws(LedgerError) -> String? {
        switch try location(nil) {
        case .memory: return nil
        case .sqlite(let path):
            guard let resolved = realpath(path, nil) else { return "sqlite:" + path }
            defer { free(resolved) }
            return "sqlite:" + String(cString: resolved)
        }
    }

    private func location(_ configured: String?) throws(LedgerError) -> LedgerLocation {
        let named = ledger ?? getenv("PAYBACK_LEDGER").map { String(cString: $0) } ?? configured
        return try named.map { (text) throws(LedgerError) in try LedgerLocation(text) } ?? .default
    }
}
