internal import Domain
package import JSONScan

/// Langfuse's observations, as its export writes them or as its API answers.
package struct LangfuseFormat: UsageFormat {
    enum Field: Int, FormatField {
        case id, traceID, type, startTime, endTime, completionStart, name, level, environment, model, requestModel
        case usage, costDetails, cost, latency, timeToFirstToken, promptName, promptVersion, user, session, tags
        case metadata, input, tier
    }

    package let name = "langfuse"
    package let title = "Langfuse observations as CSV, JSON or JSON lines"
    package let plan = FieldPlan(Self.fields)

    private static let fields: [(field: Field, names: [String])] = [
        (.id, ["id"]), (.traceID, ["trace_id", "traceId"]), (.type, ["type"]),
        (.startTime, ["start_time", "startTime"]), (.endTime, ["end_time", "endTime"]),
        (.completionStart, ["completion_start_time", "completionStartTime"]), (.name, ["name"]),
        (.level, ["level"]), (.environment, ["environment"]),
        (.model, ["provided_model_name", "providedModelName", "model"]), (.requestModel, ["requested_model"]),
        (.usage, ["usage_details", "usageDetails", "usage"]), (.costDetails, ["cost_details", "costDetails"]),
        (.cost, ["total_cost", "totalCost", "calculatedTotalCost", "calculated_total_cost"]),
        (.latency, ["latency"]), (.timeToFirstToken, ["time_to_first_token", "timeToFirstToken"]),
        (.promptName, ["prompt_name", "promptName"]), (.promptVersion, ["prompt_version", "promptVersion"]),
        (.user, ["user_id", "userId"]), (.session, ["session_id", "sessionId"]), (.tags, ["tags"]),
        (.metadata, ["metadata"]), (.input, ["input"]),
        (.tier, ["usage_pricing_tier_name", "usagePricingTierName"]),
    ]

    /// Creates the format.
    package init() {}

    package func recognises(_ sample: FormatSample) -> Bool {
        sample.hasAny("usage_details", "usageDetails", "provided_model_name", "providedModelName")
            || sample.hasAny("parent_observation_id", "parentObservationId") && sample.has("type")
    }

    package func read(_ row: FieldRow, into builder: inout RecordBuilder) throws(RowProblem) {
        let details = row.tree(Field.usage.slot) ?? .null
        guard isCall(row, details) else {
            return builder.note(
                "not_a_generation", "Spans, events and traces call no model; they are skipped.", severity: .note)
        }
        var record = UsageRecord()
        try readTimes(row, &record)
        builder.checkTime(of: record)
        record.usage = try LangfuseUsage(details).read(&builder)
        try readCost(row, &record)
        if row.string(Field.level.slot)?.uppercased() == "ERROR" { record.status = .failed }
        builder.identify(&record, row, id: Field.id.slot)
        record.requestID = builder.text(row, Field.traceID.slot)
        readNames(row, &record, &builder)
        builder.prompt(row, Field.input.slot, into: &record)
        builder.finish(&record)
    }

    private func isCall(_ row: FieldRow, _ details: JSONValue) -> Bool {
        switch row.string(Field.type.slot)?.uppercased() {
        case "GENERATION", "EMBEDDING": true
        default: details.members.contains { ($0.value.integer ?? 0) > 0 }
        }
    }

    private func readTimes(_ row: FieldRow, _ record: inout UsageRecord) throws(RowProblem) {
        let end = try row.timestamp(Field.endTime.slot, "end_time")
        let first = try row.timestamp(Field.completionStart.slot, "completion_start_time")
        record.latency = try row.duration(Field.latency.slot, "latency", scale: 6)
        record.timeToFirstToken = try row.duration(Field.timeToFirstToken.slot, "time_to_first_token", scale: 6)
        guard let start = try row.timestamp(Field.startTime.slot, "start_time") else { return }
        record.startedAt = start
        if record.latency < 0, let end, end >= start { record.latency = end.microseconds - start.microseconds }
        if record.timeToFirstToken < 0, let first, first >= start {
            record.timeToFirstToken = first.microseconds - start.microseconds
        }
    }

    private func readCost(_ row: FieldRow, _ record: inout UsageRecord) throws(RowProblem) {
        if let total = try row.dollars(Field.cost.slot, "total_cost") {
            record.setReported(total)
        } else {
            record.setReported(try (row.tree(Field.costDetails.slot) ?? .null).dollars("total"))
        }
    }

    private func readNames(_ row: FieldRow, _ record: inout UsageRecord, _ builder: inout RecordBuilder) {
        record.model = builder.term(row, Field.model.slot)
        record.requestedModel = builder.term(row, Field.requestModel.slot)
        record.customer = builder.term(row, Field.user.slot)
        record.environment = builder.term(row, Field.environment.slot)
        record.session = builder.text(row, Field.session.slot)
        if let prompt = row.string(Field.promptName.slot) {
            let version = row.string(Field.promptVersion.slot)
            record.template = builder.term(version.map { "\(prompt)@\($0)" } ?? prompt)
        }
        let metadata = row.tree(Field.metadata.slot)
        record.serviceTier = builder.term(metadata?.firstText(["service_tier", "serviceTier"]))
        var dimensions = NamedDimensions()
        dimensions.take(tags: row.tree(Field.tags.slot))
        dimensions.take(metadata)
        // The name of an observation is the use case, unless somebody took the trouble to say it.
        dimensions.fill(&record, &builder)
        if record.feature.isAbsent { record.feature = builder.term(row, Field.name.slot) }
    }
}
