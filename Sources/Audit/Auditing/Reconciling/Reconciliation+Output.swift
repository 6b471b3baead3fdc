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
                            .init("billed_usd", .amount(provider.billedUSD)),
                            .init("difference_usd", .amount(provider.difference)),
                            .init("coverage_rate", .fraction(coverage.rate)),
                            .init("reported_tokens", .count(coverage.reportedTokens)),
                            .init("explained_tokens", .integer(coverage.explainedTokens)),
                            .init("commitments", .array(provider.commitments.map(\.json))),
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

    /// The causes as a table that sums to the difference.
    private func causes(_ provider: Provider) -> [Block] {
        if provider.findings.isEmpty { return [] }
        var table = Table(
            "Why the bill of \(provider.coverage.provider) and the ledger differ, the dearest first",
            columns: [Column("Cause"), Column("USD", .decimal)],
            rows: provider.findings.map { finding in
                Row(
                    [
                        Cell(finding.cause.label),
                        Cell(finding.amount.map { NumberText.money($0, symbol: "") } ?? NumberText.none),
                    ], detail: finding.detail)
            })
        table.detailTitle = "What, and what to do"
        table.total = provider.difference.map {
            Row([Cell("Billed less explained"), Cell(NumberText.money($0, symbol: ""))])
        }
        return [.heading(level: 2, text: provider.coverage.provider), .table(table)]
            + provider.commitments.map { .table($0.table) }
    }
}

extension Reconciliation.Cause {
    /// For people.
    var label: String {
        switch self {
        case .missingDays: "Days without records"
        case .unbilledDays: "Days not billed yet"
        case .unpriced: "No price"
        case .tokens: "Tokens"
        case .cacheWrites: "Cache writes missing"
        case .cachedAsInput: "Cache recorded as input"
        case .cachedTwice: "Cache counted twice"
        case .reasoning: "Reasoning missing"
        case .usage: "Calls without usage"
        case .recordedPrice: "Price in records"
        case .context: "Long context"
        case .sources: "Sources disagree"
        case .unusedCommitment: "Unused commitment"
        case .duplicates: "Records twice"
        case .tier: "Another tier"
        case .negotiated: "Negotiated price"
        case .price: "Price"
        case .timing: "Time zone"
        case .credit: "Credit"
        case .tax: "Tax"
        case .adjustment: "Adjustment"
        case .commitment: "Commitment"
        case .currency: "Currency"
        case .missingModels: "Models without records"
        case .unexplained: "Not explained"
        }
    }
}
