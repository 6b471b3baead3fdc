internal import Domain
package import Inputs
internal import JSONScan
internal import Statistics

extension CoalitionValues {
    /// Reads coalitions from a table with the columns `coalition` (`A+B`, empty for none) and `value`; and, where they are
    /// there, `standard_error`, `standard_deviation` and `count`. Several rows of one coalition are observations: their
    /// mean counts, and their spread gives its error.
    ///
    /// - Throws: ``InputError`` with the line and column of what cannot be read.
    package static func read(_ table: TableFile) throws(InputError) -> [(names: [String], entry: Entry)] {
        guard table.rows.contains(where: { $0.value["value"] != nil }) else {
            throw InputError(
                .malformed, file: table.file, field: "value",
                "There is no such column; the columns coalition and value were expected.")
        }
        guard table.rows.contains(where: { $0.value["coalition"] != nil }) else {
            throw InputError(
                .malformed, file: table.file, field: "coalition",
                "There is no such column; write the changes in force as A+B, and leave the cell empty for none.")
        }
        var order: [[String]] = []
        var rows: [[String]: [CoalitionRow]] = [:]
        for row in table.rows {
            let read = try CoalitionRow(row, file: table.file)
            if rows[read.names] == nil { order.append(read.names) }
            rows[read.names, default: []].append(read)
        }
        var result: [(names: [String], entry: Entry)] = []
        for names in order { result.append((names, try CoalitionRow.entry(rows[names] ?? [], file: table.file))) }
        return result
    }
}

/// A row of a table of coalitions.
private struct CoalitionRow {
    let line: Int
    let names: [String]
    let value: Double
    let standardError: Double?
    let count: Int?

    init(_ row: TableFile.Row, file: String) throws(InputError) {
        func number(_ column: String) throws(InputError) -> Double? {
            guard let text = row[column] else { return nil }
            if let value = Double(text), value.isFinite { return value }
            throw InputError(.malformed, file: file, line: row.line, field: column, "\"\(text)\" is no number.")
        }
        line = row.line
        names = (row["coalition"] ?? "").split(separator: "+").map(\.trimmed).filter { !$0.isEmpty }
            .sorted()
        guard let value = try number("value") else {
            throw InputError(
                .malformed, file: file, line: row.line, field: "value", "It is empty; a number was expected.")
        }
        let (error, deviation, count) = (
            try number("standard_error"), try number("standard_deviation"), try number("count")
        )
        guard count.map({ $0 >= 1 && $0 < 1e15 }) ?? true, (error ?? 0) >= 0, (deviation ?? 0) >= 0 else {
            throw InputError(
                .malformed, file: file, line: row.line, field: "count",
                "A count is at least 1, and errors and deviations are not negative.")
        }
        (self.value, self.count) = (value, count.map { Int($0) })
        standardError = error ?? deviation.flatMap { deviation in count.map { deviation / $0.squareRoot() } }
    }

    /// One entry of the rows of a coalition.
    static func entry(_ rows: [CoalitionRow], file: String) throws(InputError) -> CoalitionValues.Entry {
        if rows.count == 1, let row = rows.first {
            return CoalitionValues.Entry(row.value, standardError: row.standardError, count: row.count)
        }
        if let row = rows.dropFirst().first(where: { $0.standardError != nil || $0.count != nil }) {
            throw InputError(
                .malformed, file: file, line: row.line, field: "coalition",
                "\(row.names.joined(separator: "+")) stands twice; several rows of a coalition are single observations, "
                    + "without standard_error and count.")
        }
        let mean = SampleMean(of: rows.map(\.value))
        return CoalitionValues.Entry(mean?.mean ?? 0, standardError: mean?.standardError, count: rows.count)
    }
}
