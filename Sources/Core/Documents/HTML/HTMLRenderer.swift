/// Writes a document as one page that needs nothing else: no script, no font, no picture from elsewhere.
package struct HTMLRenderer: Sendable {
    private let carriesChartData: Bool

    /// Creates a renderer.
    ///
    /// - Parameter carriesChartData: whether charts carry their numbers for a script that draws them anew.
    package init(carriesChartData: Bool = false) { self.carriesChartData = carriesChartData }

    /// The style of pages, for those that are served in parts.
    package static var styleSheet: String { HTMLStyle.sheet }

    /// A text without control characters and marks that turn text around; not escaped.
    package static func clean(_ text: String) -> String { PlainText.clean(text) }

    /// A part of a page.
    package func fragment(_ blocks: [Block], notes: [Note] = []) -> String {
        (blocks.flatMap { lines(of: $0) } + lines(of: notes)).joined(separator: "\n") + "\n"
    }

    /// The document as an HTML page.
    package func render(_ document: Document) -> String {
        var lines = [
            "<!doctype html>", "<html lang=\"en\">", "<head>", "<meta charset=\"utf-8\">",
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">",
            "<meta name=\"color-scheme\" content=\"light dark\">", HTMLText.element("title", document.title),
            "<style>", HTMLStyle.sheet, "</style>", "</head>", "<body>",
        ]
        lines += ["<main>", "<header>", HTMLText.element("h1", document.title)]
        if !document.subtitle.isEmpty { lines.append(HTMLText.element("p", "class=\"soft\"", document.subtitle)) }
        lines.append("</header>")
        lines += document.blocks.flatMap { self.lines(of: $0) }
        lines += self.lines(of: document.notes)
        lines += ["</main>", "</body>", "</html>"]
        return lines.joined(separator: "\n") + "\n"
    }

    private func lines(of block: Block) -> [String] {
        switch block {
        case .heading(let level, let text):
            return [HTMLText.element("h\(min(max(level, 1) + 1, 6))", text)]
        case .paragraph(let text): return [HTMLText.element("p", text)]
        case .figures(let figures): return lines(of: figures)
        case .table(let table): return HTMLTable(table: table).lines
        case .bars(let chart): return lines(of: chart)
        case .lines(let chart): return HTMLLineChart(chart: chart, carriesData: carriesChartData).lines
        case .ranges(let chart): return HTMLRangeChart(chart: chart).lines
        case .list(let items): return ["<ul>"] + items.map { HTMLText.element("li", $0) } + ["</ul>"]
        case .hint(let hint): return lines(of: hint)
        }
    }

    private func lines(of figures: [Figure]) -> [String] {
        let items = figures.map { figure -> String in
            let note = figure.note.map { HTMLText.element("dd", "class=\"soft\"", $0) } ?? ""
            let value = HTMLText.escaped(figure.value) + HTMLText.mark(figure.mark)
            let label = HTMLText.element("dt", figure.label)
            let trend = HTMLSparkline(values: figure.trend).line
            return "<div>\(label)<dd class=\"value\">\(value)\(trend)</dd>\(note)</div>"
        }
        return ["<dl class=\"figures\">"] + items + ["</dl>"]
    }

    private func lines(of hint: Hint) -> [String] {
        let command = hint.command.map { ["<pre><code>" + HTMLText.escaped($0) + "</code></pre>"] } ?? []
        return ["<aside class=\"hint\">", HTMLText.element("p", hint.text)] + command + ["</aside>"]
    }

    private func lines(of notes: [Note]) -> [String] {
        if notes.isEmpty { return [] }
        let texts = notes.map { note -> String in
            "<p>" + HTMLText.mark(note.mark) + (note.mark == nil ? "" : " ") + HTMLText.escaped(note.text) + "</p>"
        }
        return ["<footer>"] + texts + ["</footer>"]
    }

    // MARK: Charts

    /// Bars are drawn row by row, so that labels and numbers stay text of full size on a narrow screen, and the chart is
    /// its own table.
    private func lines(of chart: BarChart) -> [String] {
        let largest = chart.largest
        let numbers = NumberColumn(chart.items.map { PlainText.clean($0.valueText) })
        let rows = chart.items.map { item -> String in
            let number = HTMLTable.number(item.valueText, mark: nil, in: numbers)
            let label = HTMLText.element("th", "scope=\"row\"", item.label)
            return "<tr>\(label)<td class=\"number\">\(number)</td><td>\(bar(item, largest))</td></tr>"
        }
        let title = HTMLText.element("strong", chart.title)
        let subtitle = HTMLText.element("span", "class=\"soft\"", chart.subtitle)
        return ["<table class=\"bars\">", "<caption>" + title + " " + subtitle + "</caption>", "<tbody>"] + rows
            + ["</tbody>", "</table>"]
    }

    private func bar(_ item: Bar, _ largest: Double) -> String {
        let width = NumberText.fixed(item.fraction(of: largest) * 100, decimals: 2)
        return "<svg viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
            + "<rect class=\"\(Self.name(item.role))\" width=\"\(width)\" height=\"10\"/></svg>"
    }

    static func name(_ role: Bar.Role) -> String {
        switch role {
        case .plain: "plain"
        case .series(let number): "series-\(max(number, 0) % HTMLStyle.seriesCount)"
        case .other: "other"
        case .accent: "accent"
        case .attention: "attention"
        case .loss: "loss"
        }
    }
}
