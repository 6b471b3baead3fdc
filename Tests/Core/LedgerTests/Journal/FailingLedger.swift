import Domain
import Ledger
import Synchronization

/// A ledger whose commits fail while it is told to.
final class FailingLedger: UsageLedger {
    let inner = MemoryLedger()
    let fails = Mutex(false)

    func writer() -> any LedgerWriter { Writer(ledger: self) }
    func rows(for query: LedgerQuery) -> [LedgerRow] { inner.rows(for: query) }
    func forEachBatch(in period: Period, _ body: (RecordBatch) throws -> Void) throws {
        try inner.forEachBatch(in: period, body)
    }
    func request(_ requestID: String, in period: Period) -> RecordBatch { inner.request(requestID, in: period) }
    func controlTotals(in period: Period) -> [ControlTotal] { inner.controlTotals(in: period) }
    func extent() -> Period? { inner.extent() }
    func removeRecords(before moment: Timestamp) -> Int { 0 }
    func rebuildRollups(in period: Period) {}

    private final class Writer: LedgerWriter {
        let ledger: FailingLedger
        var waiting: [(RecordBatch, BatchOrigin)] = []

        init(ledger: FailingLedger) { self.ledger = ledger }

        func append(_ batch: RecordBatch, from origin: BatchOrigin) { waiting.append((batch, origin)) }
        func begin(_ statement: SourceStatement) {}
        func withdrawOthers(in period: Period) -> Int { 0 }

        func commit() throws(LedgerError) -> AppendOutcome {
            if ledger.fails.withLock({ $0 }) { throw LedgerError(.notWritable, "The disk is full.") }
            for (batch, origin) in waiting {
                let writer = ledger.inner.writer()
                try writer.append(batch, from: origin)
                _ = try writer.finish()
            }
            waiting = []
            return AppendOutcome()
        }

        func checkpoint() {}

        func finish() throws(LedgerError) -> AppendOutcome {
            _ = try commit()
            return AppendOutcome()
        }
    }
}
