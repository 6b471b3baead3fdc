/// A table. Units stand in the columns' titles, not in the cells.
package struct Table: Sendable, Hashable {
    /// What the table shows.
    package var caption: String
    /// The columns.
    package var columns: [Column]
    /// The rows; each has as many cells as there are columns.
    package var rows: [Row]
    /// The sum of the rows, below a rule.
    package var total: Row?
    /// Rows below the total that say what part of it is what.
    package var memo: [Row] = []
    /// What the rows' details are, where there are any.
    package var detailTitle = "Details"

    /// Creates a table.
    package init(_ caption: String, columns: [Column], rows: [Row], total: Row? = nil) {
        (self.caption, self.columns, self.rows, self.total) = (caption, columns, rows, total)
    }

    /// All rows in reading order.
    package var allRows: [Row] { rows + (total.map { [$0] } ?? []) + memo }
}

/// A column of a table.
package struct Column: Sendable, Hashable {
    /// Where the cells' texts stand.
    package enum Alignment: Sendable, Hashable {
        /// Text: from the left.
        case leading
        /// Numbers: with their decimal points below one another, at the right.
        case decimal
    }

    /// The title with the unit.
    package var title: String
    /// How cells are aligned.
    package var alignment: Alignment
    /// 0 for columns that are always shown; where space is short, the column with the largest number goes first.
    package var priority: Int
    /// Whether the cells are ids or code.
    package var isCode: Bool

    /// Creates a column.
    package init(_ title: String, _ alignment: Alignment = .leading, priority: Int = 0, isCode: Bool = false) {
        (self.title, self.alignment, self.priority, self.isCode) = (title, alignment, priority, isCode)
    }
}

/// A row of a table.
package struct Row: Sendable, Hashable {
    /// One cell per column.
    package var cells: [Cell]
    /// A sentence about the row.
    package var detail: String?

    /// Creates a row.
    package init(_ cells: [Cell], detail: String? = nil) { (self.cells, self.detail) = (cells, detail) }
}

/// A cell of a table.
package struct Cell: Sendable, Hashable {
    /// The text, without its column's unit.
    package var text: String
    /// The exact value where the text is shortened.
    package var exact: String?
    /// The mark of a footnote.
    package var mark: String?
    /// Where more about it stands, on the same server; of meaning for pages that are served.
    package var link: String?

    /// Creates a cell.
    package init(_ text: String, exact: String? = nil, mark: String? = nil, link: String? = nil) {
        (self.text, self.exact, self.mark, self.link) = (text, exact, mark, link)
    }

    /// The text with its mark.
    var marked: String { text + (mark ?? "") }
}
