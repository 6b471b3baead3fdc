/// Ranges, row by row, so that labels and numbers stay text of full size on a narrow screen.
struct HTMLRangeChart {
    let chart: RangeChart

    /// The chart's lines of HTML.
    var lines: [String] {
        let title = HTMLText.element("strong", chart.title)
        let subtitle = HTMLText.element("span", "class=\"soft\"", chart.subtitle)
        let rows = chart.items.map { item -> String in
            let label = HTMLText.element("th", "scope=\"row\"", item.label)
            let number = HTMLText.element("td", "class=\"number\"", item.text)
            return "<tr>\(label)\(number)<td>\(picture(item))</td></tr>"
        }
        return ["<table class=\"bars ranges\">", "<caption>\(title) \(subtitle)</caption>", "<tbody>"] + rows
            + ["</tbody>", "</table>"]
    }

    private func picture(_ item: RangeItem) -> String {
        let (low, high) = (place(item.low), place(item.high))
        var parts = "<svg viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
        // Which side of the reference a part lies on is told by its colour.
        if let reference = chart.reference.map(place), low < reference, reference < high {
            parts += rectangle(low, reference, "other") + rectangle(reference, high, "accent")
        } else {
            let isAbove = (chart.reference.map(place) ?? 0) <= low
            parts += rectangle(low, high, isAbove ? "accent" : "other")
        }
        if let reference = chart.reference {
            parts += rectangle(place(reference) - 0.1, place(reference) + 0.1, "plain")
        }
        if let middle = item.middle { parts += rectangle(place(middle) - 0.4, place(middle) + 0.4, "plain") }
        return parts + "</svg>"
    }

    private func place(_ value: Double) -> Double { chart.place(of: value) * 99 + 0.5 }

    private func rectangle(_ from: Double, _ to: Double, _ name: String) -> String {
        let (x, width) = (NumberText.fixed(from, decimals: 2), NumberText.fixed(max(to - from, 0.2), decimals: 2))
        return "<rect class=\"\(name)\" x=\"\(x)\" width=\"\(width)\" height=\"10\"/>"
    }
}
