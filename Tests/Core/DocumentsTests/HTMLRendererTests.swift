import Documents
import Testing

@Suite("Documents as a page")
struct HTMLRendererTests {
    private let page = HTMLRenderer().render(SampleDocument.small)

    @Test(
        "A page has what a page needs",
        arguments: [
            "<!doctype html>\n<html lang=\"en\">", "<title>Audit</title>", "<h1>Audit</h1>", "width=device-width",
            "prefers-color-scheme: dark", "@media print", "tabular-nums", "ui-monospace",
            "<h2>Where the money went</h2>", "<caption>Spend by model</caption>",
            "<th scope=\"col\" class=\"number\">Spend, $</th>", "<th scope=\"row\">gpt|5</th>",
            "<td class=\"number\" title=\"$12000.5\">12,000.50</td>", "<tr class=\"total\">",
            "<td class=\"number\">&lt;0.01<sup>*</sup></td>",
            "<rect class=\"series-1\" width=\"100.00\" height=\"10\"/>",
            "<rect class=\"other\" width=\"25.00\" height=\"10\"/>", "<li>one</li>",
            "<pre><code>payback audit FILE --mapping MAP.yaml</code></pre>",
            "<p><sup>*</sup> Without unpriced records.</p>",
        ])
    func contents(part: String) {
        #expect(page.contains(part))
    }

    @Test("A page needs nothing else", arguments: ["<script", "http:", "https:", "<link", "@import", "url(", " src="])
    func selfContained(forbidden: String) {
        #expect(!page.contains(forbidden))
    }

    @Test("A customer's name cannot become a script, wherever it stands")
    func escaping() {
        let name = "<script>alert(\"1\")</script>' onload='x"
        let escaped = "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39; onload=&#39;x"
        let table = Table(
            name, columns: [Column(name)], rows: [Row([Cell(name, exact: name, mark: name)], detail: name)])
        let blocks: [Block] = [
            .heading(level: 1, text: name), .paragraph(name), .figures([Figure(name, name, note: name, mark: name)]),
            .table(table), .bars(BarChart(name, subtitle: name, items: [Bar(name, value: 1, valueText: name)])),
            .list([name]), .hint(Hint(name, command: name)),
        ]
        let document = Document(title: name, subtitle: name, blocks: blocks, notes: [Note(name, mark: name)])
        let page = HTMLRenderer().render(document)
        #expect(!page.contains("<script"))
        #expect(!page.contains("' onload"))
        #expect(page.contains("<th scope=\"row\" title=\"\(escaped)\">\(escaped)<sup>\(escaped)</sup></th>"))
    }

    @Test("Decimal points of right-aligned numbers stand below one another")
    func decimalPoints() {
        let table = Table("", columns: [Column("n", .decimal)], rows: [Row([Cell("1.25")]), Row([Cell("3")])])
        let page = HTMLRenderer().render(SampleDocument.document(.table(table)))
        #expect(page.contains("<td class=\"number\">3\u{2008}\u{2007}\u{2007}</td>"))
    }
}
