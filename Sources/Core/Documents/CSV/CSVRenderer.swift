/// Writes the JSON of a report as CSV for spreadsheets: first its single values, a row each, then each list of rows under
/// its name, parted by an empty line. Numbers are those of the JSON, exact, without thousands marks.
package struct CSVRenderer: Sendable {
    /// Creates a renderer.
    package init() {}

    /// The text, with the line ends that RFC 4180 asks for.
    package func render(_ output: JSONOutput) -> String {
        guard case .object(let members) = output else { return "" }
        let flat = members.flatMap { Self.flattened($0.key, $0.value) }
        var sections = [[["key", "value"]] + flat]
        for member in members {
            guard case .array(let elements) = member.value, !elements.isEmpty else { continue }
            sections.append([[member.key]] + Self.table(elements))
        }
        return sections.map { section in
            section.map(Self.row).joined()
        }.joined(separator: "\r\n")
    }

    /// A row of cells, each quoted where it has to be.
    package static func row(_ cells: [String]) -> String { cells.map(field).joined(separator: ",") + "\r\n" }

    /// Single values, those of objects inside under their path.
    private static func flattened(_ key: String, _ value: JSONOutput) -> [[String]] {
        switch value {
        case .array: []
        case .object(let members): members.flatMap { flattened("\(key).\($0.key)", $0.value) }
        default: [[key, plain(value)]]
        }
    }

    /// A list of objects as a header and rows; of anything else, a row each.
    private static func table(_ elements: [JSONOutput]) -> [[String]] {
        let rows = elements.map { element -> [[String]] in
            guard case .object(let members) = element else { return [["value", plain(element)]] }
            return members.flatMap { flattened($0.key, $0.value) }
        }
        var columns: [String] = []
        for cell in rows.joined() where !columns.contains(cell[0]) { columns.append(cell[0]) }
        return [columns]
            + rows.map { row in columns.map { column in row.first { $0[0] == column }?[1] ?? "" } }
    }

    private static func plain(_ value: JSONOutput) -> String {
        switch value {
        case .null: ""
        case .string(let text): text
        default: value.compactText
        }
    }

    /// Quoted where it has to be. What a spreadsheet would take for a formula is kept a text.
    private static func field(_ text: String) -> String {
        var text = text
        if let first = text.first, "=+@\t\r".contains(first) || (first == "-" && Double(text) == nil) {
            text = "'" + text
        }
        guard text.contains(where: { ",\"\n\r".contains($0) }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
