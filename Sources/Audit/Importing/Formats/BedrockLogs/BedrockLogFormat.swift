internal import Domain
package import JSONScan
internal import Providers

/// Amazon Bedrock's model invocation logs, from S3 or CloudWatch: one record per call, the best that any provider
/// keeps.
package struct BedrockLogFormat: UsageFormat {
    enum Field: Int, FormatField {
        case timestamp, account, principal, region, inferenceRegion, requestID, operation, model, metadata, error, tier
        case input, cacheRead, cacheWrite, output, inputBody, outputBody, inputPath, outputPath
        case message
    }

    package let name = "bedrock-logs"
    package let title = "Amazon Bedrock model invocation logs (JSON lines)"
    package let plan = FieldPlan(Self.fields)

    private static let fields: [(field: Field, names: [String])] = [
        (.timestamp, ["timestamp"]), (.account, ["accountId"]), (.principal, ["identity.arn"]), (.region, ["region"]),
        (.inferenceRegion, ["inferenceRegion"]), (.requestID, ["requestId"]), (.operation, ["operation"]),
        (.model, ["modelId"]), (.metadata, ["requestMetadata"]), (.error, ["errorCode"]), (.tier, ["serviceTier"]),
        (.input, ["input.inputTokenCount"]), (.cacheRead, ["input.cacheReadInputTokenCount"]),
        (.cacheWrite, ["input.cacheWriteInputTokenCount"]), (.output, ["output.outputTokenCount"]),
        (.inputBody, ["input.inputBodyJson"]), (.outputBody, ["output.outputBodyJson"]),
        (.inputPath, ["input.inputBodyS3Path"]), (.outputPath, ["output.outputBodyS3Path"]),
        (.message, ["message", "@message"]),
    ]

    /// Creates the format.
    package init() {}

    package func recognises(_ sample: FormatSample) -> Bool {
        guard sample.isJSON else { return false }
        if sample.has("modelId", "operation"), sample.hasAny("input", "output") { return true }
        let event = sample.first?.firstText(["message", "@message"])
        return sample.first?["schemaType"]?.text == "ModelInvocationLog"
            || event?.hasPart("\"ModelInvocationLog\"") == true
    }

    package func read(_ row: FieldRow, into builder: inout RecordBuilder) throws(RowProblem) {
        guard row.isMissing(Field.model.slot), let event = row.string(Field.message.slot) else {
            return try readRecord(row, into: &builder)
        }
        // An event of CloudWatch has the record as text.
        try plan.withRow(of: event) { (row) throws(RowProblem) in try readRecord(row, into: &builder) }
    }

    private func readRecord(_ row: FieldRow, into builder: inout RecordBuilder) throws(RowProblem) {
        var record = UsageRecord()
        if let moment = try row.timestamp(Field.timestamp.slot) { record.startedAt = moment }
        builder.checkTime(of: record)
        let body = BedrockBody(row.tree(Field.outputBody.slot) ?? .null)
        record.usage = try usage(row, body, &builder)
        (record.latency, record.timeToFirstToken) = body.times
        builder.identify(&record, row, id: Field.requestID.slot)
        record.requestID = builder.text(row, Field.requestID.slot)
        readNames(row, body, &record, &builder)
        if let code = row.string(Field.error.slot) { record.setBedrockError(code) }
        if let text = row.tree(Field.inputBody.slot)?.promptText { builder.prompt(text, into: &record) }
        builder.finish(&record)
    }

    /// The counts of the log; input does not include the cache. How long written tokens stay is only in the body.
    private func usage(
        _ row: FieldRow, _ body: BedrockBody, _ builder: inout RecordBuilder
    ) throws(RowProblem) -> TokenUsage {
        var usage = TokenUsage(
            uncachedInput: try row.tokens(Field.input.slot, "inputTokenCount"),
            cacheRead: try row.tokens(Field.cacheRead.slot, "cacheReadInputTokenCount"),
            output: try row.tokens(Field.output.slot, "outputTokenCount"),
            reasoning: try body.reasoning)
        let written = try row.tokens(Field.cacheWrite.slot, "cacheWriteInputTokenCount")
        let writes = try body.writesByTime.cacheWrites(total: written)
        (usage.cacheWrite5m, usage.cacheWrite1h) = (writes.fiveMinutes, writes.oneHour)
        if !row.isMissing(Field.outputPath.slot), row.isMissing(Field.outputBody.slot), written.orZero > 0 {
            builder.note(
                "body_elsewhere",
                "Bodies of some calls lie in other objects (outputBodyS3Path): their cache writes count as five-minute ones.",
                severity: .note)
        }
        return usage.withoutGaps(isEmbedding: body.isEmbedding)
    }

    private func readNames(
        _ row: FieldRow, _ body: BedrockBody, _ record: inout UsageRecord, _ builder: inout RecordBuilder
    ) {
        record.provider = builder.term("bedrock")
        let id = row.string(Field.model.slot) ?? ""
        record.requestedModel = builder.term(id.isEmpty ? nil : id)
        record.model = builder.term(model(id, body, &builder))
        record.serviceTier = builder.term(row.tree(Field.tier.slot)?["type"]?.text ?? row.string(Field.tier.slot))
        if record.serviceTier.isAbsent { record.serviceTier = builder.term(body.serviceTier) }
        record.region = builder.term(row.string(Field.inferenceRegion.slot) ?? row.string(Field.region.slot))
        record.credential = builder.term(row, Field.principal.slot)
        var dimensions = NamedDimensions()
        dimensions.take(row.tree(Field.metadata.slot))
        dimensions.fill(&record, &builder)
    }

    /// The model of an id; of an application's inference profile, the one that its answer names.
    private func model(_ id: String, _ body: BedrockBody, _ builder: inout RecordBuilder) -> String? {
        if let name = BedrockModel.name(of: id) { return name }
        if let stated = body.model, let known = builder.bookModel(stated, .bedrock) { return known }
        if !id.isEmpty {
            builder.note(
                "inference_profile",
                "A modelId is an application's inference profile, which does not say its model; give that profile a price with --prices."
            )
        }
        return id.split(separator: "/").last.map(String.init)
    }
}

extension TokenUsage {
    /// The usage with the counts that Bedrock leaves out: models without a cache have none of it, embeddings no output.
    /// An output that is missing otherwise is unknown, not zero.
    fileprivate func withoutGaps(isEmbedding: Bool) -> TokenUsage {
        guard uncachedInput.isKnown else { return self }
        var usage = self
        if !usage.cacheRead.isKnown { usage.cacheRead = .zero }
        if !usage.cacheWrite5m.isKnown { usage.cacheWrite5m = .zero }
        if !usage.cacheWrite1h.isKnown { usage.cacheWrite1h = .zero }
        if !usage.output.isKnown, isEmbedding { usage.output = .zero }
        return usage
    }
}

extension UsageRecord {
    /// Takes Bedrock's name of an error.
    fileprivate mutating func setBedrockError(_ code: String) {
        status = .failed
        let known: [String: UInt16] = [
            "ThrottlingException": 429, "ValidationException": 400, "AccessDeniedException": 403,
            "ModelTimeoutException": 408, "ServiceUnavailableException": 503, "InternalServerException": 500,
        ]
        httpStatus = known[code] ?? UInt16(code) ?? 0
    }
}
