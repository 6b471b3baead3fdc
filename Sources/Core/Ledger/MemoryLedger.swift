package import Domain
internal import Synchronization

/// A ledger in memory: for tests, trials and small audits. It scans its records for every question.
package final class MemoryLedger: UsageLedger {
    fileprivate struct State {
        var batch = RecordBatch()
        var identities: Set<UInt64> = []
        var flagged: Set<Int> = []
        /// Response ids and the source that reported them first.
        var responses: [UInt64: Term] = [:]
        var controlTotals: [ControlTotal] = []
        var controlIdentities: Set<UInt64> = []
        /// By scope and identity: the total, and the run that stated it last.
        var stated: [String: [UInt64: (total: ControlTotal, run: Int64)]] = [:]
    }

    fileprivate let state = Mutex(State())

    /// Creates an empty ledger.
    package init() {}

    package func writer() -> any LedgerWriter { MemoryLedgerWriter(ledger: self) }

    package func rows(for query: LedgerQuery) -> [LedgerRow] {
        state.withLock { state in
            var groups = LedgerGrouping(query: query)
            for (position, record) in state.batch.records.enumerated() where !state.flagged.contains(position) {
                groups.add(record, vocabulary: state.batch.vocabulary)
            }
            return groups.rows
        }
    }

    package func forEachBatch(in period: Period, _ body: (RecordBatch) throws -> Void) throws {
        let batch = state.withLock { state in
            var batch = state.batch
            batch.records = state.batch.records.enumerated()
                .filter { !state.flagged.contains($0) && period.contains($1.startedAt) }.map(\.element)
                .sorted { $0.startedAt < $1.startedAt }
            return batch
        }
        if !batch.records.isEmpty { try body(batch) }
    }

    package func request(_ requestID: String, in period: Period) -> RecordBatch {
        state.withLock { state in
            var batch = state.batch
            batch.records = state.batch.records
                .filter { period.contains($0.startedAt) && state.batch.string($0.requestID) == requestID }
                .sorted { ($0.startedAt, $0.attempt) < ($1.startedAt, $1.attempt) }
            return batch
        }
    }

    package func controlTotals(in period: Period) -> [ControlTotal] {
        state.withLock { $0.controlTotals.filter { $0.period.overlaps(period) } }
    }

    package func extent() -> Period? {
        state.withLock { state in
            let times = state.batch.records.map(\.startedAt).filter(\.isKnown)
            guard let first = times.min(), let last = times.max() else { return nil }
            return Period(start: first, end: Timestamp(microseconds: last.microseconds + 1))
        }
    }

    /// Not done: this engine has no sums but its records.
    package func removeRecords(before moment: Timestamp) -> Int { 0 }

    package func rebuildRollups(in period: Period) {}
}

/// Appends to a memory ledger at once.
private final class MemoryLedgerWriter: LedgerWriter {
    private let ledger: MemoryLedger
    private var translations: [Int: TermTranslation] = [:]
    private var ordinals = RowOrdinals()
    private var totalOrdinals = RowOrdinals()
    private var outcome = AppendOutcome()
    private var statement: SourceStatement?

    init(ledger: MemoryLedger) { self.ledger = ledger }

    func append(_ batch: RecordBatch, from origin: BatchOrigin) {
        ledger.state.withLock { state in
            translations[origin.parser, default: TermTranslation()].extend(
                from: batch.vocabulary, into: &state.batch.vocabulary)
            for record in batch.records { append(record, of: batch, origin, to: &state) }
            for total in batch.controlTotals {
                let identity = totalOrdinals.identity(ofRow: total.identity, input: origin.input)
                if let statement { state.stated[statement.scope, default: [:]][identity] = (total, statement.run) }
                if state.controlIdentities.insert(identity).inserted {
                    state.controlTotals.append(total)
                    outcome.controlTotalsAdded += 1
                } else {
                    outcome.controlTotalsRepeated += 1
                }
            }
        }
    }

    private func append(
        _ record: UsageRecord, of batch: RecordBatch, _ origin: BatchOrigin, to state: inout MemoryLedger.State
    ) {
        let identity = ordinals.identity(of: record, input: origin.input)
        guard state.identities.insert(identity).inserted, let translate = translations[origin.parser] else {
            outcome.repeated += 1
            return
        }
        var kept = record.moved(from: batch, to: &state.batch, translate)
        kept.identity = identity
        outcome.added += 1
        if let response = batch.hash(of: record.responseID) {
            if let first = state.responses[response], first != kept.source {
                state.flagged.insert(state.batch.records.count)
                outcome.flagged += 1
            } else {
                state.responses[response] = kept.source
            }
        }
        state.batch.records.append(kept)
    }

    func begin(_ statement: SourceStatement) { self.statement = statement }

    func withdrawOthers(in period: Period) -> Int {
        guard let statement else { return 0 }
        let count = ledger.state.withLock { $0.withdraw(allBut: statement, in: period) }
        outcome.controlTotalsWithdrawn += count
        return count
    }

    func commit() -> AppendOutcome { outcome }

    func checkpoint() {}

    func finish() -> AppendOutcome { outcome }
}

extension MemoryLedger.State {
    /// Removes what other runs of a scope stated about a period, unless another scope states it too.
    fileprivate mutating func withdraw(allBut statement: SourceStatement, in period: Period) -> Int {
        let stale = (stated[statement.scope] ?? [:]).filter {
            $0.value.run != statement.run && $0.value.total.period.overlaps(period)
        }
        for (identity, entry) in stale {
            stated[statement.scope]?[identity] = nil
            if stated.values.contains(where: { $0[identity] != nil }) { continue }
            controlIdentities.remove(identity)
            if let position = controlTotals.firstIndex(of: entry.total) { controlTotals.remove(at: position) }
        }
        return stale.count
    }
}
