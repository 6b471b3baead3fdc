internal import Domain
internal import JSONScan

/// One result of OpenAI's usage API. What it was not grouped by is null.
struct OpenAIUsageResult {
    private let result: JSONValue

    init(_ result: JSONValue) { self.result = result }

    func total(_ period: Period, _ builder: inout RecordBuilder) throws(RowProblem) -> ControlTotal {
        var total = ControlTotal(
            authority: .usageReport, source: "openai-usage", period: period, provider: "openai")
        total.model = result["model"]?.text
        total.requests = try result.count(["num_model_requests", "num_requests"]).known
        total.usage = try usage(&builder)
        total.take(Self.groups, of: result)
        total.dimensions["endpoint"] = endpoint
        for (key, unit) in Self.quantities {
            guard let quantity = result[key]?.text else { continue }
            (total.dimensions["quantity"], total.dimensions["quantity_unit"]) = (quantity, unit)
        }
        return total
    }

    /// `completions` of `organization.usage.completions.result`.
    private var endpoint: String? {
        let parts = result["object"]?.text?.split(separator: ".") ?? []
        return parts.count == 4 ? String(parts[2]) : nil
    }

    /// Input includes what was read from and written to the cache. The counts by modality are parts of it.
    private func usage(_ builder: inout RecordBuilder) throws(RowProblem) -> TokenUsage {
        var usage = TokenUsage(
            cacheRead: try result.count(["input_cached_tokens"]),
            cacheWrite5m: try result.count(["input_cache_write_tokens"]),
            output: try result.count(["output_tokens"]))
        let input = try result.count(["input_tokens"])
        let stated = try result.count(["input_uncached_tokens"])
        usage.uncachedInput = stated.isKnown ? stated : try input.minusCached(usage)
        if stated.isKnown, let input = input.known, input != usage.totalInput {
            builder.note(
                "input_parts_differ",
                "input_tokens is not the sum of cached, cache-write and uncached tokens; the parts were taken.")
        }
        guard usage != .unknown else { return usage }
        // OpenAI has no cache of an hour, and embeddings and moderations have no output.
        usage.cacheWrite1h = .zero
        if !usage.output.isKnown { usage.output = .zero }
        usage.audioInput = try result.count(["input_audio_tokens"])
        usage.audioOutput = try result.count(["output_audio_tokens"])
        usage.imageInput = try result.count(["input_image_tokens"])
        usage.imageOutput = try result.count(["output_image_tokens"])
        return usage
    }

    private static let groups = [
        "project_id", "user_id", "api_key_id", "batch", "service_tier", "source", "size", "vector_store_id",
    ]

    private static let quantities = [
        ("images", "images"), ("characters", "characters"), ("seconds", "seconds"), ("usage_bytes", "bytes"),
        ("num_sessions", "sessions"),
    ]
}

/// One result of OpenAI's costs API.
struct OpenAICost {
    private let result: JSONValue

    init(_ result: JSONValue) { self.result = result }

    /// The value is a number in the specification and a string in many answers; a zero may be `0E-6176`.
    func total(_ period: Period, _ builder: inout RecordBuilder) throws(RowProblem) -> ControlTotal {
        var total = ControlTotal(authority: .costReport, source: "openai-costs", period: period, provider: "openai")
        let amount = result["amount"] ?? .null
        guard let value = try amount.billedAmount("value", &builder) else {
            throw RowProblem("bad_amount", "A cost has no amount.value.")
        }
        (total.billed, total.effective) = (value, value)
        total.currency = amount["currency"]?.text?.uppercased() ?? "USD"
        total.dimensions[ChargeCategory.dimension] = ChargeCategory.usage.rawValue
        total.take(["project_id", "api_key_id", "line_item", "quantity_unit"], of: result)
        readLineItem(into: &total, &builder)
        return total
    }

    /// The model is only in the text of the line item.
    private func readLineItem(into total: inout ControlTotal, _ builder: inout RecordBuilder) {
        guard let item = result["line_item"]?.text else { return }
        let meter = builder.meter(item, .openai)
        total.take(meter)
        guard let quantity = result["quantity"]?.text.flatMap({ ExactDecimal($0) }),
            let block = Self.blocks[result["quantity_unit"]?.text ?? ""],
            let tokens = MeterQuantity.tokens(quantity, per: block), case .understood(let reading) = meter
        else { return }
        total.usage = reading.usage(tokens) ?? .unknown
    }

    private static let blocks: [String: Int64] = ["tokens": 1, "1000_tokens": 1000]
}
