internal import Domain
package import JSONScan

/// Vertex AI's request-response logs, as rows of BigQuery in JSON lines: one record per logged call of Gemini or
/// Claude.
///
/// Logging has a sampling rate. Below 1 its rows are a sample, and no total can be made of them.
package struct VertexLogFormat: UsageFormat {
    private enum Field: Int, FormatField {
        case endpoint, deployedModel, loggedAt, requestID, requests, responses, model, version, method
        case fullRequest, fullResponse
    }

    package let name = "vertex-logs"
    package let title = "Vertex AI request-response logs (BigQuery rows as JSON lines)"
    package let plan = FieldPlan(Self.fields)

    private static let fields: [(field: Field, names: [String])] = [
        (.endpoint, ["endpoint"]), (.deployedModel, ["deployed_model_id"]), (.loggedAt, ["logging_time"]),
        (.requestID, ["request_id"]), (.requests, ["request_payload"]), (.responses, ["response_payload"]),
        (.model, ["model"]), (.version, ["model_version"]), (.method, ["api_method"]),
        (.fullRequest, ["full_request"]), (.fullResponse, ["full_response"]),
    ]

    /// Creates the format.
    package init() {}

    package func recognises(_ sample: FormatSample) -> Bool {
        sample.has("logging_time", "request_id")
            && sample.hasAny("full_response", "response_payload", "deployed_model_id")
    }

    package func read(_ row: FieldRow, into builder: inout RecordBuilder) throws(RowProblem) {
        builder.note(
            "sampled_log",
            "Vertex AI logs a share of the calls, as its sampling rate says; below 1 these are a sample, not all usage.",
            severity: .note)
        var record = UsageRecord()
        if let moment = try row.timestamp(Field.loggedAt.slot, "logging_time") { record.startedAt = moment }
        builder.checkTime(of: record)
        let answer = VertexAnswer(parts: parts(row, Field.fullResponse, Field.responses))
        record.usage = try answer.usage()
        builder.identify(&record, row, id: Field.requestID.slot)
        record.requestID = builder.text(row, Field.requestID.slot)
        record.responseID = builder.batch.append(answer.responseID ?? "")
        record.provider = builder.term("vertex_ai")
        record.model = builder.term(model(row) ?? answer.model)
        record.serviceTier = builder.term(answer.serviceTier)
        let request = parts(row, Field.fullRequest, Field.requests)
        if let text = request.first?.promptText { builder.prompt(text, into: &record) }
        var dimensions = NamedDimensions()
        dimensions.take(request.first?["labels"])
        dimensions.fill(&record, &builder)
        builder.finish(&record)
    }

    /// The whole body, else the pieces in which it was logged.
    private func parts(_ row: FieldRow, _ whole: Field, _ pieces: Field) -> [JSONValue] {
        if let body = row.tree(whole.slot), body != .null {
            if case .array(let parts) = body { return parts }
            return [body]
        }
        // Each piece is JSON as text.
        return (row.tree(pieces.slot)?.elements ?? []).map { piece in
            piece.text.flatMap { try? JSONValue.parse($0) } ?? piece
        }
    }

    /// `publishers/google/models/gemini-2.5-flash`, or the name alone.
    private func model(_ row: FieldRow) -> String? {
        for slot in [Field.model.slot, Field.deployedModel.slot, Field.endpoint.slot] {
            guard let name = row.string(slot)?.split(separator: "/").last, name.contains(where: \.isLetter) else {
                continue
            }
            return String(name)
        }
        return nil
    }
}
