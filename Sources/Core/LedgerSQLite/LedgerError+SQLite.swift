internal import GRDB
internal import Ledger

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

extension LedgerError {
    /// Runs `body` and turns SQLite's errors into ours.
    static func translating<Result>(_ activity: String, _ body: () throws -> Result) throws(LedgerError) -> Result {
        do { return try body() } catch let error as LedgerError { throw error } catch let error as DatabaseError {
            throw LedgerError(error, activity)
        } catch {
            throw LedgerError(.failed, "The ledger failed while \(activity): \(error).")
        }
    }

    init(_ error: DatabaseError, _ activity: String) {
        let detail = error.message ?? "no further word"
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            self.init(
                .busy, isRetryable: true,
                "Another process is writing to the ledger (\(activity)). Try again when it has finished.")
        case .SQLITE_FULL:
            self.init(
                .notWritable,
                "The disk is full (\(activity)). Nothing half-written was kept; free some room and try again.")
        case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_IOERR:
            self.init(.notWritable, "The ledger cannot be written (\(activity)): \(detail).")
        case .SQLITE_CANTOPEN, .SQLITE_AUTH:
            self.init(.unavailable, "The ledger cannot be opened (\(activity)): \(detail). Does its folder exist?")
        case .SQLITE_NOTADB:
            self.init(.incompatible, "The file is not a ledger (\(activity)).")
        default:
            self.init(.failed, "The ledger failed while \(activity): \(detail).")
        }
    }
}

enum FileSystem {
    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }
}
