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
        let named = ledger ?? getenv("PAYBACK_LEDGER").map { String(cString: $0) } ?? configured
        switch try named.map({ (text) throws(LedgerError) in try LedgerLocation(text) }) ?? .default {
        case .memory: return MemoryLedger()
        case .sqlite(let path): return try SQLiteLedger(path: path, mustExist: mustExist)
        }
    }
}
