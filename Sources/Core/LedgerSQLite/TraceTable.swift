internal import Domain
internal import GRDB

/// Keeps the gateway's own account of its calls beside the records, so that sums never read over them.
struct TraceTable {
    private let insertion: PreparedStatement

    init(database: Database) throws {
        insertion = try PreparedStatement(
            "INSERT INTO request_trace (started_at, identity, trace) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            in: database)
    }

    func insert(_ record: UsageRecord, identity: UInt64, of batch: RecordBatch) throws {
        insertion.clear()
        insertion.bind(1, record.startedAt.microseconds)
        insertion.bind(2, Int64(bitPattern: identity))
        try batch.text.withUnsafeBytes { text in
            let start = Int(record.trace.start)
            let bytes = UnsafeRawBufferPointer(rebasing: text[start..<(start + Int(record.trace.count))])
            insertion.bind(3, bytes: bytes)
            _ = try insertion.step()
        }
    }

    /// Puts the accounts of a batch's records into it.
    static func attach(to batch: inout RecordBatch, in database: Database) throws {
        let search = try PreparedStatement(
            "SELECT trace FROM request_trace WHERE started_at = ? AND identity = ?", in: database)
        for position in batch.records.indices {
            search.clear()
            search.bind(1, batch.records[position].startedAt.microseconds)
            search.bind(2, Int64(bitPattern: batch.records[position].identity))
            guard try search.step() else { continue }
            search.withBytes(0) { batch.records[position].trace = batch.append($0) }
        }
    }
}
