package import Domain
internal import JSONScan

/// A delimited file with a header, read whole: where every cell is, without a text for any. For tables of many rows and
/// columns of which some are wanted.
package struct DelimitedTable: Sendable {
    /// The file as the user named it.
    package let file: String
    /// The columns' names, in lower case.
    package let names: [String]
    /// Lines whose number of cells is not the header's.
    package private(set) var diagnostics = Diagnostics()
    private let bytes: [UInt8]
    private var lines: [Int] = []
    /// Row by row.
    private var cells: [FieldValue] = []

    /// Reads a text whose delimiter is a comma, semicolon or tab, whichever the header has most of.
    ///
    /// - Throws: ``InputError`` where there is no header.
    package init(text: String, file: String) throws(InputError) {
        self.file = file
        bytes = Array(text.utf8)
        let records = Self.records(bytes)
        guard let header = records.first else { throw InputError(.malformed, file: file, "It has no header.") }
        let delimiter = Self.delimiter(bytes[header.range])
        names = bytes.withUnsafeBufferPointer {
            DelimitedRecord.strings(UnsafeBufferPointer(rebasing: $0[header.range]), delimiter: delimiter)
        }.map { $0.lowercased() }
        cells.reserveCapacity(records.count * names.count)
        for record in records.dropFirst() { add(record, delimiter) }
    }

    /// How many rows it has.
    package var count: Int { lines.count }

    /// The line of a row in the file, from 1.
    package func line(_ row: Int) -> Int { lines[row] }

    /// A cell's text; empty where there is none.
    package func text(_ row: Int, _ column: Int) -> String {
        let cell = cells[row * names.count + column]
        guard cell.count > 0 else { return "" }
        let text = String(decoding: bytes[Int(cell.start)..<Int(cell.start + cell.count)], as: UTF8.self)
        guard cell.kind == .quotedCell else { return text }
        return text.split(separator: "\"\"", omittingEmptySubsequences: false).joined(separator: "\"")
    }

    /// Columns' numbers, not a number where a cell is empty, and the rows of cells that are no finite decimal number.
    /// They are taken together, row by row, since a file is far larger than a processor's memory.
    package func numbers(_ columns: [Int]) -> [(values: [Double], bad: [Int])] {
        var result = columns.map { _ in (values: [Double](repeating: .nan, count: count), bad: [Int]()) }
        bytes.withUnsafeBufferPointer { bytes in
            guard let start = bytes.baseAddress else { return }
            for row in 0..<count {
                for (place, column) in columns.enumerated() {
                    let cell = cells[row * names.count + column]
                    guard cell.count > 0 else { continue }
                    if let value = DecimalNumber.read(start + Int(cell.start), count: Int(cell.count)) {
                        result[place].values[row] = value
                    } else {
                        result[place].bad.append(row)
                    }
                }
            }
        }
        return result
    }

    private mutating func add(_ record: (line: Int, range: Range<Int>), _ delimiter: UInt8) {
        let (first, bytes) = (cells.count, bytes)
        let found = bytes.withUnsafeBufferPointer { bytes in
            guard let start = bytes.baseAddress else { return 0 }
            return DelimitedRecord.forEachCell(start, record.range, delimiter: delimiter) { cells.append($1) }
        }
        guard found == names.count else {
            cells.removeLast(cells.count - first)
            let message = "A row has \(found) cells; the header has \(names.count)"
            diagnostics.add(
                Diagnostic("wrong_cell_count", message, severity: .rejection, file: file, line: record.line))
            return
        }
        lines.append(record.line)
    }

    /// Ranges of records; a line break inside quotes belongs to its cell.
    private static func records(_ bytes: [UInt8]) -> [(line: Int, range: Range<Int>)] {
        var records: [(line: Int, range: Range<Int>)] = []
        var (start, line, firstLine, isQuoted) = (0, 1, 1, false)
        func close(_ position: Int) {
            let end = position > start && bytes[position - 1] == UInt8(ascii: "\r") ? position - 1 : position
            if end > start { records.append((firstLine, start..<end)) }
        }
        for (position, byte) in bytes.enumerated() {
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            guard byte == UInt8(ascii: "\n") else { continue }
            line += 1
            if isQuoted { continue }
            close(position)
            (start, firstLine) = (position + 1, line)
        }
        close(bytes.count)
        return records
    }

    private static func delimiter(_ header: ArraySlice<UInt8>) -> UInt8 {
        let candidates = [",", ";", "\t"].map { UInt8(ascii: $0) }
        return candidates.max { a, b in header.count { $0 == a } < header.count { $0 == b } } ?? UInt8(ascii: ",")
    }
}
