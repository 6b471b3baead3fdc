internal import Domain
package import JSONScan

/// Pages of Anthropic's Claude Code analytics: one row per person and day, with its tokens by model and what came of
/// it.
///
/// Its costs are estimates, and for subscriptions imputed ones, so they are kept beside the total and never as billed.
/// Its tokens under an API key are as well in the usage report.
package struct ClaudeCodeFormat: UsageFormat {
    package let name = "claude-code"
    package let title = "Claude Code analytics, pages as JSON"
    package let plan = AdminPage.plan(["data", "actor", "date", "model_breakdown"])

    /// Creates the format.
    package init() {}

    package func recognises(_ sample: FormatSample) -> Bool {
        sample.isJSON && sample.has("actor", "date") && sample.hasAny("model_breakdown", "core_metrics")
    }

    package func read(_ row: FieldRow, into builder: inout RecordBuilder) throws(RowProblem) {
        try AdminPage.forEachRow(row, &builder) { (day, builder) throws(RowProblem) in
            guard let date = day["date"]?.text.flatMap({ Timestamp.read($0) }) else {
                throw RowProblem("no_period", "A row has no date.")
            }
            var common = ControlTotal(
                authority: .usageReport, source: name, period: Period(day: date.day), provider: "anthropic")
            common.take(["customer_type", "subscription_type", "terminal_type"], of: day)
            common.dimensions["actor"] = day["actor"]?.firstText(["email_address", "api_key_name"])
            let models = day["model_breakdown"]?.elements ?? []
            var totals: [ControlTotal] = []
            for model in models { totals.append(try Self.total(model, common, &builder)) }
            // A day of work that called no model still says what came of it.
            if totals.isEmpty { totals = [common] }
            // What came of the day is said once, so that it can be summed.
            Self.readOutcomes(day, into: &totals[0])
            builder.batch.controlTotals += totals
        }
    }

    private static func readOutcomes(_ day: JSONValue, into total: inout ControlTotal) {
        let metrics = day["core_metrics"] ?? .null
        let lines = metrics["lines_of_code"] ?? .null
        let outcomes = [
            ("sessions", metrics["num_sessions"]), ("commits", metrics["commits_by_claude_code"]),
            ("pull_requests", metrics["pull_requests_by_claude_code"]), ("lines_added", lines["added"]),
            ("lines_removed", lines["removed"]),
        ]
        for (name, value) in outcomes { total.dimensions[name] = value?.text }
    }

    private static func total(
        _ model: JSONValue, _ common: ControlTotal, _ builder: inout RecordBuilder
    ) throws(RowProblem) -> ControlTotal {
        var total = common
        let tokens = model["tokens"] ?? .null
        total.model = model["model"]?.text
        total.usage = TokenUsage(
            uncachedInput: try tokens.count(["input"]), cacheRead: try tokens.count(["cache_read"]),
            // How long written tokens stay is not told.
            cacheWrite5m: try tokens.count(["cache_creation"]), output: try tokens.count(["output"]))
        if total.usage.cacheWrite5m.isKnown { total.usage.cacheWrite1h = .zero }
        let cost = model["estimated_cost"] ?? .null
        total.dimensions["estimated_cost"] = try cost.billedAmount("amount", digits: 2, &builder)?.decimalText
        total.currency = cost["currency"]?.text?.uppercased() ?? "USD"
        return total
    }
}
