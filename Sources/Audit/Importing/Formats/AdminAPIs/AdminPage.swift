internal import Domain
internal import JSONScan

/// The rows of an admin API's answer: a whole page, or one row of its `data`.
enum AdminPage {
    /// Whether the first result of a page is about money rather than tokens.
    static func isCosts(_ sample: FormatSample) -> Bool {
        let buckets = sample.first?["data"]?.elements ?? [sample.first ?? .null]
        return buckets.lazy.compactMap { $0["results"]?.elements.first }.first?["amount"] != nil
    }

    /// The plan of formats that read whole rows as trees: it names keys for recognition only.
    static func plan(_ keys: [String]) -> FieldPlan {
        FieldPlan(slotCount: keys.count, paths: keys.enumerated().map { (path: [$0.element], slot: $0.offset) })
    }

    /// Calls `body` with each row. A page without rows reports no usage.
    static func forEachRow(
        _ row: FieldRow, _ builder: inout RecordBuilder,
        _ body: (JSONValue, inout RecordBuilder) throws(RowProblem) -> Void
    ) throws(RowProblem) {
        guard let tree = try? JSONValue.parse(row.whole) else { throw RowProblem("not_json", "The row is not JSON.") }
        guard let data = tree["data"], case .array(let rows) = data else { return try body(tree, &builder) }
        if rows.isEmpty { builder.noteEmptyPage() }
        for row in rows {
            do throws(RowProblem) {
                try body(row, &builder)
            } catch {
                builder.note(error.code, error.message, severity: .rejection)
            }
        }
    }
}

extension AdminPage {
    /// Calls `body` with each result of each span of time, as the admin APIs of OpenAI and Anthropic answer. A result
    /// that cannot be believed is rejected by itself.
    static func forEachResult(
        _ row: FieldRow, start: String, end: String, unit: TimestampUnit?, _ builder: inout RecordBuilder,
        _ body: (JSONValue, Period, inout RecordBuilder) throws(RowProblem) -> ControlTotal
    ) throws(RowProblem) {
        try forEachRow(row, &builder) { (bucket, builder) throws(RowProblem) in
            let period = try period(of: bucket, start: start, end: end, unit: unit)
            for result in bucket["results"]?.elements ?? [] {
                do throws(RowProblem) {
                    let total = try body(result, period, &builder)
                    builder.batch.controlTotals.append(total)
                } catch {
                    builder.note(error.code, error.message, severity: .rejection)
                }
            }
        }
    }

    private static func period(
        of bucket: JSONValue, start: String, end: String, unit: TimestampUnit?
    ) throws(RowProblem) -> Period {
        guard let from = bucket[start]?.text, let to = bucket[end]?.text else {
            throw RowProblem("no_period", "A bucket has no \(start) or no \(end).")
        }
        guard let first = Timestamp.read(from, unit: unit), let last = Timestamp.read(to, unit: unit) else {
            throw RowProblem("bad_timestamp", "\(start) or \(end) of a bucket is no time.")
        }
        return Period(start: first, end: last)
    }
}

extension ControlTotal {
    /// Takes in what an answer was grouped by, and a hash that tells its rows apart.
    mutating func take(_ keys: [String], of result: JSONValue) {
        for key in keys {
            switch result[key] {
            case .bool(let value)?: dimensions[key] = value ? "true" : "false"
            case let value?: dimensions[key] = value.text
            case nil: break
            }
        }
        row = ByteHash.hash(result.compactText)
    }
}
