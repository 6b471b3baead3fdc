internal import Domain
package import JSONScan

/// Pages of Anthropic's usage report of messages: tokens by span of time, in disjoint classes, without a count of
/// requests.
package struct AnthropicUsagePageFormat: UsageFormat {
    package let name = "anthropic-usage"
    package let title = "Anthropic usage report, pages as JSON"
    package let plan = AdminPage.plan(["data", "starting_at", "ending_at", "results"])

    /// Creates the format.
    package init() {}

    package func recognises(_ sample: FormatSample) -> Bool {
        AnthropicPage.recognises(sample) && !AdminPage.isCosts(sample)
    }

    package func read(_ row: FieldRow, into builder: inout RecordBuilder) throws(RowProblem) {
        try AnthropicPage.read(row, into: &builder)
    }
}

/// Pages of Anthropic's cost report: cents by day and description.
package struct AnthropicCostPageFormat: UsageFormat {
    package let name = "anthropic-cost"
    package let title = "Anthropic cost report, pages as JSON"
    package let plan = AdminPage.plan(["data", "starting_at", "ending_at", "results"])

    /// Creates the format.
    package init() {}

    package func recognises(_ sample: FormatSample) -> Bool {
        AnthropicPage.recognises(sample) && AdminPage.isCosts(sample)
    }

    package func read(_ row: FieldRow, into builder: inout RecordBuilder) throws(RowProblem) {
        try AnthropicPage.read(row, into: &builder)
    }
}

/// What both have in common: pages of buckets, whose results say themselves what they are.
enum AnthropicPage {
    static func recognises(_ sample: FormatSample) -> Bool {
        guard sample.isJSON else { return false }
        if sample.has("starting_at", "ending_at", "results") { return true }
        // A page without rows.
        return sample.has("data", "has_more", "next_page") && sample.first?["data"]?.elements.isEmpty == true
    }

    static func read(_ row: FieldRow, into builder: inout RecordBuilder) throws(RowProblem) {
        try AdminPage.forEachResult(row, start: "starting_at", end: "ending_at", unit: nil, &builder) {
            (result, period, builder) throws(RowProblem) in
            if result["amount"] != nil { return try AnthropicCost(result).total(period, &builder) }
            return try AnthropicUsageResult(result).total(period, &builder)
        }
    }
}
