internal import Inputs
internal import JSONScan

/// Takes columns out of a table and remembers what is wrong in them.
struct ColumnReader {
    private let table: Source
    /// The first bad cell, and how many there are.
    private var first: InputError?
    private var faults = 0

    /// What is read: rows of any kind, or the cells of a delimited file, which are many.
    enum Source {
        case rows(TableFile)
        case cells(DelimitedTable)
    }

    init(_ table: Source) { self.table = table }

    /// - Throws: ``InputError`` where there is no such column, with those that there are.
    func checkNames(_ names: [String]) throws(InputError) {
        guard table.count > 0 else {
            throw InputError(.malformed, file: table.file, "It has a header and no row.")
        }
        for name in names where !table.has(name) {
            throw InputError(
                .malformed, file: table.file, field: name,
                "There is no such column; there are \(table.names.joined(separator: ", ")).")
        }
    }

    /// - Throws: ``InputError`` where a cell could not be read.
    func check() throws(InputError) {
        guard let first else { return }
        guard faults > 1 else { throw first }
        throw InputError(
            first.code, file: first.file, line: first.line, field: first.field,
            "\(first.message) \(faults - 1) more cells cannot be read.")
    }

    /// A column of names; an empty one is a fault.
    mutating func texts(_ name: String) -> [String] {
        let texts = table.texts(name)
        for row in texts.indices where texts[row].isEmpty { fault(row, name, "It is empty; a name was expected.") }
        return texts
    }

    /// Columns of numbers by name; an empty cell is not a number, and anything else that is none a fault.
    ///
    /// - Parameter names: of columns that are there; see ``checkNames(_:)``.
    mutating func numbers(_ names: [String]) -> [String: [Double]] {
        var result: [String: [Double]] = [:]
        for (name, column) in zip(names, table.numbers(names)) {
            for (row, text) in column.bad {
                fault(row, name, "\"\(text)\" is no number; write one, or leave the cell empty where it is missing.")
            }
            result[name] = column.values
        }
        return result
    }

    private mutating func fault(_ row: Int, _ name: String, _ message: String) {
        faults += 1
        if first == nil {
            first = InputError(.malformed, file: table.file, line: table.line(row), field: name, message)
        }
    }
}
