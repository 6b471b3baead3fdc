/// A spreadsheet: sheets of numbers, texts and live formulas. A value; ``WorkbookWriter`` makes a file of it.
package struct Workbook: Sendable, Hashable {
    /// Its sheets, in order.
    package var sheets: [Sheet]

    /// Creates a workbook.
    package init(sheets: [Sheet]) { self.sheets = sheets }

    /// A sheet.
    package struct Sheet: Sendable, Hashable {
        /// Its name: at most 31 characters.
        package var name: String
        /// Its cells.
        package var cells: [Cell] = []
        /// Widths of the first columns, in characters.
        package var widths: [Double] = []
        /// Rows and columns that stay in view.
        package var frozen: (rows: Int, columns: Int) = (0, 0)
        /// Charts.
        package var charts: [Chart] = []

        /// Creates an empty sheet.
        package init(_ name: String) { self.name = name }

        package static func == (a: Sheet, b: Sheet) -> Bool {
            a.name == b.name && a.cells == b.cells && a.widths == b.widths && a.frozen == b.frozen
                && a.charts == b.charts
        }

        package func hash(into hasher: inout Hasher) {
            hasher.combine(name)
            hasher.combine(cells)
        }

        /// Sets a cell.
        package mutating func set(_ row: Int, _ column: Int, _ content: Content, _ style: Style = .plain) {
            cells.append(Cell(row: row, column: column, content: content, style: style))
        }
    }

    /// A cell, by its place from 0.
    package struct Cell: Sendable, Hashable {
        /// The row.
        package var row: Int
        /// The column.
        package var column: Int
        /// What stands in it.
        package var content: Content
        /// How it looks.
        package var style: Style
    }

    /// What stands in a cell.
    package enum Content: Sendable, Hashable {
        /// A text.
        case text(String)
        /// A number.
        case number(Double)
        /// A formula, and its value for those who only look; `nil` where it has none.
        case formula(String, Double?)
    }

    /// How a cell looks.
    package enum Style: String, Sendable, Hashable, CaseIterable {
        case plain, title, header, note
        /// An assumption that may be changed.
        case input
        /// Money; losses in parentheses.
        case money
        /// A fraction as percent.
        case share
        /// Anything else that is a number.
        case number
    }

    /// A line over the cells of a row.
    package struct Chart: Sendable, Hashable {
        /// Its finding.
        package var title: String
        /// Where its upper left corner stands.
        package var row, column: Int
        /// The cells of its points: `=Months!$C$1:$AM$1`.
        package var categories: String
        /// Names and cells of its lines.
        package var series: [Series]

        /// Creates a chart.
        package init(_ title: String, row: Int, column: Int, categories: String, series: [Series]) {
            (self.title, self.row, self.column) = (title, row, column)
            (self.categories, self.series) = (categories, series)
        }
    }

    /// A line.
    package struct Series: Sendable, Hashable {
        /// Its name.
        package var name: String
        /// Its cells.
        package var values: String

        /// Creates a line.
        package init(_ name: String, values: String) { (self.name, self.values) = (name, values) }
    }

    /// A column's letters: 0 is A, 26 is AA.
    package static func letters(_ column: Int) -> String {
        var (rest, text) = (column, "")
        repeat {
            text = String(UnicodeScalar(UInt8(65 + rest % 26))) + text
            rest = rest / 26 - 1
        } while rest >= 0
        return text
    }
}
