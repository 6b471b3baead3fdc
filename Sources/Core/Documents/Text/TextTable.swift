/// Lays out a table in rows of equally wide cells.
struct TextTable {
    /// The widest a table may be.
    let limit: Int
    let table: Table
    /// The positions of the columns that are shown.
    private(set) var shown: [Int]
    /// The titles of the columns that found no room.
    private(set) var leftOut: [String] = []
    /// The widths of the shown columns.
    private(set) var widths: [Int] = []
    private var numbers: [Int: NumberColumn] = [:]
    private let texts: [[String]]

    private static let gap = 2
    /// A text column is narrowed to this before a column that has a priority is given up.
    private static let comfortable = 24
    private static let narrowest = 6

    /// Fits a table into a width.
    init(_ table: Table, limit: Int) {
        (self.table, self.limit) = (table, limit)
        shown = Array(table.columns.indices)
        texts = table.allRows.map { row in row.cells.map { PlainText.clean($0.marked) } }
        for position in table.columns.indices where table.columns[position].alignment == .decimal {
            numbers[position] = NumberColumn(texts.compactMap { position < $0.count ? $0[position] : nil })
        }
        fit()
    }

    private mutating func fit() {
        widths = shown.map { naturalWidth($0) }
        narrow(to: Self.comfortable)
        while total > limit, let position = leastImportant {
            leftOut.append(table.columns[position].title)
            shown.removeAll { $0 == position }
            widths = shown.map { naturalWidth($0) }
            narrow(to: Self.comfortable)
        }
        narrow(to: Self.narrowest)
        while total > limit, shown.count > 1 {
            let position = shown.removeLast()
            widths.removeLast()
            leftOut.append(table.columns[position].title)
        }
    }

    /// The width of the rows.
    var total: Int { widths.reduce(0, +) + Self.gap * max(shown.count - 1, 0) }

    private var leastImportant: Int? {
        let candidates = shown.filter { table.columns[$0].priority > 0 }
        return candidates.max { (table.columns[$0].priority, $0) < (table.columns[$1].priority, $1) }
    }

    private func naturalWidth(_ position: Int) -> Int {
        let cells = texts.map { position < $0.count ? PlainText.width($0[position]) : 0 }.max() ?? 0
        return max(cells, numbers[position]?.width ?? 0, headerWidth(table.columns[position].title))
    }

    /// The least width in which a title takes no more than two lines.
    private func headerWidth(_ title: String) -> Int {
        let whole = PlainText.width(title)
        var width = Self.titleLines(title, to: 1).map { PlainText.width($0) }.max() ?? 0
        while width < whole, Self.titleLines(title, to: width).count > 2 { width += 1 }
        return width
    }

    /// A title in lines that do not part a unit from the word before it.
    private static func titleLines(_ title: String, to width: Int) -> [String] {
        let parts = PlainText.clean(title).split(separator: ",", omittingEmptySubsequences: false)
        let bound = parts.map { part -> String in
            part.first == " " ? "\u{A0}" + String(part.dropFirst()) : String(part)
        }
        return PlainText.wrapped(bound.joined(separator: ","), to: width).map { line -> String in
            String(line.map { (character: Character) -> Character in character == "\u{A0}" ? " " : character })
        }
    }

    /// Takes cells from the widest text column until the table fits or all are as narrow as `least`.
    private mutating func narrow(to least: Int) {
        while total > limit {
            let candidates = shown.indices.filter {
                table.columns[shown[$0]].alignment == .leading && widths[$0] > least
            }
            guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { return }
            widths[widest] -= 1
        }
    }

    /// The lines of the header, titles standing on its last line.
    var header: [String] {
        let titles = shown.indices.map { Self.titleLines(table.columns[shown[$0]].title, to: widths[$0]) }
        let height = titles.map(\.count).max() ?? 0
        return (0..<height).map { line in
            joined(
                shown.indices.map { column in
                    let offset = line - (height - titles[column].count)
                    let text = offset >= 0 ? titles[column][offset] : ""
                    return isDecimal(column)
                        ? PlainText.rightAligned(text, to: widths[column])
                        : PlainText.padded(text, to: widths[column])
                })
        }
    }

    /// The line of a row of `table.allRows`.
    func line(_ row: Int) -> String {
        joined(
            shown.indices.map { column in
                let text = shown[column] < texts[row].count ? texts[row][shown[column]] : ""
                if isDecimal(column) {
                    return PlainText.rightAligned(numbers[shown[column]]?.aligned(text) ?? text, to: widths[column])
                }
                return PlainText.padded(PlainText.cut(text, to: widths[column]), to: widths[column])
            })
    }

    private func isDecimal(_ column: Int) -> Bool { table.columns[shown[column]].alignment == .decimal }

    private func joined(_ cells: [String]) -> String {
        PlainText.trimmed(cells.joined(separator: PlainText.blanks(Self.gap)))
    }
}
