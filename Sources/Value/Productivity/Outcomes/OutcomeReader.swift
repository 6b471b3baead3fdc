package import Domain
package import Inputs
internal import JSONScan

/// Reads outcomes: helpdesk and seat exports, commit and pull-request tables, the Claude Code analytics report.
package struct OutcomeReader {
    /// What is wrong with single rows.
    package private(set) var diagnostics = Diagnostics()
    private let file: String
    /// How often a row of one name, time and place has come.
    private var ordinals: [String: Int] = [:]

    /// Columns that are counts, wherever they stand.
    package static let counts = [
        "resolved", "reopened", "escalated", "active_seats", "idle_seats", "commits", "pull_requests", "merged",
        "lines_added", "lines_removed", "sessions", "accepted_edits", "rejected_edits",
    ]

    private static let dates = [
        "date", "timestamp", "day", "month", "merged_at", "closed_at", "created_at", "resolved_at",
    ]

    /// Creates a reader.
    package init(file: String) { self.file = file }

    /// Reads a table; a row that cannot be understood becomes a diagnostic.
    ///
    /// - Throws: ``InputError`` where it holds nothing that is known.
    package mutating func read(_ table: TableFile) throws(InputError) -> [OutcomeCount] {
        diagnostics.add(table.diagnostics, file: file, lineOffset: 0)
        var outcomes: [OutcomeCount] = []
        for row in Self.flattened(table.rows) {
            do throws(RowFault) {
                outcomes += row.value["core_metrics"] != nil ? try claudeCode(row) : try counts(row)
            } catch {
                diagnostics.add(Diagnostic(error.code, error.message, severity: .rejection, file: file, line: row.line))
            }
        }
        guard !outcomes.isEmpty || table.rows.isEmpty || diagnostics.rejections > 0 else {
            throw InputError(
                .unrecognised, file: file,
                "It has none of the columns \(Self.counts.joined(separator: ", ")); rename yours to one of them.")
        }
        return outcomes
    }

    /// A report's page holds its records in `data`.
    private static func flattened(_ rows: [TableFile.Row]) -> [TableFile.Row] {
        rows.flatMap { row in
            guard case .array(let elements)? = row.value["data"] else { return [row] }
            return elements.map { TableFile.Row(line: row.line, value: $0) }
        }
    }

    private mutating func counts(_ row: TableFile.Row) throws(RowFault) -> [OutcomeCount] {
        var outcomes: [OutcomeCount] = []
        for name in Self.counts {
            guard let text = row[name] else { continue }
            guard let amount = Double(text), amount >= 0, amount.isFinite else {
                throw RowFault("bad_\(name)", "\(name) is \"\(text)\"; a number of at least 0 was expected")
            }
            outcomes.append(outcome(name, amount, row, try moment(row), person: row["person"] ?? row["author"]))
        }
        return outcomes
    }

    /// One record of the analytics report: an actor and a day. Its cost is of a subscription or an estimate, and stays out.
    private mutating func claudeCode(_ row: TableFile.Row) throws(RowFault) -> [OutcomeCount] {
        let metrics = row.value["core_metrics"]
        let tools = row.value["tool_actions"]?.members.map(\.value) ?? []
        let accepted = tools.reduce(0) { $0 + ($1["accepted"]?.integer ?? 0) }
        let rejected = tools.reduce(0) { $0 + ($1["rejected"]?.integer ?? 0) }
        let found: [(String, Int64?)] = [
            ("sessions", metrics?["num_sessions"]?.integer), ("commits", metrics?["commits_by_claude_code"]?.integer),
            ("pull_requests", metrics?["pull_requests_by_claude_code"]?.integer),
            ("lines_added", metrics?["lines_of_code"]?["added"]?.integer),
            ("lines_removed", metrics?["lines_of_code"]?["removed"]?.integer), ("accepted_edits", accepted),
            ("rejected_edits", rejected),
        ]
        let actor = row.value["actor"]
        let name = actor?["email_address"]?.text ?? actor?["api_key_name"]?.text
        let person = name.map { "person_" + ByteHash.hash($0.lowercased()).hexadecimalText }
        let moment = try moment(row)
        var outcomes: [OutcomeCount] = []
        for case (let name, let amount?) in found {
            outcomes.append(outcome(name, Double(amount), row, moment, person: person))
        }
        return outcomes
    }

    /// Equal rows of one file are as many outcomes; the same file again has the same ones.
    private mutating func outcome(
        _ name: String, _ amount: Double, _ row: TableFile.Row, _ moment: Timestamp, person: String?
    ) -> OutcomeCount {
        let team = row["team"] ?? row["queue"] ?? row["group"]
        let place = [
            name, moment.rfc3339, team ?? "", person ?? "", row["id"] ?? "", row.value["terminal_type"]?.text ?? "",
        ]
        let row = place.joined(separator: "\u{1F}")
        let ordinal = ordinals[row, default: 0]
        ordinals[row] = ordinal + 1
        let key = ordinal == 0 ? row : row + "\u{1F}\(ordinal)"
        return OutcomeCount(
            name: name, amount: amount, timestamp: moment, team: team, person: person, source: file,
            key: "outcome_" + ByteHash.hash(key).hexadecimalText)
    }

    private func moment(_ row: TableFile.Row) throws(RowFault) -> Timestamp {
        for name in Self.dates {
            guard let text = row[name] else { continue }
            let day = text.count == 7 ? text + "-01" : text
            guard let moment = Timestamp.read(day) else {
                throw RowFault("bad_\(name)", "\(name) is \"\(text)\"; write 2026-10-01")
            }
            return moment
        }
        throw RowFault("missing_date", "A row has no date; one of \(Self.dates.joined(separator: ", ")) was expected")
    }
}
