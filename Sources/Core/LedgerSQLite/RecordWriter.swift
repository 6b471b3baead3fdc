internal import Domain
internal import GRDB

/// Inserts records into the record table.
///
/// Columns are bound one after the other in plain code: a record has fifty, and anything cleverer costs more than the
/// insertion.
struct RecordWriter {
    private let statement: PreparedStatement
    private var parameter: Int32 = 0

    init(database: Database) throws {
        let columns = ["started_at", "identity"] + RecordColumns.names
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
        parameter = 0
        number(record.startedAt.microseconds, usual: .min)
        number(Int64(bitPattern: identity), usual: nil)
        bindTerms(record, id)
        return try batch.text.withUnsafeBufferPointer { text in
            bindTexts(record, text)
            bindTokens(record.usage)
            bindNumbers(record)
            bindHashes(record, batch)
            bindExtras(record, batch)
            number(isFlagged ? 1 : 0, usual: 0)
            _ = try statement.step()
            return statement.changes > 0
        }
    }

    private mutating func bindTerms(_ record: UsageRecord, _ id: (Term) -> Int64) {
        term(record.source, id)
        term(record.provider, id)
        term(record.hostProvider, id)
        term(record.requestedModel, id)
        term(record.model, id)
        term(record.serviceTier, id)
        term(record.region, id)
        term(record.customer, id)
        term(record.feature, id)
        term(record.team, id)
        term(record.environment, id)
        term(record.credential, id)
        term(record.tags, id)
        term(record.experimentArm, id)
        term(record.priceBookVersion, id)
        term(record.baselineMethod, id)
        term(record.template, id)
        term(record.actionReason, id)
    }

    private mutating func bindTexts(_ record: UsageRecord, _ text: UnsafeBufferPointer<UInt8>) {
        for span in [record.requestID, record.responseID, record.session, record.prompt.label] {
            parameter += 1
            if span.isEmpty { continue }
            let range = Int(span.start)..<(Int(span.start) + Int(span.count))
            statement.bind(parameter, text: UnsafeBufferPointer(rebasing: text[range]))
        }
    }

    private mutating func bindTokens(_ usage: TokenUsage) {
        tokens(usage.uncachedInput)
        tokens(usage.cacheRead)
        tokens(usage.cacheWrite5m)
        tokens(usage.cacheWrite1h)
        tokens(usage.output)
        tokens(usage.reasoning)
        tokens(usage.audioInput)
        tokens(usage.audioOutput)
        tokens(usage.imageInput)
        tokens(usage.imageOutput)
    }

    private mutating func bindNumbers(_ record: UsageRecord) {
        number(record.latency, usual: -1)
        number(record.timeToFirstToken, usual: -1)
        number(Int64(record.purpose.rawValue), usual: 0)
        number(Int64(record.attempt), usual: 1)
        number(Int64(record.status.rawValue), usual: 0)
        number(Int64(record.httpStatus), usual: 0)
        number(Int64(record.usageSource.rawValue), usual: 0)
        number(record.cost.nanos, usual: 0)
        number(Int64(record.costKind.rawValue), usual: 3)
        number(record.baseline.nanos, usual: 0)
        number(Int64(record.prompt.prefixBlockTokens), usual: 0)
        number(Int64(record.action.rawValue), usual: 0)
        number(record.hasSourceID ? 1 : 0, usual: 1)
    }

    private mutating func bindHashes(_ record: UsageRecord, _ batch: RecordBatch) {
        hash(record.prompt.exact)
        hash(record.prompt.normalised)
        parameter += 1
        if record.prompt.prefix.count == 0 { return }
        batch.prefixHashes[record.prompt.prefix.range].withUnsafeBytes { statement.bind(parameter, bytes: $0) }
    }

    private mutating func bindExtras(_ record: UsageRecord, _ batch: RecordBatch) {
        parameter += 1
        if record.extras.count == 0 { return }
        let lines = batch.extras[record.extras.range].map { "\(batch.vocabulary.text($0.kind) ?? "")=\($0.millionths)" }
        statement.bind(parameter, lines.joined(separator: "\n"))
    }

    // MARK: Single values

    private mutating func term(_ term: Term, _ id: (Term) -> Int64) {
        parameter += 1
        if !term.isAbsent { statement.bind(parameter, id(term)) }
    }

    private mutating func tokens(_ count: TokenCount) {
        parameter += 1
        if count.isKnown { statement.bind(parameter, count.orZero) }
    }

    private mutating func number(_ value: Int64, usual: Int64?) {
        parameter += 1
        if value != usual { statement.bind(parameter, value) }
    }

    private mutating func hash(_ hash: PromptHash) {
        parameter += 1
        if hash.isAbsent { return }
        withUnsafeBytes(of: (hash.high.bigEndian, hash.low.bigEndian)) { statement.bind(parameter, bytes: $0) }
    }
}
