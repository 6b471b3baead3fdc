internal import Statistics

/// Units observed over time.
package struct Panel: Sendable {
    /// The units' names, in alphabetical order.
    package let units: [String]
    /// The points of time, earliest first.
    package let times: [TimePoint]
    /// Since when each unit is treated; `nil` for never, and where the panel does not say.
    package let cohorts: [TimePoint?]
    /// What in the rows should be known.
    package let warnings: [String]
    /// The name of the outcome's column.
    package let outcomeName: String
    /// A number per column, time and unit; not a number where a cell is empty.
    private let cells: [String: Matrix]

    init(
        units: [String], times: [TimePoint], cohorts: [TimePoint?], cells: [String: Matrix], outcome: String,
        warnings: [String]
    ) {
        (self.units, self.times, self.cohorts) = (units, times, cohorts)
        (self.cells, outcomeName, self.warnings) = (cells, outcome, warnings)
    }

    /// The outcome: a row per time, a column per unit; not a number where a cell is empty.
    var outcome: Matrix { column(outcomeName) }

    /// A column's numbers, in the same shape.
    func column(_ name: String) -> Matrix {
        cells[name] ?? Matrix(rows: times.count, columns: units.count, repeating: .nan)
    }

    /// The place of a unit.
    ///
    /// - Throws: ``StudyError`` where there is none of that name.
    func place(of unit: String) throws(StudyError) -> Int {
        if let place = units.firstIndex(of: unit) { return place }
        let near = units.filter { $0.lowercased().contains(unit.lowercased()) || $0.lowercased() == unit.lowercased() }
        let known = (near.isEmpty ? units : near).prefix(8).joined(separator: ", ")
        throw StudyError(.badInput, "There is no unit \"\(unit)\". Write it as in the data, for example: \(known).")
    }

    /// The place of the first point that is not before a time.
    ///
    /// - Parameter name: the option that named it, for the message.
    /// - Throws: ``StudyError`` where it is no time, or lies outside.
    func place(from text: String, option name: String) throws(StudyError) -> Int {
        let point = try point(text, option: name)
        guard let place = times.firstIndex(where: { $0 >= point }) else {
            throw StudyError(.badInput, "\(name) \(text) lies after the last time, \(span).")
        }
        return place
    }

    /// A time as this axis writes it.
    func point(_ text: String, option name: String) throws(StudyError) -> TimePoint {
        guard let kind = times.first?.kind, let point = TimePoint(text)?.on(kind) else {
            throw StudyError(.badInput, "\(name) \"\(text)\" is no time like those of the data, which go \(span).")
        }
        return point
    }

    /// How many times there are until an end, that time among them; all where there is none.
    func count(until end: String?) throws(StudyError) -> Int {
        guard let end else { return times.count }
        let last = try point(end, option: "--end")
        return times.count { $0 <= last }
    }

    /// `from 1970 to 2000`.
    var span: String { "from \(times.first?.text ?? "nothing") to \(times.last?.text ?? "nothing")" }
}
