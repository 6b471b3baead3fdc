internal import Domain
internal import GRDB

/// Reads records back, in the order of their time.
struct RecordReader {
    private static let batchSize = 8192
    private let database: Database
    private var batch = RecordBatch()
    /// By the name's id in the ledger.
    private var terms: [Term] = [.absent]
    private var column: Int32 = -1

    init(database: Database) throws { self.database = database }

    /// Calls `body` with the unflagged records of a period, batch by batch.
    mutating func forEachBatch(in period: Period, _ body: (RecordBatch) throws -> Void) throws {
        let columns = ["started_at", "identity"] + RecordColumns.names
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
            let id = Int(names.integer(0) ?? 0)
            while terms.count <= id { terms.append(.absent) }
            terms[id] = names.withBytes(1) { bytes in
                bytes.baseAddress.map { batch.vocabulary.term($0, count: bytes.count) } ?? .absent
            }
        }
    }

    private mutating func read(_ statement: PreparedStatement) -> UsageRecord {
        var record = UsageRecord()
        column = -1
        record.startedAt = Timestamp(microseconds: number(statement, usual: 0))
        record.identity = UInt64(bitPattern: number(statement, usual: 0))
        readTerms(statement, &record)
        record.requestID = text(statement)
        record.responseID = text(statement)
        record.session = text(statement)
        record.prompt.label = text(statement)
        readTokens(statement, &record.usage)
        readNumbers(statement, &record)
        record.prompt.exact = hash(statement)
        record.prompt.normalised = hash(statement)
        column += 1
        readPrefix(column, statement, into: &record)
        column += 1
        readExtras(column, statement, into: &record)
        return record
    }

    private mutating func readTerms(_ statement: PreparedStatement, _ record: inout UsageRecord) {
        record.source = term(statement)
        record.provider = term(statement)
        record.hostProvider = term(statement)
        record.requestedModel = term(statement)
        record.model = term(statement)
        record.serviceTier = term(statement)
        record.region = term(statement)
        record.customer = term(statement)
        record.feature = term(statement)
        record.team = term(statement)
        record.environment = term(statement)
        record.credential = term(statement)
        record.tags = term(statement)
        record.experimentArm = term(statement)
        record.priceBookVersion = term(statement)
        record.baselineMethod = term(statement)
        record.template = term(statement)
        record.actionReason = term(statement)
    }

    private mutating func readTokens(_ statement: PreparedStatement, _ usage: inout TokenUsage) {
        usage.uncachedInput = tokens(statement)
        usage.cacheRead = tokens(statement)
        usage.cacheWrite5m = tokens(statement)
        usage.cacheWrite1h = tokens(statement)
        usage.output = tokens(statement)
        usage.reasoning = tokens(statement)
        usage.audioInput = tokens(statement)
        usage.audioOutput = tokens(statement)
        usage.imageInput = tokens(statement)
        usage.imageOutput = tokens(statement)
    }

    private mutating func readNumbers(_ statement: PreparedStatement, _ record: inout UsageRecord) {
        record.latency = number(statement, usual: -1)
        record.timeToFirstToken = number(statement, usual: -1)
        record.purpose = CallPurpose(rawValue: UInt8(clamping: number(statement, usual: 0))) ?? .serve
        record.attempt = UInt16(clamping: number(statement, usual: 1))
        record.status = CallStatus(rawValue: UInt8(clamping: number(statement, usual: 0))) ?? .ok
        record.httpStatus = UInt16(clamping: number(statement, usual: 0))
        record.usageSource = UsageSource(rawValue: UInt8(clamping: number(statement, usual: 0))) ?? .reported
        record.cost = NanoUSD(nanos: number(statement, usual: 0))
        record.costKind = CostKind(rawValue: UInt8(clamping: number(statement, usual: 3))) ?? .unpriced
        record.baseline = NanoUSD(nanos: number(statement, usual: 0))
        record.prompt.prefixBlockTokens = UInt32(clamping: number(statement, usual: 0))
        record.action = GatewayAction(rawValue: UInt8(clamping: number(statement, usual: 0))) ?? .pass
        column += 1
        // The ledger's identity already tells equal rows apart, so it serves as an id from here on.
        record.hasSourceID = true
    }

    // MARK: Single values

    private mutating func number(_ statement: PreparedStatement, usual: Int64) -> Int64 {
        column += 1
        return statement.integer(column) ?? usual
    }

    private mutating func tokens(_ statement: PreparedStatement) -> TokenCount {
        column += 1
        return statement.integer(column).map { TokenCount($0) } ?? .unknown
    }

    private mutating func term(_ statement: PreparedStatement) -> Term {
        column += 1
        guard let id = statement.integer(column), id < terms.count, id > 0 else { return .absent }
        return terms[Int(id)]
    }

    private mutating func text(_ statement: PreparedStatement) -> TextSpan {
        column += 1
        return statement.withBytes(column) { batch.append($0) }
    }

    private mutating func hash(_ statement: PreparedStatement) -> PromptHash {
        column += 1
        return statement.withBytes(column) { bytes in
            let raw = UnsafeRawBufferPointer(bytes)
            guard raw.count == 16 else { return .absent }
            return PromptHash(
                high: UInt64(bigEndian: raw.loadUnaligned(as: UInt64.self)),
                low: UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
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
