import Documents

/// A document with one of everything.
enum SampleDocument {
    static let small = Document(
        title: "Audit", subtitle: "October 2026",
        blocks: [
            .heading(level: 1, text: "Where the money went"), .figures(figures), .table(table), .bars(chart),
            .list(["one", "two"]),
            .hint(Hint("No prompts: give a prompt column.", command: "payback audit FILE --mapping MAP.yaml")),
        ],
        notes: [Note("Without unpriced records.", mark: "*")])

    static let figures = [
        Figure("Spend", "$12.3k", note: "exactly $12345.67", mark: "*"), Figure("Requests", "1,234"),
    ]

    static let table = Table(
        "Spend by model",
        columns: [Column("Model"), Column("Spend, $", .decimal), Column("Share, %", .decimal)],
        rows: [
            Row([Cell("gpt|5"), Cell("12,000.50", exact: "$12000.5"), Cell("97.2")], detail: "Try a smaller one."),
            Row([Cell("tiny"), Cell("<0.01", mark: "*"), Cell("<0.1")]),
        ],
        total: Row([Cell("Total"), Cell("12,000.50", mark: "*"), Cell("100.0")]))

    static let chart = BarChart(
        "One model is 97.2 % of spend", subtitle: "Spend by model, $",
        items: [
            Bar("gpt|5", value: 4, valueText: "4.00", role: .series(1)),
            Bar("other", value: 1, valueText: "1.00", role: .other),
        ])

    /// A document of one block.
    static func document(_ block: Block) -> Document { Document(title: "Audit", blocks: [block]) }
}
