internal import Domain
internal import GRDB

/// Inserts records into the record table.
struct RecordWriter {
    private let statement: PreparedStatement
    private var bytes: [UInt8] = []

    init(database: Database) throws {
        let columns = ["started_at", "identity"] + RecordColumns.all.map(\.name)
        let marks = columns.map { _ in "?" }.joined(separator: ", ")
        statement = try PreparedStatement(
            "INSERT INTO record (\(columns.joined(separator: ", "))) VALUES (\(marks)) ON CONFLICT DO NOTHING",
            in: database)
    }

    /// Inserts a record.
    ///
    /// - Returns: whether it is new.
    mutating func insert(
        _ record: UsageRecord, identity: UInt64, isFlagged: Bool, of batch: RecordBatch, id: (Term) -> Int64
    ) throws -> Bool {
        statement.clear()
        statement.bind(1, record.startedAt.microseconds)
        statement.bind(2, Int64(bitPattern: identity))
        return try batch.text.withUnsafeBufferPointer { text in
            var parameter: Int32 = 3
            for column in RecordColumns.all {
                bind(column.content, parameter, record, batch, text, id)
                parameter += 1
            }
            if isFlagged { statement.bind(parameter - 1, 1) }
            _ = try statement.step()
            return statement.changes > 0
        }
    }

    private mutating func bind(
        _ content: RecordColumns.Content, _ parameter: Int32, _ record: UsageRecord, _ batch: RecordBatch,
        _ text: UnsafeBufferPointer<UInt8>, _ id: (Term) -> Int64
    ) {
        switch content {
        case .term(let path):
            let term = record[keyPath: path]
            if !term.isAbsent { statement.bind(parameter, id(term)) }
        case .text(let path):
            let span = record[keyPath: path]
            if !span.isEmpty {
                statement.bind(
                    parameter,
                    text: UnsafeBufferPointer(rebasing: text[Int(span.start)..<(Int(span.start) + Int(span.count))]))
            }
        case .tokens(let path):
            if let count = record[keyPath: path].known { statement.bind(parameter, count) }
        case .integer(let usual, let get, _):
            let value = get(record)
            if value != usual { statement.bind(parameter, value) }
        case .hash(let path): bind(record[keyPath: path], parameter)
        case .prefix:
            if record.prompt.prefix.count > 0 {
                batch.prefixHashes[record.prompt.prefix.range].withUnsafeBytes { statement.bind(parameter, bytes: $0) }
            }
        case .extras:
            if record.extras.count > 0 { statement.bind(parameter, RecordWriter.extrasText(record, batch)) }
        }
    }

    private mutating func bind(_ hash: PromptHash, _ parameter: Int32) {
        if hash.isAbsent { return }
        withUnsafeBytes(of: (hash.high.bigEndian, hash.low.bigEndian)) { statement.bind(parameter, bytes: $0) }
    }

    private static func extrasText(_ record: UsageRecord, _ batch: RecordBatch) -> String {
        batch.extras[record.extras.range].map { "\(batch.vocabulary.text($0.kind) ?? "")=\($0.millionths)" }
            .joined(separator: "\n")
    }
}
