internal import Domain
internal import JSONScan

/// The tokens and the cost of one of Helicone's requests.
struct HeliconeUsage {
    let row: FieldRow

    private typealias Field = HeliconeFormat.Field

    /// Helicone does not say whether `prompt_tokens` includes the cache. It passes the provider's own number on, so
    /// Anthropic's is taken as not including it, and any other as including it where that is possible.
    func read(provider: String?, _ builder: inout RecordBuilder) throws(RowProblem) -> TokenUsage {
        var usage = TokenUsage(
            cacheRead: try row.tokens(Field.cacheRead.slot, "prompt_cache_read_tokens"),
            cacheWrite5m: try row.tokens(Field.cacheWrite.slot, "prompt_cache_write_tokens"),
            output: try row.tokens(Field.completionTokens.slot, "completion_tokens"))
        usage.audioInput = try row.tokens(Field.audioInput.slot, "prompt_audio_tokens")
        usage.audioOutput = try row.tokens(Field.audioOutput.slot, "completion_audio_tokens")
        let prompt = try row.tokens(Field.promptTokens.slot, "prompt_tokens")
        // There is one count of writes, and a row without tokens has none at all.
        if prompt.isKnown { usage.cacheWrite1h = .zero }
        let cached = usage.cacheRead.orZero + usage.cacheWrite5m.orZero
        let isAnthropic = provider?.lowercased() == "anthropic"
        if cached > 0 {
            builder.note(
                "helicone_cache_ambiguous",
                "Helicone does not say whether prompt_tokens includes the cache; it was taken as the provider counts.")
        }
        let excludesCache = isAnthropic || prompt.orZero < cached
        usage.uncachedInput = try excludesCache ? prompt : prompt.minusCached(usage)
        return usage
    }

    /// The cost in dollars; `nil` where it is missing.
    ///
    /// Newer versions of ClickHouse's column hold nano-dollars: no single call costs whole thousands of dollars.
    func cost(_ builder: inout RecordBuilder) throws(RowProblem) -> NanoUSD? {
        guard let whole = row.decimal(Field.cost.slot)?.units(scale: 0), whole.isExact, whole.units >= 1000,
            let nanos = Int64(exactly: whole.units)
        else { return try row.dollars(Field.cost.slot, "cost") }
        builder.note(
            "helicone_cost_scaled", "cost is a whole number of 1000 or more; it was read as nano-dollars, not dollars.")
        return NanoUSD(nanos: nanos)
    }
}
