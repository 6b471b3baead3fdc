internal import Domain
internal import GRDB
internal import Ledger

/// Finds responses that another source has reported already.
///
/// There is no index on response ids (random keys would halve the rate of appending): where the ledger holds more than
/// one source, the ids of the hours around a batch are looked at.
struct ResponseTable {
    private static let margin = Timestamp.microsecondsPerHour
    private let database: Database
    private let others: PreparedStatement
    private let sources: PreparedStatement
    private var elsewhere: Set<UInt64> = []

    init(database: Database) throws {
        self.database = database
        others = try PreparedStatement(
            """
            SELECT response_id FROM record WHERE started_at >= ? AND started_at < ? AND source IS NOT ?
              AND response_id IS NOT NULL AND is_flagged IS NULL
            """, in: database)
        sources = try PreparedStatement(
            "SELECT count(*) FROM rollup_key WHERE grouping = 1 AND n3 <> ?", in: database)
    }

    /// Reads the ids that other sources have reported around the time of a batch.
    mutating func look(around batch: RecordBatch, source id: (Term) -> Int64) throws {
        elsewhere.removeAll(keepingCapacity: true)
        guard let first = batch.records.first, batch.records.contains(where: { !$0.responseID.isEmpty }) else { return }
        let source = id(first.source)
        sources.clear()
        sources.bind(1, source)
        guard try sources.step(), sources.integer(0) ?? 0 > 0 else { return }
        let times = batch.records.map(\.startedAt.microseconds)
        others.clear()
        others.bind(1, (times.min() ?? 0) - Self.margin)
        others.bind(2, (times.max() ?? 0) + Self.margin)
        others.bind(3, source)
        while try others.step() {
            others.withBytes(0) { bytes in
                if let start = bytes.baseAddress { elsewhere.insert(ByteHash.hash(start, count: bytes.count)) }
            }
        }
    }

    /// Whether another source has reported a record's response.
    func isReportedElsewhere(_ record: UsageRecord, of batch: RecordBatch) -> Bool {
        guard !elsewhere.isEmpty, let hash = batch.hash(of: record.responseID) else { return false }
        return elsewhere.contains(hash)
    }
}
