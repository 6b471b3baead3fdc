extension TextRenderer {
    private static let labelLimit = 32
    private static let heights: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

    /// A line chart: its finding, then for each line its ends and its course.
    func lines(of chart: LineChart) -> [String] {
        let labels = chart.named.map { PlainText.cut(PlainText.clean($0.label), to: Self.labelLimit) }
        let labelWidth = labels.map(PlainText.width).max() ?? 0
        let room = max(min(width - Self.indentation.count - labelWidth - 32, 60), 12)
        let range = chart.range
        let rows = chart.named.indices.map { position -> String in
            let values = chart.named[position].values
            let known = values.compactMap { $0 }
            let ends = (known.first, known.last)
            let first = ends.0.map { NumberText.short($0) } ?? NumberText.none
            let last = ends.1.map { NumberText.short($0) } ?? NumberText.none
            let label = PlainText.padded(labels[position], to: labelWidth)
            return Self.indentation
                + "\(label)  \(PlainText.rightAligned(first, to: 8)) \(course(values, range, room)) \(last)"
        }
        let scale = "\(chart.axis) \(chart.points.first ?? "") to \(chart.points.last ?? "")"
        return title(chart.title, chart.subtitle) + rows
            + wrapped(scale, indented: Self.indentation, to: width).map(style.faint)
    }

    private func course(_ values: [Double?], _ range: ClosedRange<Double>, _ room: Int) -> String {
        let count = min(values.count, room)
        let span = range.upperBound - range.lowerBound
        return String(
            (0..<count).map { place -> Character in
                let position = count > 1 ? place * (values.count - 1) / (count - 1) : 0
                guard let value = values[position], value.isFinite, span.isFinite else { return " " }
                let share = span > 0 ? (value - range.lowerBound) / span : 0
                return Self.heights[min(max(Int(share * 8), 0), 7)]
            })
    }

    /// A chart of ranges: its finding, then a line each.
    func lines(of chart: RangeChart) -> [String] {
        let labels = chart.items.map { PlainText.cut(PlainText.clean($0.label), to: 48) }
        let labelWidth = labels.map(PlainText.width).max() ?? 0
        let texts = chart.items.map { PlainText.clean($0.text) }
        let textWidth = texts.map(PlainText.width).max() ?? 0
        let room = min(max(width - Self.indentation.count - labelWidth - textWidth - 4, 10), 36)
        let rows = chart.items.indices.map { position -> String in
            Self.indentation + PlainText.padded(labels[position], to: labelWidth) + "  "
                + PlainText.rightAligned(texts[position], to: textWidth) + "  "
                + span(chart, chart.items[position], room)
        }
        return title(chart.title, chart.subtitle) + rows
    }

    private func span(_ chart: RangeChart, _ item: RangeItem, _ room: Int) -> String {
        func cell(_ value: Double) -> Int {
            Int((chart.place(of: value) * Double(room - 1)).rounded())
        }
        var cells = [Character](repeating: " ", count: room)
        if let reference = chart.reference { cells[cell(reference)] = "┊" }
        for place in cell(item.low)...cell(item.high) { cells[place] = "━" }
        if let reference = chart.reference, cells[cell(reference)] == "━" { cells[cell(reference)] = "┿" }
        if let middle = item.middle { cells[cell(middle)] = "●" }
        return PlainText.trimmed(String(cells))
    }

    private func title(_ title: String, _ subtitle: String) -> [String] {
        wrapped(title, indented: Self.indentation, to: width).map(style.bold)
            + wrapped(subtitle, indented: Self.indentation, to: width).map(style.faint)
    }
}
