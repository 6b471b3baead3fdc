internal import Inputs
internal import JSONScan

extension ColumnReader.Source {
    var file: String {
        switch self {
        case .rows(let table): table.file
        case .cells(let table): table.file
        }
    }

    var count: Int {
        switch self {
        case .rows(let table): table.rows.count
        case .cells(let table): table.count
        }
    }

    /// The names of the columns, of the first row where rows differ.
    var names: [String] {
        switch self {
        case .rows(let table): table.rows.first?.value.members.map(\.key) ?? []
        case .cells(let table): table.names
        }
    }

    func line(_ row: Int) -> Int {
        switch self {
        case .rows(let table): table.rows[row].line
        case .cells(let table): table.line(row)
        }
    }

    func has(_ name: String) -> Bool {
        switch self {
        case .rows(let table): table.rows.contains { Self.value(name, $0) != nil }
        case .cells(let table): table.names.contains(name.lowercased())
        }
    }

    /// A column's texts; empty where there is none.
    func texts(_ name: String) -> [String] {
        switch self {
        case .rows(let table):
            return table.rows.map { row in
                if case .bool(let flag)? = Self.value(name, row) { return flag ? "true" : "false" }
                return Self.value(name, row)?.text ?? ""
            }
        case .cells(let table):
            guard let column = table.names.lastIndex(of: name.lowercased()) else { return [] }
            return (0..<table.count).map { table.text($0, column) }
        }
    }

    /// Columns' numbers, not a number where a cell is empty; and rows with what stands there instead of one.
    func numbers(_ wanted: [String]) -> [(values: [Double], bad: [(row: Int, text: String)])] {
        switch self {
        case .rows(let table):
            return wanted.map { name in
                let cells = table.rows.map { Self.number(Self.value(name, $0)) }
                return (cells.map(\.value), cells.enumerated().compactMap { row, cell in cell.word.map { (row, $0) } })
            }
        case .cells(let table):
            let columns = wanted.compactMap { table.names.lastIndex(of: $0.lowercased()) }
            return zip(columns, table.numbers(columns)).map { column, found in
                (found.values, found.bad.map { ($0, table.text($0, column)) })
            }
        }
    }

    private static func number(_ cell: JSONValue?) -> (value: Double, word: String?) {
        switch cell {
        case nil, .null?, .string("")?: return (.nan, nil)
        case .bool(let flag)?: return (flag ? 1 : 0, nil)
        case let cell?:
            if let value = cell.text.flatMap({ Double($0) }), value.isFinite { return (value, nil) }
            return (.nan, cell.text ?? "a list")
        }
    }

    /// A row's value; headers of delimited files are read in lower case.
    private static func value(_ name: String, _ row: TableFile.Row) -> JSONValue? {
        row.value[name] ?? row.value[name.lowercased()]
    }
}
