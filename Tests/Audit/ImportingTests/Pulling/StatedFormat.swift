import Domain
import Importing
import JSONScan

/// Reads buckets of OpenAI's usage into control totals: as much of a format as a pull needs to be tested by.
struct StatedFormat: UsageFormat {
    let name: String
    let title = "Buckets"
    let plan = FieldPlan(
        slotCount: 3, paths: [(["start_time"], 0), (["end_time"], 1), (["results"], 2)])

    func recognises(_ sample: FormatSample) -> Bool { false }

    func read(_ row: FieldRow, into builder: inout RecordBuilder) throws(RowProblem) {
        guard let start = number(row, 0), let end = number(row, 1), let results = try? JSONValue.parse(row.raw(2))
        else {
            throw RowProblem("no_period", "The row is no bucket.")
        }
        for result in results.elements {
            var total = ControlTotal(
                authority: .usageReport, source: name,
                period: Period(start: Timestamp(seconds: start), end: Timestamp(seconds: end)), provider: "openai")
            total.usage.output = TokenCount(result["output_tokens"]?.integer ?? 0)
            builder.batch.controlTotals.append(total)
        }
    }

    private func number(_ row: FieldRow, _ slot: Int) -> Int64? {
        Int64(String(decoding: row.raw(slot), as: UTF8.self))
    }
}
