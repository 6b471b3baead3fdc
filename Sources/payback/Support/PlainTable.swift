/// A table in plain text: texts to the left, numbers aligned on the decimal point, the title of a column above it.
struct PlainTable {
    /// How the cells of a column stand.
    enum Alignment {
        case left
        case decimal
    }

    /// A column.
    struct Column {
        let title: String
        let alignment: Alignment
    }

    private let columns: [Column]
    private var rows: [[String]] = []

    init(_ columns: [(title: String, alignment: Alignment)]) {
        self.columns = columns.map { Column(title: $0.title, alignment: $0.alignment) }
    }

    /// Adds a row with a cell for each column.
    mutating func add(_ cells: [String]) { rows.append(cells) }

    /// The lines, each ended with a line break.
    var text: String {
        let laidOut = columns.indices.map { column($0) }
        var result = ""
        for line in 0...rows.count {
            var text = laidOut.map { $0[line] }.joined(separator: "  ")
            while text.last == " " { text.removeLast() }
            result += text + "\n"
        }
        return result
    }

    /// The title and the cells of a column, all of one width.
    private func column(_ position: Int) -> [String] {
        let cells = rows.map { position < $0.count ? $0[position] : "" }
        let title = columns[position].title
        switch columns[position].alignment {
        case .left: return padded([title] + cells)
        case .decimal:
            let aligned = Self.alignedOnPoint(cells)
            let width = max(title.count, aligned.first?.count ?? 0)
            return ([title] + aligned).map { String(repeating: " ", count: width - $0.count) + $0 }
        }
    }

    private func padded(_ cells: [String]) -> [String] {
        let width = cells.map(\.count).max() ?? 0
        return cells.map { $0 + String(repeating: " ", count: width - $0.count) }
    }

    private static func alignedOnPoint(_ cells: [String]) -> [String] {
        let parts = cells.map { cell in
            let whole = String(cell.prefix { $0 != "." })
            return (whole: whole, fraction: String(cell.dropFirst(whole.count)))
        }
        let wholeWidth = parts.map { $0.whole.count }.max() ?? 0
        let fractionWidth = parts.map { $0.fraction.count }.max() ?? 0
        return parts.map { part in
            String(repeating: " ", count: wholeWidth - part.whole.count) + part.whole + part.fraction
                + String(repeating: " ", count: fractionWidth - part.fraction.count)
        }
    }
}
