package import Domain
package import JSONScan

/// JSON lines, JSON arrays and CSV of anybody's making: sensible names are recognised, a mapping names the others.
package struct GenericFormat: UsageFormat {
    package let name = "generic"
    package let title = "JSON lines, a JSON array or CSV with recognisable or mapped names"
    package let plan: FieldPlan
    private let constants: [GenericField: String]
    private let unit: TimestampUnit?
    private let blockTokens: UInt32
    /// Whether every column was named by hand, so that surprises are worth a word.
    private let isMapped: Bool

    /// Creates the format without a mapping.
    package init() {
        self.init(
            columns: GenericField.allCases.flatMap { field in field.knownNames.map { ($0, field) } }, constants: [:],
            isMapped: false)
    }

    /// Creates the format with a mapping; fields that it does not name are not read.
    package init(mapping: ColumnMapping) {
        self.init(columns: mapping.columns.map { ($0.column, $0.field) }, constants: mapping.constants, isMapped: true)
    }

    private init(columns: [(String, GenericField)], constants: [GenericField: String], isMapped: Bool) {
        // A plain name wins over a path of the same letters, so each dotted name is offered both ways.
        let paths = columns.flatMap { name, field in
            name.contains(".")
                ? [([name], field.slot), (name.split(separator: ".").map(String.init), field.slot)]
                : [([name], field.slot)]
        }
        plan = FieldPlan(slotCount: GenericField.allCases.count, paths: paths.map { (path: $0.0, slot: $0.1) })
        self.constants = constants
        self.isMapped = isMapped
        unit = constants[.timestampUnit].flatMap(TimestampUnit.init(rawValue:))
        blockTokens = constants[.prefixBlockTokens].flatMap(UInt32.init) ?? 0
    }

    package func recognises(_ sample: FormatSample) -> Bool { true }

    package func read(_ row: FieldRow, into builder: inout RecordBuilder) throws(RowProblem) {
        var record = UsageRecord()
        try readTime(row, &record, &builder)
        try readUsage(row, &record)
        try readCost(row, &record)
        readStatus(row, &record)
        identify(&record, row, &builder)
        record.requestID = builder.text(row, GenericField.requestID.slot)
        record.responseID = builder.text(row, GenericField.responseID.slot)
        record.session = builder.text(row, GenericField.session.slot)
        readNames(row, &record, &builder)
        readPrompt(row, &record, &builder)
        guard record.usage.isKnown || record.costKind != .unpriced || !record.model.isAbsent || record.httpStatus > 0
        else {
            throw RowProblem(
                "nothing_recognised",
                "The row has neither tokens nor a cost nor a model under a known name; name its columns with --mapping."
            )
        }
        builder.finish(&record)
    }

    /// A request's id may stand on each of its calls, so the time of the call belongs to its identity.
    private func identify(_ record: inout UsageRecord, _ row: FieldRow, _ builder: inout RecordBuilder) {
        builder.identify(&record, row, id: GenericField.requestID.slot)
        guard record.hasSourceID, record.startedAt.isKnown else { return }
        let time = UInt64(bitPattern: record.startedAt.microseconds)
        record.identity = ByteHash.mix(record.identity ^ time, 0x9e37_79b9_7f4a_7c15)
    }

    private func readTime(_ row: FieldRow, _ record: inout UsageRecord, _ builder: inout RecordBuilder)
        throws(RowProblem)
    {
        if let moment = try row.timestamp(GenericField.timestamp.slot, unit: unit) {
            record.startedAt = moment
        } else {
            builder.note("no_timestamp", "Rows without a time are counted, but belong to no day and to no period.")
        }
        record.latency = try row.duration(GenericField.latencyMilliseconds.slot, "latency_ms", scale: 3)
        if record.latency < 0 {
            record.latency = try row.duration(GenericField.latencySeconds.slot, "latency_s", scale: 6)
        }
        record.timeToFirstToken = try row.duration(
            GenericField.timeToFirstTokenMilliseconds.slot, "time_to_first_token_ms", scale: 3)
    }

    /// `input_tokens` includes what came from and went to caches; `uncached_input` does not.
    private func readUsage(_ row: FieldRow, _ record: inout UsageRecord) throws(RowProblem) {
        var usage = TokenUsage(
            uncachedInput: try row.tokens(GenericField.uncachedInput.slot, "uncached_input"),
            cacheRead: try row.tokens(GenericField.cacheRead.slot, "cache_read"),
            cacheWrite5m: try row.tokens(GenericField.cacheWrite5m.slot, "cache_write_5m"),
            cacheWrite1h: try row.tokens(GenericField.cacheWrite1h.slot, "cache_write_1h"),
            output: try row.tokens(GenericField.output.slot, "output"),
            reasoning: try row.tokens(GenericField.reasoning.slot, "reasoning"))
        if !usage.uncachedInput.isKnown {
            let input = try row.tokens(GenericField.inputTokens.slot, "input_tokens")
            usage.uncachedInput = try input.minusCached(usage)
        }
        record.usage = usage
    }

    private func readCost(_ row: FieldRow, _ record: inout UsageRecord) throws(RowProblem) {
        guard let cost = try row.dollars(GenericField.cost.slot, "cost_usd") else { return }
        record.cost = cost
        record.costKind = .reported
    }

    private func readStatus(_ row: FieldRow, _ record: inout UsageRecord) {
        let slot = GenericField.status.slot
        if row.isMissing(slot) { return }
        record.setStatus(row.raw(slot))
    }

    private func readNames(_ row: FieldRow, _ record: inout UsageRecord, _ builder: inout RecordBuilder) {
        record.provider = name(.provider, row, &builder)
        record.hostProvider = name(.hostProvider, row, &builder)
        record.model = name(.model, row, &builder)
        record.requestedModel = name(.requestedModel, row, &builder)
        record.serviceTier = name(.serviceTier, row, &builder)
        record.region = name(.region, row, &builder)
        record.customer = name(.customer, row, &builder)
        record.feature = name(.feature, row, &builder)
        record.team = name(.team, row, &builder)
        record.environment = name(.environment, row, &builder)
        record.credential = name(.credential, row, &builder)
        record.template = name(.template, row, &builder)
        if record.model.isAbsent { record.model = record.requestedModel }
        if row[GenericField.composed.slot].kind == .yes {
            builder.note("composed", "The traffic says of itself that it is composed, not real.", severity: .note)
        }
        if !row.isMissing(GenericField.purpose.slot), let text = row.string(GenericField.purpose.slot) {
            record.purpose = CallPurpose.allCases.first { $0.name == text } ?? .serve
        }
    }

    private func name(_ field: GenericField, _ row: FieldRow, _ builder: inout RecordBuilder) -> Term {
        let term = builder.term(row, field.slot)
        if term.isAbsent, !constants.isEmpty, let constant = constants[field] { return builder.term(constant) }
        return term
    }

    private func readPrompt(_ row: FieldRow, _ record: inout UsageRecord, _ builder: inout RecordBuilder) {
        builder.prompt(row, GenericField.prompt.slot, into: &record)
        builder.promptHash(row, GenericField.promptHash.slot, into: &record)
        builder.prefixHashes(row, GenericField.prefixHashes.slot, blockTokens: blockTokens, into: &record)
    }
}

extension TokenCount {
    /// Total input less what was read from and written to caches.
    ///
    /// - Throws: ``RowProblem`` where more was cached than there was.
    package func minusCached(_ usage: TokenUsage) throws(RowProblem) -> TokenCount {
        guard let input = known else { return .unknown }
        let rest = input - usage.cacheRead.orZero - usage.cacheWrite5m.orZero - usage.cacheWrite1h.orZero
        guard rest >= 0 else {
            throw RowProblem(
                "cache_exceeds_input",
                "More tokens are cached than there is input. If input does not include the cache, map it to uncached_input."
            )
        }
        return TokenCount(rest)
    }
}

extension UsageRecord {
    /// Takes an HTTP status or a word for how the call ended.
    package mutating func setStatus(_ text: UnsafeBufferPointer<UInt8>) {
        if text.count == 3, text.allSatisfy({ $0 &- 0x30 < 10 }) {
            let code = text.reduce(UInt16(0)) { $0 &* 10 &+ UInt16($1 &- 0x30) }
            httpStatus = code
            status = code < 400 ? .ok : code == 429 || code == 402 ? .refused : code == 499 ? .cancelled : .failed
            return
        }
        switch String(decoding: text, as: UTF8.self).lowercased() {
        case "ok", "success", "succeeded", "completed", "true", "unset", "default", "0", "1", "status_code_ok",
            "status_code_unset":
            status = .ok
        case "refused", "rate_limited", "blocked": status = .refused
        case "cancelled", "canceled", "aborted": status = .cancelled
        default: status = .failed
        }
    }
}
