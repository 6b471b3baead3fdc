package import Domain
package import JSONScan

/// A small file of rows read whole: CSV with a header, JSON lines, or a JSON array of objects.
package struct TableFile: Sendable {
    /// A row.
    package struct Row: Sendable {
        /// Its line in the file, from 1.
        package let line: Int
        /// Its values, by their column or key.
        package let value: JSONValue

        /// Creates a row.
        package init(line: Int, value: JSONValue) { (self.line, self.value) = (line, value) }

        /// The text under a name; `nil` where it is empty or missing.
        package subscript(_ name: String) -> String? { value[name]?.text }
    }

    /// The file as the user named it.
    package let file: String
    /// The rows.
    package let rows: [Row]
    /// Lines that are no rows.
    package let diagnostics: Diagnostics

    /// Reads a file; `-` is standard input.
    ///
    /// - Throws: ``InputError`` where it cannot be read, or is no table.
    package init(path: String) throws(InputError) { try self.init(text: try TextFile.read(path), file: path) }

    /// Reads a text.
    package init(text: String, file: String) throws(InputError) {
        self.file = file
        var reader = TableReader(text: text, file: file)
        let start = text.first { !$0.isWhitespace }
        switch start {
        case nil: throw InputError(.malformed, file: file, "It is empty.")
        case "[": rows = try reader.array()
        case "{": rows = reader.jsonLines()
        default: rows = try reader.delimited()
        }
        diagnostics = reader.diagnostics
    }
}

/// Reads the three kinds of tables.
private struct TableReader {
    let text: String
    let file: String
    var diagnostics = Diagnostics()

    init(text: String, file: String) { (self.text, self.file) = (text, file) }

    func array() throws(InputError) -> [TableFile.Row] {
        do throws(JSONScanError) {
            return try JSONValue.parse(text).elements.map { TableFile.Row(line: 1, value: $0) }
        } catch { throw InputError(.malformed, file: file, "It is not JSON: \(error.reason).") }
    }

    mutating func jsonLines() -> [TableFile.Row] {
        var rows: [TableFile.Row] = []
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line.allSatisfy(\.isWhitespace) { continue }
            do throws(JSONScanError) {
                rows.append(TableFile.Row(line: number + 1, value: try JSONValue.parse(String(line))))
            } catch { reject(number + 1, "not_json", "A line is not JSON: \(error.reason)") }
        }
        return rows
    }

    mutating func delimited() throws(InputError) -> [TableFile.Row] {
        let table = try DelimitedTable(text: text, file: file)
        diagnostics = table.diagnostics
        return (0..<table.count).map { row in
            let members = table.names.indices.map { column in
                JSONValue.Member(key: table.names[column], value: .string(table.text(row, column)))
            }
            return TableFile.Row(line: table.line(row), value: .object(members))
        }
    }

    private mutating func reject(_ line: Int, _ code: String, _ message: String) {
        diagnostics.add(Diagnostic(code, message, severity: .rejection, file: file, line: line))
    }
}
