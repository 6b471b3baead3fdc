/// Writes a document as GitHub-flavoured Markdown whose source is readable too.
package struct MarkdownRenderer: Sendable {
    private static let barCells = 20

    /// Creates a renderer.
    package init() {}

    /// The document as Markdown that ends with a line break.
    package func render(_ document: Document) -> String {
        var parts = ["# " + escaped(document.title)]
        if !document.subtitle.isEmpty { parts.append(escaped(document.subtitle)) }
        parts += document.blocks.map { text(of: $0) }
        if !document.notes.isEmpty { parts.append("---") }
        parts += document.notes.map { note in
            (note.mark.map { escaped($0) + " " } ?? "") + escaped(note.text)
        }
        return parts.joined(separator: "\n\n") + "\n"
    }

    private func text(of block: Block) -> String {
        switch block {
        case .heading(let level, let text):
            return String(repeating: "#", count: min(max(level, 1) + 1, 6)) + " " + escaped(text)
        case .paragraph(let text): return escaped(text)
        case .figures(let figures): return text(of: figures)
        case .table(let table): return text(of: table)
        case .bars(let chart): return text(of: chart)
        case .lines(let chart): return text(of: chart)
        case .ranges(let chart): return text(of: chart)
        case .list(let items): return items.map { "- " + escaped($0) }.joined(separator: "\n")
        case .hint(let hint):
            let command = hint.command.map { "\n>\n> `" + PlainText.clean($0) + "`" } ?? ""
            return "> " + escaped(hint.text) + command
        }
    }

    private func text(of figures: [Figure]) -> String {
        let rows = figures.map { figure -> [String] in
            [
                escaped(figure.label), "**" + escaped(figure.value) + "**" + escaped(figure.mark ?? ""),
                escaped(figure.note ?? ""),
            ]
        }
        return MarkdownTable(titles: ["Figure", "Value", "Note"], isNumber: [false, true, false], rows: rows).text
    }

    private func text(of table: Table) -> String {
        let hasDetails = table.allRows.contains { $0.detail != nil }
        let titles = table.columns.map { escaped($0.title) } + (hasDetails ? [escaped(table.detailTitle)] : [])
        let numbers = table.columns.map { $0.alignment == .decimal } + (hasDetails ? [false] : [])
        let rows = table.rows.map { cells(of: $0, table, hasDetails) }
        let total = table.total.map { row in
            cells(of: row, table, hasDetails).map { $0.isEmpty ? "" : "**" + $0 + "**" }
        }
        let memo = table.memo.map { cells(of: $0, table, hasDetails) }
        let all = rows + (total.map { [$0] } ?? []) + memo
        let caption = table.caption.isEmpty ? "" : "**" + escaped(table.caption) + "**\n\n"
        return caption + MarkdownTable(titles: titles, isNumber: numbers, rows: all).text
    }

    private func cells(of row: Row, _ table: Table, _ hasDetails: Bool) -> [String] {
        let cells = zip(row.cells, table.columns).map { cell, column in
            column.isCode && !cell.text.isEmpty && !cell.text.contains("`") && !cell.text.contains("|")
                ? "`" + PlainText.clean(cell.text) + "`" + escaped(cell.mark ?? "") : escaped(cell.marked)
        }
        return cells + (hasDetails ? [escaped(row.detail ?? "")] : [])
    }

    private func text(of chart: BarChart) -> String {
        let largest = chart.largest
        let rows = chart.items.map { item -> [String] in
            [
                escaped(item.label), escaped(item.valueText),
                TextRenderer.bar(item.fraction(of: largest), cells: Self.barCells),
            ]
        }
        let table = MarkdownTable(titles: ["", "Value", ""], isNumber: [false, true, false], rows: rows)
        return "**" + escaped(chart.title) + "**\n\n" + escaped(chart.subtitle) + "\n\n" + table.text
    }

    /// A line chart is a table of at most thirteen of its points.
    private func text(of chart: LineChart) -> String {
        let last = max(chart.points.count - 1, 0)
        let step = max((last + 11) / 12, 1)
        let points = Array(stride(from: 0, to: last, by: step)) + [last]
        let table = chart.points.isEmpty ? "" : text(of: chart.table(of: points))
        return "**" + escaped(chart.title) + "**\n\n" + escaped(chart.subtitle) + "\n\n" + table
    }

    private func text(of chart: RangeChart) -> String {
        let rows = chart.items.map { [escaped($0.label), escaped($0.text)] }
        let table = MarkdownTable(titles: ["", "Range"], isNumber: [false, true], rows: rows)
        return "**" + escaped(chart.title) + "**\n\n" + escaped(chart.subtitle) + "\n\n" + table.text
    }

    /// The text without the characters that Markdown and HTML give a meaning within a line.
    private func escaped(_ text: String) -> String {
        var result = ""
        for character in PlainText.clean(text) {
            switch character {
            case "\\", "|", "*", "`", "[", "]": result += "\\" + String(character)
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "&": result += "&amp;"
            default: result.append(character)
            }
        }
        return result
    }
}
