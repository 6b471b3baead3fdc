internal import Domain
internal import JSONScan

/// One result of Anthropic's usage report. The kinds of tokens are disjoint as they stand.
struct AnthropicUsageResult {
    private let result: JSONValue

    init(_ result: JSONValue) { self.result = result }

    func total(_ period: Period, _ builder: inout RecordBuilder) throws(RowProblem) -> ControlTotal {
        var total = ControlTotal(
            authority: .usageReport, source: "anthropic-usage", period: period, provider: "anthropic")
        let writes = result["cache_creation"] ?? .null
        total.usage = TokenUsage(
            uncachedInput: try result.count(["uncached_input_tokens"]),
            cacheRead: try result.count(["cache_read_input_tokens"]),
            cacheWrite5m: try writes.count(["ephemeral_5m_input_tokens"]),
            cacheWrite1h: try writes.count(["ephemeral_1h_input_tokens"]),
            output: try result.count(["output_tokens"]))
        total.model = result["model"]?.text
        total.take(Self.groups, of: result)
        total.dimensions["web_search_requests"] = result["server_tool_use"]?["web_search_requests"]?.text
        if result["service_tier"]?.text?.hasPrefix("priority") == true {
            builder.note(
                "priority_without_cost",
                "The report has Priority Tier usage; its cost is never in the cost report but on the commitment's invoice.",
                severity: .note)
        }
        return total
    }

    /// Without a workspace usage belongs to the default one, without a key to the Workbench.
    private static let groups = [
        "workspace_id", "api_key_id", "service_tier", "context_window", "inference_geo", "speed", "account_id",
        "service_account_id",
    ]
}

/// One result of Anthropic's cost report.
struct AnthropicCost {
    private let result: JSONValue

    init(_ result: JSONValue) { self.result = result }

    /// The amount is a decimal number of cents, written as a string: `"123.45"` is 1.2345 dollars.
    func total(_ period: Period, _ builder: inout RecordBuilder) throws(RowProblem) -> ControlTotal {
        var total = ControlTotal(
            authority: .costReport, source: "anthropic-cost", period: period, provider: "anthropic")
        guard let amount = try result.billedAmount("amount", digits: 2, &builder) else {
            throw RowProblem("bad_amount", "A cost has no amount.")
        }
        (total.billed, total.effective) = (amount, amount)
        total.currency = result["currency"]?.text?.uppercased() ?? "USD"
        total.model = result["model"]?.text
        total.dimensions[ChargeCategory.dimension] = ChargeCategory.usage.rawValue
        total.take(
            [
                "workspace_id", "cost_type", "description", "service_tier", "context_window", "token_type",
                "inference_geo",
            ], of: result)
        total.dimensions["token_class"] = tokenClass
        return total
    }

    private var tokenClass: String? {
        switch result["token_type"]?.text {
        case "uncached_input_tokens": "uncached_input"
        case "output_tokens": "output"
        case "cache_read_input_tokens": "cache_read"
        case let type? where type.contains("1h"): "cache_write_1h"
        case let type? where type.contains("cache_creation"): "cache_write_5m"
        default: nil
        }
    }
}
