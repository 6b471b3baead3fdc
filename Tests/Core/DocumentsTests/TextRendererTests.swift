import Documents
import Testing

@Suite("Documents as text")
struct TextRendererTests {
    @Test("A small document")
    func smallDocument() {
        let rule = "  " + String(repeating: "─", count: 27)
        let expected = [
            "Audit", "October 2026", "", "Where the money went",
            "  Spend     $12.3k*  exactly $12345.67",
            "  Requests  1,234",
            "",
            "  Spend by model",
            "  Model    Spend, $  Share, %",
            rule,
            "  gpt|5  12,000.50       97.2",
            "      Try a smaller one.",
            "  tiny       <0.01*      <0.1",
            rule,
            "  Total  12,000.50*     100.0",
            "",
            "  One model is 97.2 % of spend",
            "  Spend by model, $",
            "  gpt|5  4.00  " + String(repeating: "█", count: 45),
            "  other  1.00  " + String(repeating: "█", count: 11) + "▌",
            "",
            "  • one", "  • two",
            "",
            "  → No prompts: give a prompt column.",
            "      payback audit FILE --mapping MAP.yaml",
            "",
            "  * Without unpriced records.",
            "",
        ]
        let text = TextRenderer(width: 60, useColour: false).render(SampleDocument.small)
        #expect(text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) == expected)
    }

    @Test("A table that is too wide fits", arguments: [0, 1])
    func wideTable(priority: Int) {
        let numbers = (1...10).map { Column("Column \($0), $", .decimal, priority: priority * $0) }
        let cells = (1...10).map { _ in Cell("1,234,567.89") }
        let name = String(repeating: "template words ", count: 20)
        let table = Table(
            "Wide", columns: [Column("Template")] + numbers, rows: [Row([Cell(name)] + cells, detail: name)])
        let text = TextRenderer(useColour: false).render(SampleDocument.document(.table(table)))
        let widths = text.split(separator: "\n").map(\.count)
        #expect((widths.max() ?? 0) <= 100)
        #expect(text.contains("…"))
        #expect(text.contains("Not shown for want of room"))
        #expect(text.contains("Column 1, $"))
    }

    @Test("Names cannot command the terminal")
    func controlCharacters() {
        let text = TextRenderer(useColour: false).render(
            SampleDocument.document(.paragraph("a\u{1B}[31mb\nc\u{202E}d")))
        #expect(text == "Audit\n\n  a [31mb c d\n")
    }

    @Test("Weight and colour only where they are wanted")
    func colour() {
        let plain = TextRenderer(useColour: false).render(SampleDocument.small)
        let coloured = TextRenderer(useColour: true).render(SampleDocument.small)
        #expect(!plain.contains("\u{1B}"))
        #expect(coloured.hasPrefix("\u{1B}[1mAudit\u{1B}[0m\n"))
    }

    @Test("Wide characters take two cells")
    func wideCharacters() {
        let table = Table(
            "", columns: [Column("Name"), Column("Count", .decimal)],
            rows: [Row([Cell("日本"), Cell("1")]), Row([Cell("abcd"), Cell("10")])])
        let text = TextRenderer(useColour: false).render(SampleDocument.document(.table(table)))
        #expect(text.contains("  日本      1\n  abcd     10\n"))
    }
}
