/// A table in HTML, in a container of its own that scrolls where the page is narrow.
struct HTMLTable {
    let table: Table

    /// The table's lines.
    var lines: [String] {
        let label = table.caption.isEmpty ? "" : " aria-label=\"" + HTMLText.escaped(table.caption) + "\""
        var lines = ["<div class=\"scroll\" role=\"region\" tabindex=\"0\"\(label)>", "<table>"]
        if !table.caption.isEmpty { lines.append(HTMLText.element("caption", table.caption)) }
        lines += ["<thead>", header, "</thead>", "<tbody>"] + table.rows.map { line(of: $0) } + ["</tbody>"]
        let foot = (table.total.map { [line(of: $0, "total")] } ?? []) + table.memo.map { line(of: $0, "memo") }
        if !foot.isEmpty { lines += ["<tfoot>"] + foot + ["</tfoot>"] }
        return lines + ["</table>", "</div>"]
    }

    private var hasDetails: Bool { table.allRows.contains { $0.detail != nil } }

    private var header: String {
        let titles = table.columns.map { column -> String in
            let kind = column.alignment == .decimal ? " class=\"number\"" : ""
            return HTMLText.element("th", "scope=\"col\"" + kind, column.title)
        }
        let detail = hasDetails ? HTMLText.element("th", "scope=\"col\"", table.detailTitle) : ""
        return "<tr>" + titles.joined() + detail + "</tr>"
    }

    private func line(of row: Row, _ name: String = "") -> String {
        let cells = zip(row.cells, table.columns).enumerated().map { position, pair in
            self.cell(pair.0, pair.1, position)
        }
        let detail = hasDetails ? HTMLText.element("td", "class=\"detail\"", row.detail ?? "") : ""
        return (name.isEmpty ? "<tr>" : "<tr class=\"\(name)\">") + cells.joined() + detail + "</tr>"
    }

    private func cell(_ cell: Cell, _ column: Column, _ position: Int) -> String {
        let hover = HTMLText.hover(cell.exact)
        if column.alignment == .decimal {
            let number = Self.number(cell.text, mark: cell.mark, in: numbers(position))
            return "<td class=\"number\"\(hover)>\(number)</td>"
        }
        let text = HTMLText.escaped(cell.text)
        let plain = column.isCode && !text.isEmpty ? "<code>\(text)</code>" : text
        let content = HTMLText.linked(plain, to: cell.link) + HTMLText.mark(cell.mark)
        return position == 0 ? "<th scope=\"row\"\(hover)>\(content)</th>" : "<td\(hover)>\(content)</td>"
    }

    private func numbers(_ position: Int) -> NumberColumn {
        NumberColumn(table.allRows.map { position < $0.cells.count ? PlainText.clean($0.cells[position].text) : "" })
    }

    /// A number with figure spaces behind it, so that decimal points of right-aligned cells stand below one another.
    static func number(_ text: String, mark: String?, in column: NumberColumn) -> String {
        let after = PlainText.width(NumberColumn.split(PlainText.clean(text)).after)
        let missing = max(column.after - after, 0)
        let hasPoint = after > 0 || missing == 0
        let pad = (hasPoint ? "" : "\u{2008}") + String(repeating: "\u{2007}", count: hasPoint ? missing : missing - 1)
        return HTMLText.escaped(text) + HTMLText.mark(mark) + pad
    }
}
