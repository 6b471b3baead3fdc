internal import Documents
internal import Domain

extension AuditReport {
    /// The table that adds up: what was billed, what records explain of it, and what nobody owns.
    var coverageBlocks: [Block] {
        if findings.coverage.isEmpty {
            let hint = Hint(
                "No provider is known, so records cannot be put beside bills: say which column names it "
                    + "(provider: COLUMN), or give a constant (provider: =openai).",
                command: "payback audit FILE --mapping MAP.yaml")
            return [.hint(hint)]
        }
        var table = Table(
            "Bills beside records, US dollars", columns: coverageColumns,
            rows: findings.coverage.map { coverageRow($0) } + leftoverRows, total: coverageTotal)
        table.memo = [untaggedRow]
        return [Block.heading(level: 2, text: "From the bill to the record"), Block.table(table)] + invoiceBlocks
    }

    private var coverageColumns: [Column] {
        [
            Column("Provider"), Column("Bill", priority: 2), Column("Invoice, $", .decimal),
            Column("Explained by records, $", .decimal), Column("Unattributed, $", .decimal),
            Column("Coverage, %", .decimal), Column("Unpriced records", .decimal),
            Column("Unpriced tokens", .decimal, priority: 1),
        ]
    }

    private func coverageRow(_ finding: CoverageFinding) -> Row {
        let unpriced = unpricedOf(finding.provider)
        let mark = self.mark(unpriced)
        var coverage = Cell(NumberText.percentage(finding.rate))
        if finding.rate != nil, finding.unattributed == nil { coverage.mark = AuditMark.inTokens.rawValue }
        var explained = moneyCell(finding.explained)
        if finding.explained == .zero, mark != nil { explained = Cell("unpriced") }
        explained.mark = mark
        return Row([
            Cell(finding.provider), Cell(name(finding.authority)), billCell(finding), explained,
            billedCell(finding.unattributed), coverage, Cell(NumberText.count(unpriced.unpricedRequests)),
            tokenCell(unpriced.unpricedTokens),
        ])
    }

    private func billCell(_ finding: CoverageFinding) -> Cell {
        if finding.currency == "USD" { return billedCell(finding.billed) }
        let amount = NumberText.money(finding.billed, symbol: finding.currency + " ")
        return Cell(amount, exact: finding.billed?.decimalText, mark: AuditMark.currency.rawValue)
    }

    private func billedCell(_ amount: BilledAmount?) -> Cell {
        Cell(NumberText.money(amount, symbol: ""), exact: amount.map { "$" + $0.decimalText })
    }

    private func name(_ authority: ControlAuthority?) -> String {
        switch authority {
        case nil: NumberText.none
        case .usageReport?: "usage report"
        case .costReport?: "cost report"
        case .bill?: "bill"
        case .invoice?: "invoice"
        }
    }

    /// Only what lacks a price is asked of the result.
    private func unpricedOf(_ provider: String?) -> UsageMeasures {
        var sum = UsageMeasures()
        for group in findings.byModel where group.provider == provider { sum += group.measures }
        return sum
    }

    /// Records that no row above compares: of other days than the bills', or without a provider.
    private var leftoverRows: [Row] {
        let explained = findings.coverage.reduce(NanoUSD.zero) { $0 + $1.explained }
        let rest = findings.totals.cost - explained
        let unpriced = unpricedOf(nil)
        if rest == .zero, unpriced.unpricedRequests == 0 { return [] }
        return [
            Row([
                Cell("other days, no provider"), Cell(NumberText.none), Cell(NumberText.none), moneyCell(rest),
                Cell(NumberText.none), Cell(NumberText.none), Cell(NumberText.count(unpriced.unpricedRequests)),
                tokenCell(unpriced.unpricedTokens),
            ])
        ]
    }

    private var coverageTotal: Row {
        let compared = findings.coverage.filter { $0.unattributed != nil }
        let billed = compared.reduce(Int128(0)) { $0 + ($1.billed?.picos ?? 0) }
        let unattributed = compared.reduce(Int128(0)) { $0 + ($1.unattributed?.picos ?? 0) }
        let explained = compared.reduce(NanoUSD.zero) { $0 + $1.explained }
        let rate = billed > 0 ? Double(explained.nanos) * 1000 / Double(billed) : nil
        let isPartial = compared.count < findings.coverage.count || explained != findings.totals.cost
        let hasBill = !compared.isEmpty
        var coverage = Cell(NumberText.percentage(rate))
        if rate != nil, isPartial { coverage.mark = AuditMark.billedOnly.rawValue }
        return Row([
            Cell("Total"), Cell(""), billedCell(hasBill ? BilledAmount(picos: billed) : nil),
            spendCell(findings.totals),
            billedCell(hasBill ? BilledAmount(picos: unattributed) : nil), coverage,
            Cell(NumberText.count(findings.totals.unpricedRequests)), tokenCell(findings.totals.unpricedTokens),
        ])
    }

    private var untaggedRow: Row {
        let untagged = findings.untagged
        return Row([
            Cell("of which untagged"), Cell(""), Cell(""), spendCell(untagged), Cell(""), Cell(""),
            Cell(NumberText.count(untagged.unpricedRequests)), tokenCell(untagged.unpricedTokens),
        ])
    }

    private var invoiceBlocks: [Block] {
        let missing = findings.coverage.filter { $0.billed == nil }.map(\.provider)
        guard let first = missing.first else { return [] }
        let month = findings.period.map { $0.start.monthText } ?? "2026-10"
        let text =
            "No bill is known of \(missing.joined(separator: ", ")), so nobody can say what these records miss. "
            + "Give the invoice's total, for example:"
        return [.hint(Hint(text, command: "payback audit FILE --invoice \(first)=\(month):182340.12"))]
    }
}
