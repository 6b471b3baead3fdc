internal import Domain
package import JSONScan

/// Helicone's requests: the CSV or JSON lines of its export command, or rows of its ClickHouse API.
package struct HeliconeFormat: UsageFormat {
    enum Field: Int, FormatField {
        case requestID, responseID, createdAt, respondedAt, status, body, properties, user, session, model
        case requestModel, provider, promptTokens, completionTokens, cacheRead, cacheWrite, audioInput, audioOutput
        case latency, timeToFirstToken, cost, cacheReference
    }

    package let name = "helicone"
    package let title = "Helicone requests as CSV, JSON lines or JSON"
    package let plan = FieldPlan(Self.fields)

    private static let fields: [(field: Field, names: [String])] = [
        (.requestID, ["request_id"]), (.responseID, ["response_id"]), (.createdAt, ["request_created_at"]),
        (.respondedAt, ["response_created_at"]), (.status, ["response_status", "status"]),
        (.body, ["request_body"]), (.properties, ["request_properties", "properties"]),
        (.user, ["request_user_id", "user_id"]), (.session, ["session_id"]),
        (.model, ["model", "response_model", "model_override"]), (.requestModel, ["request_model"]),
        (.provider, ["provider"]), (.promptTokens, ["prompt_tokens"]), (.completionTokens, ["completion_tokens"]),
        (.cacheRead, ["prompt_cache_read_tokens"]), (.cacheWrite, ["prompt_cache_write_tokens"]),
        (.audioInput, ["prompt_audio_tokens"]), (.audioOutput, ["completion_audio_tokens"]),
        (.latency, ["latency", "delay_ms"]), (.timeToFirstToken, ["time_to_first_token"]),
        (.cost, ["cost", "cost_usd", "costUSD"]), (.cacheReference, ["cache_reference_id"]),
    ]

    /// What Helicone writes where a request was not answered from its cache.
    private static let noReference = "00000000-0000-0000-0000-000000000000"

    /// Creates the format.
    package init() {}

    package func recognises(_ sample: FormatSample) -> Bool {
        sample.hasAny("request_created_at", "response_created_at")
            && sample.hasAny("request_user_id", "request_properties", "response_id", "properties", "response_status")
    }

    package func read(_ row: FieldRow, into builder: inout RecordBuilder) throws(RowProblem) {
        var record = UsageRecord()
        try readTimes(row, &record)
        builder.checkTime(of: record)
        readNames(row, &record, &builder)
        record.usage = try HeliconeUsage(row: row).read(provider: row.string(Field.provider.slot), &builder)
        record.setReported(try HeliconeUsage(row: row).cost(&builder))
        if !row.isMissing(Field.status.slot) { record.setStatus(row.raw(Field.status.slot)) }
        let hasRequestID = !row.isMissing(Field.requestID.slot)
        builder.identify(&record, row, id: hasRequestID ? Field.requestID.slot : Field.responseID.slot)
        record.requestID = builder.text(row, Field.requestID.slot)
        record.responseID = builder.text(row, Field.responseID.slot)
        if let text = row.tree(Field.body.slot)?.promptText { builder.prompt(text, into: &record) }
        if let reference = row.string(Field.cacheReference.slot), reference != Self.noReference {
            builder.finishCacheHit(&record)
        } else {
            builder.finish(&record)
        }
    }

    private func readTimes(_ row: FieldRow, _ record: inout UsageRecord) throws(RowProblem) {
        let start = try row.timestamp(Field.createdAt.slot, "request_created_at")
        let end = try row.timestamp(Field.respondedAt.slot, "response_created_at")
        record.startedAt = start ?? end ?? Timestamp(microseconds: 0)
        record.latency = try row.duration(Field.latency.slot, "latency", scale: 3)
        record.timeToFirstToken = try row.duration(Field.timeToFirstToken.slot, "time_to_first_token", scale: 3)
    }

    private func readNames(_ row: FieldRow, _ record: inout UsageRecord, _ builder: inout RecordBuilder) {
        record.provider = builder.term(row, Field.provider.slot)
        record.model = builder.term(row, Field.model.slot)
        record.requestedModel = builder.term(row, Field.requestModel.slot)
        if record.model.isAbsent { record.model = record.requestedModel }
        record.customer = builder.term(row, Field.user.slot)
        record.session = builder.text(row, Field.session.slot)
        let properties = row.tree(Field.properties.slot)
        record.template = builder.term(
            properties?.firstText(["Helicone-Prompt-Id", "promptId", "Prompt", "prompt_id"]))
        var dimensions = NamedDimensions()
        dimensions.take(properties)
        dimensions.fill(&record, &builder)
    }
}
