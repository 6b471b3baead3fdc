internal import Domain
package import JSONScan

/// OpenRouter's activity: sums by day and endpoint, which are control totals; its export of generations has single
/// calls.
package struct OpenRouterFormat: UsageFormat {
    enum Field: Int, FormatField {
        case date, model, slug, endpoint, provider, usage, byok, requests, prompt, completion, reasoning
        case generation, createdAt, costTotal, cached, latency, firstToken, user, app, keyName, cancelled
    }

    package let name = "openrouter"
    package let title = "OpenRouter activity (API pages as JSON, CSV) and generations (CSV)"
    package let plan = FieldPlan(Self.fields)

    private static let fields: [(field: Field, names: [String])] = [
        (.date, ["date"]), (.model, ["model"]), (.slug, ["model_permaslug"]), (.endpoint, ["endpoint_id"]),
        (.provider, ["provider_name"]), (.usage, ["usage"]), (.byok, ["byok_usage_inference"]),
        (.requests, ["requests"]), (.prompt, ["prompt_tokens", "tokens_prompt"]),
        (.completion, ["completion_tokens", "tokens_completion"]),
        (.reasoning, ["reasoning_tokens", "tokens_reasoning"]), (.generation, ["generation_id"]),
        (.createdAt, ["created_at"]), (.costTotal, ["cost_total"]), (.cached, ["tokens_cached"]),
        (.latency, ["generation_time_ms"]), (.firstToken, ["time_to_first_token_ms"]), (.user, ["user"]),
        (.app, ["app_name"]), (.keyName, ["api_key_name"]), (.cancelled, ["cancelled"]),
    ]

    /// Creates the format.
    package init() {}

    package func recognises(_ sample: FormatSample) -> Bool {
        sample.has("model_permaslug") && sample.hasAny("byok_usage_inference", "generation_id", "endpoint_id")
    }

    package func read(_ row: FieldRow, into builder: inout RecordBuilder) throws(RowProblem) {
        if !row.isMissing(Field.generation.slot) {
            return try OpenRouterGeneration(row: row).read(into: &builder)
        }
        if row.isMissing(Field.date.slot), row.whole.isEmptyPage { return builder.noteEmptyPage() }
        guard let day = try row.timestamp(Field.date.slot, "date") else {
            throw RowProblem("no_period", "The row has no date.")
        }
        var total = ControlTotal(
            authority: .costReport, source: name, period: Period(day: day.day), provider: "openrouter")
        try readUsage(row, &total)
        try readCost(row, &total, &builder)
        total.row = row.hash
        builder.batch.controlTotals.append(total)
    }

    private func readUsage(_ row: FieldRow, _ total: inout ControlTotal) throws(RowProblem) {
        total.model = row.string(Field.slug.slot) ?? row.string(Field.model.slot)
        total.requests = try row.tokens(Field.requests.slot, "requests").known
        // The cache's share of the prompt is not told.
        total.usage = TokenUsage(
            uncachedInput: try row.tokens(Field.prompt.slot, "prompt_tokens"),
            output: try row.tokens(Field.completion.slot, "completion_tokens"),
            reasoning: try row.tokens(Field.reasoning.slot, "reasoning_tokens"))
        for (name, field) in [("host_provider", Field.provider), ("endpoint", .endpoint)] {
            total.dimensions[name] = row.string(field.slot)
        }
    }

    private func readCost(
        _ row: FieldRow, _ total: inout ControlTotal, _ builder: inout RecordBuilder
    ) throws(RowProblem) {
        total.billed = try row.billedAmount(Field.usage.slot, "usage", &builder)
        total.effective = total.billed
        total.dimensions[ChargeCategory.dimension] = ChargeCategory.usage.rawValue
        // With keys of one's own the provider bills this, not OpenRouter.
        total.dimensions["byok_usage_inference"] = try row.billedAmount(
            Field.byok.slot, "byok_usage_inference", &builder)?.decimalText
    }
}
