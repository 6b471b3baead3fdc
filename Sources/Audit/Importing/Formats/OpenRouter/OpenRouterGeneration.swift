internal import Domain

/// One call of OpenRouter's export of generations.
struct OpenRouterGeneration {
    let row: FieldRow

    private typealias Field = OpenRouterFormat.Field

    func read(into builder: inout RecordBuilder) throws(RowProblem) {
        var record = UsageRecord()
        if let moment = try row.timestamp(Field.createdAt.slot, "created_at") { record.startedAt = moment }
        builder.checkTime(of: record)
        record.latency = try row.duration(Field.latency.slot, "generation_time_ms", scale: 3)
        record.timeToFirstToken = try row.duration(Field.firstToken.slot, "time_to_first_token_ms", scale: 3)
        record.usage = try usage()
        record.setReported(try row.dollars(Field.costTotal.slot, "cost_total"))
        builder.identify(&record, row, id: Field.generation.slot)
        record.requestID = builder.text(row, Field.generation.slot)
        record.responseID = record.requestID
        record.provider = builder.term("openrouter")
        record.model = builder.term(row, Field.slug.slot)
        if record.model.isAbsent { record.model = builder.term(row, Field.model.slot) }
        record.customer = builder.term(row, Field.user.slot)
        record.feature = builder.term(row, Field.app.slot)
        record.credential = builder.term(row, Field.keyName.slot)
        if row.string(Field.cancelled.slot)?.lowercased() == "true" { record.status = .cancelled }
        builder.finish(&record)
    }

    /// The prompt includes what came from the cache, where that is told.
    private func usage() throws(RowProblem) -> TokenUsage {
        var usage = TokenUsage(
            cacheRead: try row.tokens(Field.cached.slot, "tokens_cached"),
            output: try row.tokens(Field.completion.slot, "tokens_completion"),
            reasoning: try row.tokens(Field.reasoning.slot, "tokens_reasoning"))
        let prompt = try row.tokens(Field.prompt.slot, "tokens_prompt")
        usage.uncachedInput = try prompt.minusCached(usage)
        return usage
    }
}
