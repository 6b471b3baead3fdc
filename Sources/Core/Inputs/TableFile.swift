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
        let bytes = Array(text.utf8)
        let records = Self.records(bytes)
        guard let header = records.first else { throw InputError(.malformed, file: file, "It has no header.") }
        let delimiter = Self.delimiter(bytes[header.range])
        let names = Self.cells(bytes, header.range, delimiter).map { $0.lowercased() }
        var rows: [TableFile.Row] = []
        for record in records.dropFirst() {
            let cells = Self.cells(bytes, record.range, delimiter)
            guard cells.count == names.count else {
                reject(record.line, "wrong_cell_count", "A row has \(cells.count) cells; the header has \(names.count)")
                continue
            }
            let members = zip(names, cells).map { JSONValue.Member(key: $0, value: .string($1)) }
            rows.append(TableFile.Row(line: record.line, value: .object(members)))
        }
        return rows
    }

    private mutating func reject(_ line: Int, _ code: String, _ message: String) {
        diagnostics.add(Diagnostic(code, message, severity: .rejection, file: file, line: line))
    }

    /// Ranges of records; a line break inside quotes belongs to its cell.
    private static func records(_ bytes: [UInt8]) -> [(line: Int, range: Range<Int>)] {
        var records: [(line: Int, range: Range<Int>)] = []
        var (start, line, firstLine, isQuoted) = (0, 1, 1, false)
        for (position, byte) in (bytes + [UInt8(ascii: "\n")]).enumerated() {
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            guard byte == UInt8(ascii: "\n") else { continue }
            line += 1
            if isQuoted, position < bytes.count { continue }
            let end = position > start && bytes[position - 1] == UInt8(ascii: "\r") ? position - 1 : position
            if end > start { records.append((firstLine, start..<end)) }
            (start, firstLine) = (position + 1, line)
        }
        return records
    }

    private static func delimiter(_ header: ArraySlice<UInt8>) -> UInt8 {
        let candidates = [",", ";", "\t"].map { UInt8(ascii: $0) }
        return candidates.max { a, b in header.count { $0 == a } < header.count { $0 == b } } ?? UInt8(ascii: ",")
    }

    private static func cells(_ bytes: [UInt8], _ range: Range<Int>, _ delimiter: UInt8) -> [String] {
        bytes.withUnsafeBufferPointer {
            DelimitedRecord.strings(UnsafeBufferPointer(rebasing: $0[range]), delimiter: delimiter)
        }
    }
}
