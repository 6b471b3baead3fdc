/// A Markdown table whose columns are aligned in the source as well. Its texts are escaped already.
struct MarkdownTable {
    let titles: [String]
    let isNumber: [Bool]
    let rows: [[String]]

    /// The table's lines.
    var text: String {
        let widths = titles.indices.map { column in
            max(([titles] + rows).map { column < $0.count ? PlainText.width($0[column]) : 0 }.max() ?? 0, 3)
        }
        let rule = titles.indices.map { column in
            isNumber[column]
                ? String(repeating: "-", count: widths[column] - 1) + ":"
                : String(repeating: "-", count: widths[column])
        }
        return ([titles, rule] + rows).map { line($0, widths) }.joined(separator: "\n")
    }

    private func line(_ cells: [String], _ widths: [Int]) -> String {
        let texts = widths.indices.map { column -> String in
            let cell = column < cells.count ? cells[column] : ""
            return isNumber[column]
                ? PlainText.rightAligned(cell, to: widths[column])
                : PlainText.padded(cell, to: widths[column])
        }
        return "| " + texts.joined(separator: " | ") + " |"
    }
}
