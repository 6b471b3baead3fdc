package import Domain
internal import GRDB
package import Ledger

/// A ledger in a SQLite file: the default engine.
///
/// Records lie in the order of their time under the key (time, identity), so appending needs no index with random keys
/// and importing the same record again finds it in place. Roll-ups are kept in the same transaction as the records.
package final class SQLiteLedger: UsageLedger {
    let queue: DatabaseQueue

    /// Opens a ledger, and creates it where there is none.
    ///
    /// - Parameters:
    ///   - mustExist: whether a missing file is an error.
    ///   - mostPages: the size that the file may reach, in pages of 8 KiB; absent for no limit of ours.
    /// - Throws: ``LedgerError`` where it cannot be opened or belongs to a newer version of Payback.
    package init(path: String, mustExist: Bool = false, mostPages: Int? = nil) throws(LedgerError) {
        if mustExist, !FileSystem.exists(path) {
            throw LedgerError(
                .unavailable,
                "There is no ledger at \(path). Fill one with: payback import FILE --ledger sqlite:\(path)")
        }
        queue = try LedgerError.translating("opening \(path)") {
            let queue = try DatabaseQueue(path: path, configuration: Self.configuration)
            try Schema.migrate(queue)
            if let mostPages {
                try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA max_page_count = \(mostPages)") }
            }
            return queue
        }
    }

    /// Opens a ledger in memory, for tests.
    package static func inMemory() throws(LedgerError) -> SQLiteLedger { try SQLiteLedger(queue: ()) }

    private init(queue: Void) throws(LedgerError) {
        self.queue = try LedgerError.translating("opening a ledger in memory") {
            let queue = try DatabaseQueue(configuration: Self.configuration)
            try Schema.migrate(queue)
            return queue
        }
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(10)
        // An import keeps one transaction open over many batches.
        configuration.allowsUnsafeTransactions = true
        configuration.prepareDatabase { database in
            // Takes effect on a new file only; nothing here may change a file that turns out to be somebody else's.
            try database.execute(sql: "PRAGMA page_size = 8192")
            try database.execute(sql: "PRAGMA synchronous = NORMAL")
            try database.execute(sql: "PRAGMA cache_size = -65536")
        }
        return configuration
    }

    package func writer() -> any LedgerWriter { SQLiteLedgerWriter(ledger: self) }

    package func rows(for query: LedgerQuery) throws(LedgerError) -> [LedgerRow] {
        try read("reading sums") { database in try QueryPlan(query).rows(in: database) }
    }

    package func forEachBatch(in period: Period, _ body: (RecordBatch) throws -> Void) throws {
        try queue.read { database in
            var reader = try RecordReader(database: database)
            try reader.forEachBatch(in: period, body)
        }
    }

    package func request(_ requestID: String, in period: Period) throws(LedgerError) -> RecordBatch {
        try read("looking for a request") { database in
            var found = RecordBatch()
            var reader = try RecordReader(database: database)
            try reader.forEachBatch(in: period) { batch in
                let wanted = batch.records.filter { batch.string($0.requestID) == requestID }
                if wanted.isEmpty { return }
                var translation = TermTranslation()
                translation.extend(from: batch.vocabulary, into: &found.vocabulary)
                for record in wanted { found.records.append(record.moved(from: batch, to: &found, translation)) }
            }
            try TraceTable.attach(to: &found, in: database)
            return found
        }
    }

    package func controlTotals(in period: Period) throws(LedgerError) -> [ControlTotal] {
        try read("reading control totals") { try ControlTotalTable.totals(in: period, $0) }
    }

    package func extent() throws(LedgerError) -> Period? {
        try read("reading the ledger's extent") { try LedgerExtent.known(in: $0) }
    }

    package func removeRecords(before moment: Timestamp) throws(LedgerError) -> Int {
        var removed = 0
        while true {
            // In pieces: nobody waits long for the file.
            let count = try LedgerError.translating("removing old records") {
                try queue.write { database in
                    let arguments: StatementArguments = [Timestamp.unknown.microseconds, moment.microseconds]
                    for table in ["request_trace", "record"] {
                        try database.execute(
                            sql: """
                                DELETE FROM \(table) WHERE (started_at, identity) IN (SELECT started_at, identity FROM \(table)
                                  WHERE started_at > ? AND started_at < ? ORDER BY started_at, identity LIMIT 20000)
                                """, arguments: arguments)
                    }
                    return database.changesCount
                }
            }
            removed += count
            if count == 0 { return removed }
        }
    }

    package func rebuildRollups(in period: Period) throws(LedgerError) {
        try LedgerError.translating("rebuilding roll-ups") {
            try queue.writeWithoutTransaction { database in
                try database.inTransaction {
                    try RollupTable.rebuild(days: period, in: database)
                    return .commit
                }
            }
        }
    }

    private func read<Result>(
        _ activity: String, _ body: (Database) throws -> Result
    ) throws(LedgerError) -> Result {
        try LedgerError.translating(activity) { try queue.read(body) }
    }
}
