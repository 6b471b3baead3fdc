internal import Domain
internal import JSONScan

/// One span of a call to a model.
struct GenAISpan {
    private let span: JSONValue
    private let resource: SpanAttributes
    private let attributes: SpanAttributes

    init(span: JSONValue, resource: SpanAttributes) {
        self.span = span
        self.resource = resource
        attributes = SpanAttributes(span["attributes"])
    }

    func read(into builder: inout RecordBuilder) throws(RowProblem) {
        let usage = try GenAIUsage(attributes).read()
        let models = GenAINames(attributes: attributes, resource: resource)
        guard usage != .unknown || models.hasModel else {
            return builder.note("not_genai", "Spans without a model and without tokens are skipped.", severity: .note)
        }
        guard !isAgent else {
            return builder.note(
                "agent_span_skipped",
                "Spans of agents and tools sum up the model calls below them; they are not counted again.")
        }
        var record = UsageRecord()
        record.usage = usage
        try readTimes(&record)
        builder.checkTime(of: record)
        readIdentity(&record, &builder)
        readStatus(&record)
        models.read(&record, &builder)
        record.setReported(try attributes.object.dollars("gen_ai.usage.cost"))
        if let prompt = GenAIPrompt(attributes).text { builder.prompt(prompt, into: &record) }
        builder.finish(&record)
    }

    private var operation: String? { attributes.text(["gen_ai.operation.name"]) }

    private var isAgent: Bool {
        ["invoke_agent", "create_agent", "execute_tool", "invoke_workflow"].contains(operation ?? "")
    }

    private func readTimes(_ record: inout UsageRecord) throws(RowProblem) {
        let start = try moment(["startTimeUnixNano", "start_time_unix_nano", "startTime", "start_time"])
        let end = try moment(["endTimeUnixNano", "end_time_unix_nano", "endTime", "end_time"])
        if let start { record.startedAt = start }
        if let start, let end, end >= start { record.latency = end.microseconds - start.microseconds }
        let names = ["gen_ai.response.time_to_first_chunk", "gen_ai.server.time_to_first_token"]
        guard let seconds = attributes.text(names), let units = ExactDecimal(seconds)?.units(scale: 6)?.units,
            let micros = Int64(exactly: units), micros >= 0
        else { return }
        record.timeToFirstToken = micros
    }

    private func moment(_ keys: [String]) throws(RowProblem) -> Timestamp? {
        guard let text = span.firstText(keys), text != "0" else { return nil }
        guard let moment = Timestamp.read(text) else {
            throw RowProblem("bad_timestamp", "A span's time is neither RFC 3339 nor a Unix time.")
        }
        return moment
    }

    /// A span is known by its trace and its own id; its trace is the caller's request.
    private func readIdentity(_ record: inout UsageRecord, _ builder: inout RecordBuilder) {
        let context = span["context"] ?? .null
        let trace = span.firstText(["traceId", "trace_id"]) ?? context.firstText(["trace_id", "traceId"]) ?? ""
        let own = span.firstText(["spanId", "span_id"]) ?? context.firstText(["span_id", "spanId"]) ?? ""
        // Without ids the span's own content tells it from others.
        builder.identify(&record, id: own.isEmpty ? span.compactText : "\(trace)/\(own)")
        record.requestID = builder.batch.append(trace)
        record.responseID = builder.batch.append(attributes.text(["gen_ai.response.id"]) ?? "")
        record.session = builder.batch.append(
            attributes.text(["gen_ai.conversation.id", "session.id", "langfuse.session.id"]) ?? "")
    }

    private func readStatus(_ record: inout UsageRecord) {
        let code = span["status"]?.firstText(["code", "status_code"]) ?? span.firstText(["status_code"])
        guard let code, ["2", "STATUS_CODE_ERROR", "ERROR"].contains(code) else { return }
        record.status = .failed
        let names = ["http.response.status_code", "http.status_code", "error.type"]
        guard let status = attributes.text(names), status.count == 3, Int(status) != nil else { return }
        record.setStatus(status)
        if record.status == .ok { record.status = .failed }
    }
}
