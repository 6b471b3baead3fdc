internal import Domain
package import JSONScan

/// The usage that OpenAI's dashboard exports as CSV: sums by minute, project and key. They are control totals.
package struct OpenAIDashboardFormat: UsageFormat {
    private enum Field: Int, FormatField {
        case startTime, endTime, requests, model, batch, project, projectName, user, key, keyName, tier
        case input, cached, uncached, cacheWrite, output, audioInput, audioOutput
    }

    package let name = "openai-dashboard"
    package let title = "OpenAI dashboard usage export (CSV)"
    package let plan = FieldPlan(Self.fields)

    private static let fields: [(field: Field, names: [String])] = [
        (.startTime, ["start_time"]), (.endTime, ["end_time"]), (.requests, ["num_model_requests", "num_requests"]),
        (.model, ["model"]), (.batch, ["batch"]), (.project, ["project_id"]), (.projectName, ["project_name"]),
        (.user, ["user_id"]), (.key, ["api_key_id"]), (.keyName, ["api_key_name"]), (.tier, ["service_tier"]),
        (.input, ["input_tokens"]), (.cached, ["input_cached_tokens"]), (.uncached, ["input_uncached_tokens"]),
        (.cacheWrite, ["input_cache_write_tokens"]), (.output, ["output_tokens"]),
        (.audioInput, ["input_audio_tokens"]), (.audioOutput, ["output_audio_tokens"]),
    ]

    private static let dimensions: [(name: String, field: Field)] = [
        ("project_id", .project), ("project_name", .projectName), ("user_id", .user), ("api_key_id", .key),
        ("api_key_name", .keyName), ("service_tier", .tier), ("batch", .batch),
    ]

    /// Creates the format.
    package init() {}

    package func recognises(_ sample: FormatSample) -> Bool {
        sample.has("start_time", "start_time_iso", "end_time_iso")
    }

    package func read(_ row: FieldRow, into builder: inout RecordBuilder) throws(RowProblem) {
        guard let start = try row.timestamp(Field.startTime.slot, "start_time", unit: .seconds),
            let end = try row.timestamp(Field.endTime.slot, "end_time", unit: .seconds)
        else { throw RowProblem("no_period", "The row has no start_time or no end_time.") }
        let requests = try row.tokens(Field.requests.slot, "num_model_requests").known
        let usage = try self.usage(row)
        // An export of a time without usage has the four columns of time and nothing else.
        guard requests != nil || usage != .unknown else {
            builder.note("no_usage", "The export reports no usage for this time.", severity: .note)
            return
        }
        var total = ControlTotal(
            authority: .usageReport, source: name, period: Period(start: start, end: end), provider: "openai")
        total.model = row.string(Field.model.slot)
        for (name, field) in Self.dimensions { total.dimensions[name] = row.string(field.slot) }
        total.requests = requests
        total.usage = usage
        total.row = row.hash
        builder.batch.controlTotals.append(total)
    }

    private func usage(_ row: FieldRow) throws(RowProblem) -> TokenUsage {
        var usage = TokenUsage(
            uncachedInput: try row.tokens(Field.uncached.slot, "input_uncached_tokens"),
            cacheRead: try row.tokens(Field.cached.slot, "input_cached_tokens"),
            cacheWrite5m: try row.tokens(Field.cacheWrite.slot, "input_cache_write_tokens"),
            output: try row.tokens(Field.output.slot, "output_tokens"))
        if !usage.uncachedInput.isKnown {
            let input = try row.tokens(Field.input.slot, "input_tokens")
            usage.uncachedInput = try input.minusCached(usage)
        }
        usage.audioInput = try row.tokens(Field.audioInput.slot, "input_audio_tokens")
        usage.audioOutput = try row.tokens(Field.audioOutput.slot, "output_audio_tokens")
        // OpenAI has no cache of an hour.
        if usage != .unknown { usage.cacheWrite1h = .zero }
        return usage
    }
}
