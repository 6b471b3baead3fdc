internal import GRDB
internal import GRDBSQLite
internal import Ledger

/// A statement that is bound and stepped directly: a record has half a hundred columns, and boxing each argument costs
/// more than the insertion.
final class PreparedStatement {
    private let handle: OpaquePointer
    private let connection: OpaquePointer

    /// Prepares a statement for the life of the connection.
    init(_ sql: String, in database: Database) throws {
        guard let connection = database.sqliteConnection else {
            throw LedgerError(.failed, "The ledger is closed.")
        }
        var handle: OpaquePointer?
        let code = sqlite3_prepare_v3(connection, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &handle, nil)
        guard code == SQLITE_OK, let handle else {
            throw DatabaseError(
                resultCode: ResultCode(rawValue: code), message: String(cString: sqlite3_errmsg(connection)), sql: sql)
        }
        (self.handle, self.connection) = (handle, connection)
    }

    deinit { sqlite3_finalize(handle) }

    /// Forgets all bindings; unbound parameters are NULL.
    func clear() {
        sqlite3_reset(handle)
        sqlite3_clear_bindings(handle)
    }

    /// Binds an integer to a parameter, counted from 1.
    func bind(_ parameter: Int32, _ value: Int64) { sqlite3_bind_int64(handle, parameter, value) }

    /// Binds text that stays in place until the statement has been stepped.
    func bind(_ parameter: Int32, text: UnsafeBufferPointer<UInt8>) {
        text.withMemoryRebound(to: CChar.self) {
            _ = sqlite3_bind_text(handle, parameter, $0.baseAddress, Int32($0.count), nil)
        }
    }

    /// Binds a string; it is copied.
    func bind(_ parameter: Int32, _ string: String) {
        var string = string
        string.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { text in
                // By its length, not up to a zero byte: two names may differ behind one.
                _ = sqlite3_bind_text(
                    handle, parameter, text.baseAddress, Int32(text.count),
                    unsafeBitCast(-1, to: sqlite3_destructor_type.self))
            }
        }
    }

    /// Binds bytes; they are copied.
    func bind(_ parameter: Int32, bytes: UnsafeRawBufferPointer) {
        sqlite3_bind_blob(
            handle, parameter, bytes.baseAddress, Int32(bytes.count),
            unsafeBitCast(-1, to: sqlite3_destructor_type.self))
    }

    /// Takes one step.
    ///
    /// - Returns: whether there is a row.
    func step() throws -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code:
            throw DatabaseError(
                resultCode: ResultCode(rawValue: code), message: String(cString: sqlite3_errmsg(connection)))
        }
    }

    /// How many rows the last step changed.
    var changes: Int { Int(sqlite3_changes(connection)) }
    /// The row id of the last insertion.
    var lastInsertedID: Int64 { sqlite3_last_insert_rowid(connection) }

    /// The integer of a column, counted from 0; `nil` for NULL.
    func integer(_ column: Int32) -> Int64? {
        sqlite3_column_type(handle, column) == SQLITE_NULL ? nil : sqlite3_column_int64(handle, column)
    }

    /// Calls `body` with the bytes of a text or blob column, empty for NULL.
    func withBytes<Result>(_ column: Int32, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows -> Result {
        let start = sqlite3_column_blob(handle, column)?.assumingMemoryBound(to: UInt8.self)
        return try body(
            UnsafeBufferPointer(start: start, count: start == nil ? 0 : Int(sqlite3_column_bytes(handle, column))))
    }
}
