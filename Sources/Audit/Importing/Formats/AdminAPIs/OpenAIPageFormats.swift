internal import Domain
package import JSONScan

/// Pages of OpenAI's usage API, of completions and of its sister endpoints: sums by span of time, which are control
/// totals.
package struct OpenAIUsagePageFormat: UsageFormat {
    package let name = "openai-usage"
    package let title = "OpenAI usage API, pages as JSON"
    package let plan = AdminPage.plan(["object", "data", "start_time", "results"])

    /// Creates the format.
    package init() {}

    package func recognises(_ sample: FormatSample) -> Bool {
        OpenAIPage.recognises(sample) && !AdminPage.isCosts(sample)
    }

    package func read(_ row: FieldRow, into builder: inout RecordBuilder) throws(RowProblem) {
        try OpenAIPage.read(row, into: &builder)
    }
}

/// Pages of OpenAI's costs API: dollars by day and line item.
package struct OpenAICostsPageFormat: UsageFormat {
    package let name = "openai-costs"
    package let title = "OpenAI costs API, pages as JSON"
    package let plan = AdminPage.plan(["object", "data", "start_time", "results"])

    /// Creates the format.
    package init() {}

    package func recognises(_ sample: FormatSample) -> Bool {
        OpenAIPage.recognises(sample) && AdminPage.isCosts(sample)
    }

    package func read(_ row: FieldRow, into builder: inout RecordBuilder) throws(RowProblem) {
        try OpenAIPage.read(row, into: &builder)
    }
}

/// What both have in common: pages of buckets, whose results say themselves what they are. A first bucket may be empty,
/// so either format reads both kinds.
enum OpenAIPage {
    static func recognises(_ sample: FormatSample) -> Bool {
        guard sample.isJSON, let first = sample.first else { return false }
        let isPage = first["object"]?.text == "page" && sample.has("data")
        return isPage || first["object"]?.text == "bucket" || sample.has("start_time", "end_time", "results")
    }

    static func read(_ row: FieldRow, into builder: inout RecordBuilder) throws(RowProblem) {
        try AdminPage.forEachResult(row, start: "start_time", end: "end_time", unit: .seconds, &builder) {
            (result, period, builder) throws(RowProblem) in
            if result["amount"] != nil { return try OpenAICost(result).total(period, &builder) }
            return try OpenAIUsageResult(result).total(period, &builder)
        }
    }
}
