extension TextRenderer {
    private static let labelLimit = 32

    /// A chart: its finding, what is plotted, then a line per bar of label, number and bar.
    func lines(of chart: BarChart) -> [String] {
        let labels = chart.items.map { PlainText.cut(PlainText.clean($0.label), to: Self.labelLimit) }
        let labelWidth = labels.map(PlainText.width).max() ?? 0
        let numbers = NumberColumn(chart.items.map { PlainText.clean($0.valueText) })
        let room = min(max(width - Self.indentation.count - labelWidth - numbers.width - 4, 8), 48)
        let largest = chart.largest
        let titles =
            wrapped(chart.title, indented: Self.indentation, to: width).map(style.bold)
            + wrapped(chart.subtitle, indented: Self.indentation, to: width).map(style.faint)
        return titles
            + chart.items.indices.map { position -> String in
                let item = chart.items[position]
                let start =
                    PlainText.padded(labels[position], to: labelWidth) + "  "
                    + numbers.aligned(PlainText.clean(item.valueText))
                let bar = Self.bar(item.fraction(of: largest), cells: room)
                if bar.isEmpty { return Self.indentation + PlainText.trimmed(start) }
                return Self.indentation + start + "  " + style.bar(bar, item.role)
            }
    }

    /// A bar in half cells; what is not zero has at least half a cell.
    static func bar(_ fraction: Double, cells: Int) -> String {
        if fraction <= 0 { return "" }
        let halves = max(Int((fraction * Double(cells * 2)).rounded()), 1)
        return String(repeating: "█", count: halves / 2) + (halves % 2 == 1 ? "▌" : "")
    }
}
