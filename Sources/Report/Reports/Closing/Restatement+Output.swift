package import Documents
package import Domain

extension Restatement {
    /// For people.
    package var blocks: [Block] {
        let heading = Block.heading(level: 1, text: "Restated since the close of \(closed.closedAt.dateText)")
        guard isChanged else {
            return [heading, .paragraph("Nothing: the figures are as \(closed.closedBy) closed them.")]
        }
        return [heading, .table(table)]
    }

    private var table: Table {
        var table = Table(
            "Closed by \(closed.closedBy)",
            columns: [
                Column("Provider"), Column("Closed, USD", .decimal), Column("Now, USD", .decimal),
                Column("Difference, USD", .decimal), Column("Saved then, USD", .decimal, priority: 1),
                Column("Saved now, USD", .decimal, priority: 1), Column("Why", priority: 2),
            ], rows: rows.map { tableRow($0, reasons($0).joined(separator: "; ")) })
        table.total = tableRow(total, "")
        return table
    }

    private func tableRow(_ row: Row, _ why: String) -> Documents.Row {
        Documents.Row([
            Cell(row.name), Cell(NumberText.money(row.closed.realized, symbol: "")),
            Cell(NumberText.money(row.now.realized, symbol: "")), Cell(NumberText.money(row.difference, symbol: "")),
            Cell(NumberText.money(row.closed.baseline - row.closed.realized, symbol: "")),
            Cell(NumberText.money(row.now.baseline - row.now.realized, symbol: "")), Cell(why),
        ])
    }

    /// For programs.
    package var json: JSONOutput {
        [
            "closed_at": .string(closed.closedAt.rfc3339), "closed_by": .string(closed.closedBy),
            "price_book_at_close": .string(closed.priceBook), "price_book_now": .string(priceBook),
            "is_changed": .bool(isChanged), "total": json(total, []),
            "providers": .array(rows.map { json($0, reasons($0)) }),
        ]
    }

    private func json(_ row: Row, _ reasons: [String]) -> JSONOutput {
        [
            "provider": .string(row.name), "closed_baseline_usd": .money(row.closed.baseline),
            "closed_realized_usd": .money(row.closed.realized), "baseline_usd": .money(row.now.baseline),
            "realized_usd": .money(row.now.realized), "difference_usd": .money(row.difference),
            "records_added": .integer(row.callsAdded), "reasons": .array(reasons.map { .string($0) }),
        ]
    }
}

extension ClosedMonth {
    /// For programs.
    package var json: JSONOutput {
        [
            "month": .string(Timestamp.startOfMonth(month).monthText),
            "closed_at": .string(closedAt.rfc3339), "closed_by": .string(closedBy),
            "price_book": .string(priceBook), "baseline_usd": .money(baseline), "realized_usd": .money(realized),
            "saving_usd": .money(saving),
            "providers": .array(
                providers.map { provider in
                    [
                        "provider": .string(provider.name), "baseline_usd": .money(provider.baseline),
                        "realized_usd": .money(provider.realized), "records": .integer(provider.calls),
                        "records_unpriced": .integer(provider.unpriced),
                    ]
                }),
        ]
    }
}
