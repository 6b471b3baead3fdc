internal import Domain
internal import JSONScan

/// The rows of an admin API's answer: a whole page, or one row of its `data`.
enum AdminPage {
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

/// A span of time with its results, as the admin APIs of OpenAI and Anthropic answer.
struct AdminBucket {
    let period: Period
    let results: [JSONValue]

    init(_ row: JSONValue, start: String, end: String, unit: TimestampUnit?) throws(RowProblem) {
        guard let from = row[start]?.text, let to = row[end]?.text else {
            throw RowProblem("no_period", "A bucket has no \(start) or no \(end).")
        }
        guard let first = Timestamp.read(from, unit: unit), let last = Timestamp.read(to, unit: unit) else {
            throw RowProblem("bad_timestamp", "\(start) or \(end) of a bucket is no time.")
        }
        period = Period(start: first, end: last)
        results = row["results"]?.elements ?? []
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
