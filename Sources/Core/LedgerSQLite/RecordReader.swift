internal import Domain
internal import GRDB

/// Reads records back, in the order of their time.
struct RecordReader {
    private static let batchSize = 8192
    private let database: Database
    private var batch = RecordBatch()
    private var terms: [Int64: Term] = [0: .absent]

    init(database: Database) throws { self.database = database }

    /// Calls `body` with the unflagged records of a period, batch by batch.
    mutating func forEachBatch(in period: Period, _ body: (RecordBatch) throws -> Void) throws {
        let columns = ["started_at", "identity"] + RecordColumns.all.map(\.name)
        let statement = try PreparedStatement(
            """
            SELECT \(columns.joined(separator: ", ")) FROM record
            WHERE started_at >= ? AND started_at < ? AND is_flagged IS NULL ORDER BY started_at, identity
            """, in: database)
        statement.bind(1, period.start.microseconds)
        statement.bind(2, period.end.microseconds)
        try readNames()
        while try statement.step() {
            let record = read(statement)
            batch.records.append(record)
            if batch.records.count == Self.batchSize {
                try body(batch)
                batch.removeRecords()
            }
        }
        if !batch.records.isEmpty { try body(batch) }
        batch.removeRecords()
    }

    private mutating func readNames() throws {
        let names = try PreparedStatement("SELECT id, text FROM name WHERE id > 0", in: database)
        while try names.step() {
            let id = names.integer(0) ?? 0
            terms[id] = names.withBytes(1) { bytes in
                bytes.baseAddress.map { batch.vocabulary.term($0, count: bytes.count) } ?? .absent
            }
        }
    }

    private mutating func read(_ statement: PreparedStatement) -> UsageRecord {
        var record = UsageRecord()
        record.startedAt = Timestamp(microseconds: statement.integer(0) ?? 0)
        record.identity = UInt64(bitPattern: statement.integer(1) ?? 0)
        record.hasSourceID = true
        for (position, column) in RecordColumns.all.enumerated() {
            read(column.content, Int32(position + 2), statement, into: &record)
        }
        return record
    }

    private mutating func read(
        _ content: RecordColumns.Content, _ column: Int32, _ statement: PreparedStatement,
        into record: inout UsageRecord
    ) {
        switch content {
        case .term(let path):
            if let id = statement.integer(column) { record[keyPath: path] = terms[id] ?? .absent }
        case .text(let path): record[keyPath: path] = statement.withBytes(column) { batch.append($0) }
        case .tokens(let path):
            if let count = statement.integer(column) { record[keyPath: path] = TokenCount(count) }
        case .integer(let usual, _, let set): set(&record, statement.integer(column) ?? usual)
        case .hash(let path):
            record[keyPath: path] = statement.withBytes(column) { bytes in
                let raw = UnsafeRawBufferPointer(bytes)
                guard raw.count == 16 else { return .absent }
                return PromptHash(
                    high: UInt64(bigEndian: raw.loadUnaligned(as: UInt64.self)),
                    low: UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
            }
        case .prefix: readPrefix(column, statement, into: &record)
        case .extras: readExtras(column, statement, into: &record)
        }
    }

    private mutating func readPrefix(_ column: Int32, _ statement: PreparedStatement, into record: inout UsageRecord) {
        let start = batch.prefixHashes.count
        statement.withBytes(column) { bytes in
            let raw = UnsafeRawBufferPointer(bytes)
            for position in 0..<(raw.count / 8) {
                batch.prefixHashes.append(raw.loadUnaligned(fromByteOffset: position * 8, as: UInt64.self))
            }
        }
        record.prompt.prefix = ItemSpan(start: UInt32(start), count: UInt32(batch.prefixHashes.count - start))
    }

    private mutating func readExtras(_ column: Int32, _ statement: PreparedStatement, into record: inout UsageRecord) {
        let start = batch.extras.count
        let text = statement.withBytes(column) { String(decoding: $0, as: UTF8.self) }
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: "=")
            guard parts.count == 2, let count = Int64(parts[1]) else { continue }
            batch.extras.append(ExtraUsage(kind: batch.vocabulary.term(String(parts[0])), millionths: count))
        }
        record.extras = ItemSpan(start: UInt32(start), count: UInt32(batch.extras.count - start))
    }
}
