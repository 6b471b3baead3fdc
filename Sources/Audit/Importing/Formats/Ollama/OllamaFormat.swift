internal import Domain
package import JSONScan

/// Answers of Ollama's own API, one object a line: records. The last object of a stream has the counts.
package struct OllamaFormat: UsageFormat {
    private enum Field: Int, FormatField {
        case id, model, createdAt, done, total, load, promptTime, prompt, output
    }

    package let name = "ollama"
    package let title = "Ollama answers as JSON lines"
    package let plan = FieldPlan(Self.fields)

    private static let fields: [(field: Field, names: [String])] = [
        (.id, ["id"]), (.model, ["model"]), (.createdAt, ["created_at"]), (.done, ["done"]),
        (.total, ["total_duration"]),
        (.load, ["load_duration"]), (.promptTime, ["prompt_eval_duration"]), (.prompt, ["prompt_eval_count"]),
        (.output, ["eval_count"]),
    ]

    /// Creates the format.
    package init() {}

    package func recognises(_ sample: FormatSample) -> Bool {
        sample.isJSON && sample.has("done") && sample.hasAny("eval_count", "total_duration", "response", "message")
    }

    package func read(_ row: FieldRow, into builder: inout RecordBuilder) throws(RowProblem) {
        // Pieces of a stream come before the object that counts them.
        guard row[Field.done.slot].kind == .yes else { return }
        var record = UsageRecord()
        if let moment = try row.timestamp(Field.createdAt.slot, "created_at") { record.startedAt = moment }
        builder.checkTime(of: record)
        // Durations are nanoseconds.
        record.latency = try row.duration(Field.total.slot, "total_duration", scale: -3)
        let load = try row.duration(Field.load.slot, "load_duration", scale: -3)
        let prompt = try row.duration(Field.promptTime.slot, "prompt_eval_duration", scale: -3)
        if prompt >= 0 { record.timeToFirstToken = max(load, 0) + prompt }
        record.usage = try usage(row)
        record.provider = builder.term("ollama")
        record.model = builder.term(row, Field.model.slot)
        // Answers have no id: the row tells them apart.
        builder.identify(&record, row, id: Field.id.slot)
        builder.finish(&record)
    }

    /// Counts that are zero are left out; how much of the prompt came from the cache is not told.
    private func usage(_ row: FieldRow) throws(RowProblem) -> TokenUsage {
        let prompt = try row.tokens(Field.prompt.slot, "prompt_eval_count")
        let output = try row.tokens(Field.output.slot, "eval_count")
        return TokenUsage(
            uncachedInput: prompt.isKnown ? prompt : .zero, cacheWrite5m: .zero, cacheWrite1h: .zero,
            output: output.isKnown ? output : .zero)
    }
}
