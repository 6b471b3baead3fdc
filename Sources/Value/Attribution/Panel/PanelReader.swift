internal import Domain
package import Inputs
internal import JSONScan
internal import Statistics

/// Reads a table with a row per unit and time.
package struct PanelReader: Sendable {
    private let columns: PanelColumns
    private let file: String
    private var cells: [Cell: [Double]] = [:]
    private var lines: [Cell: Int] = [:]
    private var cohorts: [String: TimePoint?] = [:]
    private var last: [String: TimePoint] = [:]
    private var warnings: [String] = []
    private var kind: TimePoint?

    private struct Cell: Hashable {
        let unit: String
        let time: Double
    }

    /// Reads a panel.
    ///
    /// - Throws: ``StudyError`` where a column is missing, a cell holds no number or time, or one is there twice.
    package static func read(_ table: TableFile, _ columns: PanelColumns) throws(StudyError) -> Panel {
        var reader = PanelReader(columns: columns, file: table.file)
        try reader.checkColumns(table)
        var points: [Double: TimePoint] = [:]
        for row in table.rows {
            let (unit, time) = try reader.read(row)
            points[time.position] = time
            reader.note(unit, time, row.line)
        }
        reader.warnings += table.diagnostics.entries.map { entry in
            "\(table.file)\(entry.line.map { ":\($0)" } ?? ""): \(entry.message) (\(entry.count) such rows left out)."
        }
        return reader.panel(points.values.sorted())
    }

    private init(columns: PanelColumns, file: String) { (self.columns, self.file) = (columns, file) }

    private func checkColumns(_ table: TableFile) throws(StudyError) {
        guard let first = table.rows.first else { throw StudyError(.notIdentified, "\(file): It has no rows.") }
        let known = first.value.members.map(\.key)
        for column in columns.all where !known.contains(column) {
            throw StudyError(
                .badInput, "\(file): It has no column \"\(column)\". It has: \(known.joined(separator: ", ")).")
        }
    }

    private mutating func read(_ row: TableFile.Row) throws(StudyError) -> (String, TimePoint) {
        let unit = columns.unit.map { row[$0] } ?? "the series"
        guard let unit else { throw fault(row, columns.unit ?? "", "is empty; every row needs a unit") }
        let time = try time(row)
        let cell = Cell(unit: unit, time: time.position)
        if let line = lines[cell] {
            throw StudyError(
                .badInput,
                "\(file):\(row.line): \(unit) has \(time.text) twice, first in line \(line). Keep one row per unit "
                    + "and time, or sum them up before.")
        }
        lines[cell] = row.line
        var numbers: [Double] = []
        for name in columns.numbers { numbers.append(try number(row, name)) }
        cells[cell] = numbers
        try readCohort(row, unit)
        return (unit, time)
    }

    private mutating func time(_ row: TableFile.Row) throws(StudyError) -> TimePoint {
        guard let text = row[columns.time], let time = TimePoint(text) else {
            throw fault(row, columns.time, "is no time; write 1989, 2026-Q3, 2026-10 or 2026-10-31")
        }
        if let kind, kind.kind != time.kind {
            throw fault(
                row, columns.time, "is a \(time.kind.rawValue), but \(kind.text) before is a \(kind.kind.rawValue)")
        }
        if kind == nil { kind = time }
        return time
    }

    /// An empty cell is not a number; anything else that is no number is refused.
    private func number(_ row: TableFile.Row, _ name: String) throws(StudyError) -> Double {
        guard let text = row[name], text.lowercased() != "na" else { return .nan }
        guard let number = Double(text), number.isFinite, abs(number) < 1e100 else {
            throw fault(row, name, "is no number; leave the cell empty where it is not known")
        }
        return number
    }

    private mutating func readCohort(_ row: TableFile.Row, _ unit: String) throws(StudyError) {
        guard let name = columns.cohort else { return }
        let text = row[name] ?? ""
        let isNever = ["", "0", "0.0", "never", "na"].contains(text.lowercased())
        let cohort = isNever ? nil : TimePoint(text)
        if cohort == nil, !isNever { throw fault(row, name, "is no time; leave it empty for never") }
        if let known = cohorts[unit], known != cohort {
            throw fault(row, name, "differs from an earlier row of \(unit); a unit starts once")
        }
        cohorts[unit] = .some(cohort)
    }

    private mutating func note(_ unit: String, _ time: TimePoint, _ line: Int) {
        if let before = last[unit], before > time, !warnings.contains(where: { $0.contains("out of order") }) {
            warnings.append(
                "\(file):\(line): times are out of order (\(time.text) after \(before.text)); the rows were sorted.")
        }
        last[unit] = time
    }

    private func fault(_ row: TableFile.Row, _ column: String, _ what: String) -> StudyError {
        let value = row[column].map { " \"\($0)\"" } ?? ""
        return StudyError(.badInput, "\(file):\(row.line): column \"\(column)\":\(value) \(what).")
    }

    private func panel(_ times: [TimePoint]) -> Panel {
        let units = Set(cells.keys.map(\.unit)).sorted()
        var matrices: [String: Matrix] = [:]
        for (position, name) in columns.numbers.enumerated() {
            matrices[name] = Matrix(
                rows: times.count,
                columns: units.map { unit in
                    times.map { cells[Cell(unit: unit, time: $0.position)]?[position] ?? .nan }
                })
        }
        // Months that are written as their first days are months: they are equally far apart.
        let months = times.compactMap(\.month)
        return Panel(
            units: units, times: months.count == times.count ? months : times,
            cohorts: units.map { (cohorts[$0] ?? nil).flatMap { months.count == times.count ? $0.month ?? $0 : $0 } },
            cells: matrices, outcome: columns.outcome, warnings: warnings)
    }
}
