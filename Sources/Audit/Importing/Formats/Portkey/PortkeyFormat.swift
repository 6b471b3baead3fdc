internal import Domain
package import JSONScan

/// Portkey's log exports.
package struct PortkeyFormat: UsageFormat {
    private enum Field: Int, FormatField {
        case id, traceID, createdAt, request, response, provider, model, inputUnits, outputUnits, cost, currency
        case latency, status, prompt, metadata, cacheStatus, virtualKey, keyID
    }

    package let name = "portkey"
    package let title = "Portkey log exports as JSON lines"
    package let plan = FieldPlan(Self.fields)

    private static let fields: [(field: Field, names: [String])] = [
        (.id, ["id"]), (.traceID, ["trace_id"]), (.createdAt, ["created_at"]), (.request, ["request"]),
        (.response, ["response"]), (.provider, ["ai_org"]), (.model, ["ai_model"]), (.inputUnits, ["req_units"]),
        (.outputUnits, ["res_units"]), (.cost, ["cost"]), (.currency, ["cost_currency"]),
        (.latency, ["response_time"]), (.status, ["response_status_code"]), (.prompt, ["prompt_slug"]),
        (.metadata, ["metadata"]), (.cacheStatus, ["cache_status"]), (.virtualKey, ["virtual_key"]),
        (.keyID, ["api_key_id"]),
    ]

    /// Creates the format.
    package init() {}

    package func recognises(_ sample: FormatSample) -> Bool {
        sample.has("ai_org", "ai_model") || sample.has("req_units", "res_units")
    }

    package func read(_ row: FieldRow, into builder: inout RecordBuilder) throws(RowProblem) {
        var record = UsageRecord()
        if let moment = try row.timestamp(Field.createdAt.slot, "created_at") { record.startedAt = moment }
        builder.checkTime(of: record)
        record.latency = try row.duration(Field.latency.slot, "response_time", scale: 3)
        record.usage = try usage(row)
        record.setReported(try cost(row, &builder))
        if !row.isMissing(Field.status.slot) { record.setStatus(row.raw(Field.status.slot)) }
        builder.identify(&record, row, id: Field.id.slot)
        record.requestID = builder.text(row, Field.traceID.slot)
        readNames(row, &record, &builder)
        if let text = row.tree(Field.request.slot)?.promptText { builder.prompt(text, into: &record) }
        finish(row, &record, &builder)
    }

    /// The provider's own usage where the response is kept; else Portkey's units, which do not tell the cache apart.
    private func usage(_ row: FieldRow) throws(RowProblem) -> TokenUsage {
        if let response = row.tree(Field.response.slot) {
            let object = response["usage"] ?? response["usageMetadata"] ?? .null
            if let usage = try object.providerUsage() { return usage }
        }
        return TokenUsage(
            uncachedInput: try row.tokens(Field.inputUnits.slot, "req_units"),
            output: try row.tokens(Field.outputUnits.slot, "res_units"))
    }

    /// The cost, which Portkey documents as cents.
    private func cost(_ row: FieldRow, _ builder: inout RecordBuilder) throws(RowProblem) -> NanoUSD? {
        if row.isMissing(Field.cost.slot) { return nil }
        if let currency = row.string(Field.currency.slot), currency.uppercased() != "USD" {
            builder.note("other_currency", "cost_currency is not USD; the price book was applied instead.")
            return nil
        }
        // A cent is 10^7 nano-dollars.
        guard let cents = row.decimal(Field.cost.slot), let units = cents.units(scale: 7)?.units,
            let nanos = Int64(exactly: units)
        else { throw RowProblem("bad_amount", "cost is not an amount.") }
        guard nanos >= 0 else { throw RowProblem("negative_cost", "cost is negative; credits belong into a bill.") }
        builder.note(
            "portkey_cost_unit",
            "cost was read as cents, as Portkey documents it, though its samples contradict that; compare a row with "
                + "the list price that payback prices show gives.")
        return NanoUSD(nanos: nanos)
    }

    private func readNames(_ row: FieldRow, _ record: inout UsageRecord, _ builder: inout RecordBuilder) {
        record.provider = builder.term(row, Field.provider.slot)
        record.model = builder.term(row, Field.model.slot)
        record.template = builder.term(row, Field.prompt.slot)
        record.credential = builder.term(row, Field.keyID.slot)
        if record.credential.isAbsent { record.credential = builder.term(row, Field.virtualKey.slot) }
        var dimensions = NamedDimensions()
        dimensions.take(row.tree(Field.metadata.slot))
        dimensions.fill(&record, &builder)
    }

    private func finish(_ row: FieldRow, _ record: inout UsageRecord, _ builder: inout RecordBuilder) {
        let words = (row.string(Field.cacheStatus.slot) ?? "").lowercased()
        if words.contains("hit") {
            builder.finishCacheHit(&record, semantic: words.contains("semantic"))
        } else {
            builder.finish(&record)
        }
    }
}
