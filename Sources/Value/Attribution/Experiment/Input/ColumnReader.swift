internal import Inputs
internal import JSONScan

/// Takes columns out of a table and remembers what is wrong in them.
struct ColumnReader {
    private let table: TableFile
    /// The first bad cell, and how many there are.
    private var first: InputError?
    private var faults = 0

    init(_ table: TableFile) { self.table = table }

    /// - Throws: ``InputError`` where there is no such column, with those that there are.
    func checkNames(_ names: [String]) throws(InputError) {
        guard let row = table.rows.first else {
            throw InputError(.malformed, file: table.file, "It has a header and no row.")
        }
        let known = row.value.members.map(\.key)
        for name in names where !table.rows.contains(where: { place(name, $0.value.members, hint: nil) != nil }) {
            throw InputError(
                .malformed, file: table.file, field: name,
                "There is no such column; there are \(known.joined(separator: ", ")).")
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
        cells(name).enumerated().map { position, cell in
            if case .bool(let flag)? = cell { return flag ? "true" : "false" }
            if let text = cell?.text { return text }
            fault(position, name, "It is empty; a name was expected.")
            return ""
        }
    }

    /// A column of numbers; an empty cell is not a number, and anything else that is none a fault.
    mutating func numbers(_ name: String) -> [Double] {
        cells(name).enumerated().map { position, cell in
            switch cell {
            case nil, .null?, .string("")?: return .nan
            case .bool(let flag)?: return flag ? 1 : 0
            case let cell?:
                if let value = cell.text.flatMap({ Double($0) }), value.isFinite { return value }
                fault(
                    position, name,
                    "\"\(cell.text ?? "a list")\" is no number; write one, or leave the cell empty where it is missing.")
                return .nan
            }
        }
    }

    private mutating func fault(_ position: Int, _ name: String, _ message: String) {
        faults += 1
        if first == nil {
            first = InputError(
                .malformed, file: table.file, line: table.rows[position].line, field: name, message)
        }
    }

    /// A column. Rows of a file have their columns in one order, so the place is looked up once.
    private func cells(_ name: String) -> [JSONValue?] {
        var hint: Int?
        return table.rows.map { row in
            let members = row.value.members
            hint = place(name, members, hint: hint)
            return hint.map { members[$0].value }
        }
    }

    /// Where a name stands; headers of delimited files are read in lower case.
    private func place(_ name: String, _ members: [JSONValue.Member], hint: Int?) -> Int? {
        if let hint, hint < members.count, isNamed(members[hint].key, name) { return hint }
        return members.lastIndex { $0.key == name } ?? members.lastIndex { $0.key == name.lowercased() }
    }

    private func isNamed(_ key: String, _ name: String) -> Bool { key == name || key == name.lowercased() }
}
