internal import Documents
internal import Domain

extension CommitmentUse {
    /// For programs.
    var json: JSONOutput {
        .object([
            .init("models", .array(models.map { .string($0) })), .init("billed_usd", .money(billed)),
            .init("effective_usd", .money(effective)), .init("used_usd", .money(used)),
            .init("unused_usd", .money(unused)), .init("list_usd", .money(list)),
            .init("basis", .string(isStated ? "bill" : "list_price")),
            .init(
                "shares",
                .array(
                    shares.map { share in
                        .object([
                            .init("name", .text(share.name)), .init("tokens", .integer(share.tokens)),
                            .init("list_usd", .money(share.list)), .init("cost_usd", .money(share.cost)),
                        ])
                    })),
        ])
    }

    /// For people: who used it, and what nobody did.
    var table: Table {
        let name = models.isEmpty ? "any model" : models.joined(separator: ", ")
        var rows = shares.map { share in
            Row([
                Cell(share.name ?? "nobody"), Cell(NumberText.count(share.tokens)),
                Cell(NumberText.money(share.list, symbol: "")), Cell(NumberText.money(share.cost, symbol: "")),
            ])
        }
        if unused != .zero {
            rows.append(
                Row([Cell("Unused commitment"), Cell(""), Cell(""), Cell(NumberText.money(unused, symbol: ""))]))
        }
        var table = Table(
            "Commitment of \(provider) for \(name): \(NumberText.money(billed)) billed, spread over tokens by their list price",
            columns: [
                Column("Used by"), Column("Tokens", .decimal, priority: 1), Column("At list, USD", .decimal),
                Column("Effective, USD", .decimal),
            ], rows: rows)
        table.total = Row([
            Cell("All"), Cell(""), Cell(NumberText.money(list, symbol: "")),
            Cell(NumberText.money(effective, symbol: "")),
        ])
        return table
    }
}
