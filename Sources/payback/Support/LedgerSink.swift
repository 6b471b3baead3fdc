import Domain
import Ledger

/// Hands batches to a ledger.
struct LedgerSink: RecordSink {
    let writer: any LedgerWriter

    mutating func take(_ batch: RecordBatch, from origin: BatchOrigin) throws { try writer.append(batch, from: origin) }
}
