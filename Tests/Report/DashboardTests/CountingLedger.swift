import Domain
import Ledger
import Synchronization

/// A memory ledger that counts how often it is asked from when to when it goes.
final class CountingLedger: UsageLedger {
    private let inner = MemoryLedger()
    private let count = Mutex(0)

    /// How often its extent was asked for.
    var extents: Int { count.withLock(\.self) }

    func extent() -> Period? {
        count.withLock { $0 += 1 }
        return inner.extent()
    }

    func writer() -> any LedgerWriter { inner.writer() }
    func rows(for query: LedgerQuery) -> [LedgerRow] { inner.rows(for: query) }
    func forEachBatch(in period: Period, _ body: (RecordBatch) throws -> Void) throws {
        try inner.forEachBatch(in: period, body)
    }
    func request(_ requestID: String, in period: Period) -> RecordBatch { inner.request(requestID, in: period) }
    func controlTotals(in period: Period) -> [ControlTotal] { inner.controlTotals(in: period) }
    func removeRecords(before moment: Timestamp) -> Int { inner.removeRecords(before: moment) }
    func rebuildRollups(in period: Period) { inner.rebuildRollups(in: period) }
}
