package import Documents
internal import Domain

extension Reconciliation {
    /// For programs.
    package var json: JSONOutput {
        .object([
            .init(
                "providers",
                .array(
                    providers.map { provider in
                        let coverage = provider.coverage
                        return .object([
                            .init("provider", .string(coverage.provider)), .init("billed", .amount(coverage.billed)),
                            .init("currency", .string(coverage.currency)),
                            .init("explained_usd", .money(coverage.explained)),
                            .init("unattributed", .amount(coverage.unattributed)),
                            .init("coverage_rate", .fraction(coverage.rate)),
                            .init("reported_tokens", .count(coverage.reportedTokens)),
                            .init("explained_tokens", .integer(coverage.explainedTokens)),
                            .init("causes", .array(provider.findings.map(json))),
                        ])
                    }))
        ])
    }

    private func json(_ finding: Finding) -> JSONOutput {
        .object([
            .init("cause", .string(finding.cause.rawValue)), .init("amount_usd", .amount(finding.amount)),
            .init("detail", .string(finding.detail)),
        ])
    }

    /// For people.
    package var document: Document {
        let billed = providers.filter { $0.coverage.billed != nil || $0.coverage.reportedTokens != nil }
        guard !billed.isEmpty else {
            return Document(
                title: "Nothing to reconcile with",
                blocks: [
                    .hint(
                        Hint(
                            "The ledger has no bill and no provider's own totals.",
                            command:
                                "payback import bill.csv   (FOCUS), or payback audit --invoice openai=2026-10:182340.12"
                        ))
                ])
        }
        let rows = billed.map { provider in
            Row([
                Cell(provider.coverage.provider), Cell(NumberText.money(provider.coverage.billed, symbol: "")),
                Cell(provider.coverage.currency), Cell(NumberText.money(provider.coverage.explained, symbol: "")),
                Cell(NumberText.money(provider.coverage.unattributed, symbol: "")),
                Cell(NumberText.percentage(provider.coverage.rate)),
            ])
        }
        let table = Table(
            "Billed, and explained by records",
            columns: [
                Column("Provider"), Column("Billed", .decimal), Column("Currency", priority: 1),
                Column("Explained, USD", .decimal), Column("Unattributed", .decimal), Column("Coverage, %", .decimal),
            ], rows: rows)
        return Document(
            title: "The ledger beside the providers' totals", blocks: [.table(table)] + billed.flatMap(causes))
    }

    private func causes(_ provider: Provider) -> [Block] {
        if provider.findings.isEmpty { return [] }
        return [
            .heading(level: 2, text: provider.coverage.provider),
            .list(
                provider.findings.map { finding in
                    let amount = finding.amount.map { NumberText.money($0) + ": " } ?? ""
                    return amount + finding.detail
                }),
        ]
    }
}
