internal import Domain
internal import GRDB
internal import Ledger

/// Appends records, a hundred thousand per transaction, with their roll-ups.
final class SQLiteLedgerWriter: LedgerWriter {
    /// Everything that lives as long as a writer's statements.
    private struct Session {
        var records: RecordWriter
        var names: NameTable
        var cells: RollupCells
        var responses: ResponseTable
        var traces: TraceTable
        let totals: ControlTotalWriter
    }

    private static let recordsPerTransaction = 100_000
    private let ledger: SQLiteLedger
    private var session: Session?
    private var vocabulary = Vocabulary()
    private var translations: [Int: TermTranslation] = [:]
    private var ordinals = RowOrdinals()
    private var totalOrdinals = RowOrdinals()
    private var totalText = ControlTotalText()
    private var outcome = AppendOutcome()
    private var statement: SourceStatement?
    private var pending = 0

    init(ledger: SQLiteLedger) { self.ledger = ledger }

    deinit {
        // Dropped without being finished: what was not committed is not to be there.
        session = nil
        if pending > 0 { ledger.queue.unsafeReentrantWrite { try? $0.execute(sql: "ROLLBACK") } }
    }

    func append(_ batch: RecordBatch, from origin: BatchOrigin) throws(LedgerError) {
        try LedgerError.translating("appending records") {
            try ledger.queue.writeWithoutTransaction { database in
                var session = try takeSession() ?? open(database)
                defer { self.session = session }
                try beginTransaction(database)
                try append(batch, origin, &session, database)
                pending += batch.records.count + batch.controlTotals.count
                if pending > Self.recordsPerTransaction { try commit(&session, database) }
            }
        }
    }

    func begin(_ statement: SourceStatement) { self.statement = statement }

    func withdrawOthers(in period: Period) throws(LedgerError) -> Int {
        guard let statement else { return 0 }
        let count = try LedgerError.translating("withdrawing control totals") {
            try ledger.queue.writeWithoutTransaction { database in
                // The commit of what is withdrawn goes through a session like any other.
                if session == nil { session = try open(database) }
                try beginTransaction(database)
                return try StatementTable.withdraw(allBut: statement, in: period, database)
            }
        }
        outcome.controlTotalsWithdrawn += count
        return count
    }

    func commit() throws(LedgerError) -> AppendOutcome {
        try LedgerError.translating("committing records") {
            try ledger.queue.writeWithoutTransaction { database in
                guard pending > 0, var session = takeSession() else { return }
                defer { self.session = session }
                try commit(&session, database)
            }
        }
        return outcome
    }

    func checkpoint() throws(LedgerError) {
        try LedgerError.translating("writing the ledger through to the disk") {
            // A statement that has not been read to its end holds the file's pages.
            session = nil
            try ledger.queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_checkpoint(FULL)") }
        }
    }

    func finish() throws(LedgerError) -> AppendOutcome {
        try LedgerError.translating("committing records") {
            try ledger.queue.writeWithoutTransaction { database in
                if pending > 0, var session = takeSession() { try commit(&session, database) }
                session = nil
                try database.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
            }
        }
        return outcome
    }

    /// The session, held by the caller alone: a second holder would have its sums copied for each batch.
    private func takeSession() -> Session? {
        defer { session = nil }
        return session
    }

    private func open(_ database: Database) throws -> Session {
        Session(
            records: try RecordWriter(database: database), names: try NameTable(database: database),
            cells: try RollupCells(database: database), responses: try ResponseTable(database: database),
            traces: try TraceTable(database: database), totals: try ControlTotalWriter(database: database))
    }

    private func beginTransaction(_ database: Database) throws {
        guard pending == 0 else { return }
        try database.execute(sql: "BEGIN IMMEDIATE")
        pending = 1
    }

    private func commit(_ session: inout Session, _ database: Database) throws {
        try RollupTable.add(session.cells.takeAll(), to: database)
        try database.execute(sql: "COMMIT")
        pending = 0
    }

    private func append(_ batch: RecordBatch, _ origin: BatchOrigin, _ session: inout Session, _ database: Database)
        throws
    {
        var translation = translations[origin.parser] ?? TermTranslation()
        translation.extend(from: batch.vocabulary, into: &vocabulary)
        translations[origin.parser] = translation
        try session.names.extend(to: vocabulary)
        let names = session.names
        let id = { (term: Term) in names(translation(term)) }
        try session.responses.look(around: batch, source: id)
        for record in batch.records { try append(record, of: batch, origin, &session, id) }
        for total in batch.controlTotals { try append(total, origin, session.totals, database) }
    }

    private func append(
        _ record: UsageRecord, of batch: RecordBatch, _ origin: BatchOrigin, _ session: inout Session,
        _ id: (Term) -> Int64
    ) throws {
        let identity = ordinals.identity(of: record, input: origin.input)
        let isFlagged = session.responses.isReportedElsewhere(record, of: batch)
        guard try session.records.insert(record, identity: identity, isFlagged: isFlagged, of: batch, id: id) else {
            outcome.repeated += 1
            return
        }
        outcome.added += 1
        if !record.trace.isEmpty { try session.traces.insert(record, identity: identity, of: batch) }
        if isFlagged { outcome.flagged += 1 } else { try session.cells.add(record, id: id) }
    }

    private func append(
        _ total: ControlTotal, _ origin: BatchOrigin, _ totals: ControlTotalWriter, _ database: Database
    ) throws {
        totalText.write(total)
        let identity = totalOrdinals.identity(ofRow: totalText.identity, input: origin.input)
        if let statement { try StatementTable.note(total, identity: identity, in: statement, database) }
        if try totals.insert(total, totalText, identity: identity) {
            outcome.controlTotalsAdded += 1
        } else {
            outcome.controlTotalsRepeated += 1
        }
    }
}
