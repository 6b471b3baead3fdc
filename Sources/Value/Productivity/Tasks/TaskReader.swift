package import Domain
package import Inputs
internal import JSONScan

/// Reads task metrics from a table whose columns have the fields' names: `task_type`, `with_ai_minutes`,
/// `without_ai_minutes`, `quality_score`, `api_cost`, `timestamp`, `person`, `team`, `evidence`, `request_id`, `session_id`,
/// `id`.
package struct TaskReader {
    /// What is wrong with single rows.
    package private(set) var diagnostics = Diagnostics()
    private let file: String
    private let now: Timestamp
    private var ordinals: [UInt64: Int] = [:]

    /// Creates a reader.
    ///
    /// - Parameters:
    ///   - file: the file as the user named it.
    ///   - now: when a row without a time was done.
    package init(file: String, now: Timestamp) { (self.file, self.now) = (file, now) }

    /// Reads a table; a row that cannot be understood becomes a diagnostic.
    package mutating func read(_ table: TableFile) -> [TaskMetric] {
        diagnostics.add(table.diagnostics, file: file, lineOffset: 0)
        return table.rows.compactMap { row in
            do throws(RowFault) { return try metric(row) } catch {
                diagnostics.add(Diagnostic(error.code, error.message, severity: .rejection, file: file, line: row.line))
                return nil
            }
        }
    }

    private mutating func metric(_ row: TableFile.Row) throws(RowFault) -> TaskMetric {
        guard let type = row["task_type"] else { throw RowFault("missing_task_type", "A task has no task_type") }
        guard let with = try number(row, "with_ai_minutes", 0...1e6) else {
            throw RowFault("missing_minutes", "A task has no with_ai_minutes")
        }
        var metric = TaskMetric(
            id: row["id"] ?? identity(of: row), taskType: type, withAIMinutes: with,
            withoutAIMinutes: try number(row, "without_ai_minutes", 0...1e6),
            qualityScore: try number(row, "quality_score", 0...1), apiCost: try number(row, "api_cost", 0...1e9),
            timestamp: try moment(row), person: row["person"], team: row["team"],
            requestID: row["request_id"], sessionID: row["session_id"])
        if let text = row["evidence"] {
            guard let evidence = TimeEvidence(rawValue: text.lowercased()) else {
                throw RowFault("unknown_evidence", "evidence is \"\(text)\"; measured or estimated was expected")
            }
            metric.evidence = evidence
        }
        return metric
    }

    private func number(_ row: TableFile.Row, _ name: String, _ range: ClosedRange<Double>) throws(RowFault) -> Double?
    {
        guard let text = row[name] else { return nil }
        guard let value = Double(text), range.contains(value) else {
            throw RowFault(
                "bad_\(name)",
                "\(name) is \"\(text)\"; a number from \(range.lowerBound) to \(range.upperBound) was expected")
        }
        return value
    }

    private func moment(_ row: TableFile.Row) throws(RowFault) -> Timestamp {
        guard let text = row["timestamp"] else { return now }
        guard let moment = Timestamp.read(text) else {
            throw RowFault("bad_timestamp", "timestamp is \"\(text)\"; write 2026-10-01T12:00:00Z")
        }
        return moment
    }

    /// The same row in the same place among equal ones has the same id, so that a file may be imported twice.
    private mutating func identity(of row: TableFile.Row) -> String {
        let text = row.value.members.map { "\($0.key)=\($0.value.text ?? "")" }.sorted().joined(separator: "\u{1F}")
        let hash = ByteHash.hash(text)
        ordinals[hash, default: 0] += 1
        return "row_\(hash.hexadecimalText)_\(ordinals[hash, default: 0])"
    }
}

/// Why a row is left out.
struct RowFault: Error {
    let code: String
    let message: String

    init(_ code: String, _ message: String) { (self.code, self.message) = (code, message) }
}
