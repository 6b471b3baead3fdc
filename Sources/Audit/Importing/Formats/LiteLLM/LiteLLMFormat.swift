internal import Domain
package import JSONScan

/// LiteLLM's table `LiteLLM_SpendLogs`, dumped as JSON lines, JSON or CSV.
package struct LiteLLMFormat: UsageFormat {
    enum Field: Int, FormatField {
        case requestID, model, modelGroup, provider, startTime, endTime, duration, completionStart
        case spend, promptTokens, completionTokens, metadata, customer, user, team, apiKey, tags, status, cacheHit
        case session, messages, proxyRequest
    }

    package let name = "litellm"
    package let title = "LiteLLM spend logs (LiteLLM_SpendLogs) as JSON lines, JSON or CSV"
    package let plan = FieldPlan(Self.fields)

    private static let fields: [(field: Field, names: [String])] = [
        (.requestID, ["request_id"]), (.model, ["model"]),
        (.modelGroup, ["model_group"]), (.provider, ["custom_llm_provider"]), (.startTime, ["startTime"]),
        (.endTime, ["endTime"]), (.duration, ["request_duration_ms"]), (.completionStart, ["completionStartTime"]),
        (.spend, ["spend"]), (.promptTokens, ["prompt_tokens"]), (.completionTokens, ["completion_tokens"]),
        (.metadata, ["metadata"]), (.customer, ["end_user"]), (.user, ["user"]), (.team, ["team_id"]),
        (.apiKey, ["api_key"]), (.tags, ["request_tags"]), (.status, ["status"]), (.cacheHit, ["cache_hit"]),
        (.session, ["session_id"]), (.messages, ["messages"]), (.proxyRequest, ["proxy_server_request"]),
    ]

    /// Creates the format.
    package init() {}

    package func recognises(_ sample: FormatSample) -> Bool {
        sample.has("request_id", "startTime") && sample.hasAny("custom_llm_provider", "call_type", "model_group")
    }

    package func read(_ row: FieldRow, into builder: inout RecordBuilder) throws(RowProblem) {
        var record = UsageRecord()
        let metadata = row.tree(Field.metadata.slot) ?? .null
        try readTimes(row, &record)
        builder.checkTime(of: record)
        record.usage = try LiteLLMUsage(row, metadata).read(&builder)
        try readCost(row, metadata, &record, &builder)
        readStatus(row, metadata, &record)
        builder.identify(&record, row, id: Field.requestID.slot)
        record.requestID = builder.text(row, Field.requestID.slot)
        // LiteLLM takes the response's id for the request's.
        record.responseID = record.requestID
        record.session = builder.text(row, Field.session.slot)
        readModel(row, &record, &builder)
        LiteLLMNames(row: row, metadata: metadata).read(&record, &builder)
        readPrompt(row, &record, &builder)
        if row.string(Field.cacheHit.slot)?.lowercased() == "true" {
            builder.finishCacheHit(&record)
        } else {
            builder.finish(&record)
        }
    }

    private func readTimes(_ row: FieldRow, _ record: inout UsageRecord) throws(RowProblem) {
        let start = try row.timestamp(Field.startTime.slot, "startTime")
        let end = try row.timestamp(Field.endTime.slot, "endTime")
        let first = try row.timestamp(Field.completionStart.slot, "completionStartTime")
        record.latency = try row.duration(Field.duration.slot, "request_duration_ms", scale: 3)
        guard let start else { return }
        record.startedAt = start
        if record.latency < 0, let end, end >= start { record.latency = end.microseconds - start.microseconds }
        // Calls that are not streamed carry the end here.
        if let first, first >= start, first != end { record.timeToFirstToken = first.microseconds - start.microseconds }
    }

    /// The spend; where it is zero or missing, the total of its breakdown: streamed calls lose the former.
    private func readCost(
        _ row: FieldRow, _ metadata: JSONValue, _ record: inout UsageRecord, _ builder: inout RecordBuilder
    ) throws(RowProblem) {
        let spend = try row.dollars(Field.spend.slot, "spend")
        let total = try (metadata["cost_breakdown"] ?? .null).dollars("total_cost")
        if let total, total > .zero, spend ?? .zero == .zero {
            record.setReported(total)
            builder.note(
                "spend_from_breakdown", "spend is 0 but metadata.cost_breakdown has a cost; the latter was taken.",
                severity: .note)
        } else {
            record.setReported(spend)
        }
    }

    private func readStatus(_ row: FieldRow, _ metadata: JSONValue, _ record: inout UsageRecord) {
        guard let status = row.string(Field.status.slot) ?? metadata["status"]?.text else { return }
        record.setStatus(status)
        guard record.status != .ok, let code = metadata["error_information"]?["error_code"]?.text, code.count == 3
        else { return }
        record.setStatus(code)
    }

    private func readModel(_ row: FieldRow, _ record: inout UsageRecord, _ builder: inout RecordBuilder) {
        record.provider = builder.term(row, Field.provider.slot)
        record.model = builder.term(row, Field.model.slot)
        record.requestedModel = builder.term(row, Field.modelGroup.slot)
        if record.model.isAbsent { record.model = record.requestedModel }
    }

    private func readPrompt(_ row: FieldRow, _ record: inout UsageRecord, _ builder: inout RecordBuilder) {
        // Without the option to keep prompts the column holds {}.
        if !row.isMissing(Field.messages.slot), row[Field.messages.slot].count > 2 {
            builder.prompt(row, Field.messages.slot, into: &record)
        } else if let text = row.tree(Field.proxyRequest.slot)?.promptText {
            builder.prompt(text, into: &record)
        }
    }
}
