internal import Documents
internal import Domain

extension AuditReport {
    private var nothingFound: Hint {
        if findings.controlTotals.isEmpty {
            return Hint(
                "No record of usage was found. Name the format of the input, or say which column is what.",
                command: "payback audit FILE --mapping MAP.yaml")
        }
        return Hint(
            "These are bills, which records are compared with and never added to. Give the records beside them.",
            command: "payback audit BILL.csv USAGE.jsonl")
    }

    /// The first part of the report.
    var spendBlocks: [Block] {
        let heading = Block.heading(level: 1, text: "Where the money went")
        guard findings.totals.calls > 0 else {
            return [heading, .hint(nothingFound)] + coverageBlocks + controlBlocks
        }
        return [heading, .figures(figures)] + priceBlocks + coverageBlocks + templateBlocks + groupBlocks
            + controlBlocks
    }

    private var figures: [Figure] {
        let totals = findings.totals
        var figures = [spendFigure]
        let calls =
            totals.calls == totals.requests
            ? nil
            : "\(counted(totals.calls, "call")) with retries, shadows and judges"
        figures.append(Figure("Requests", NumberText.count(totals.requests), note: calls))
        let unit = basis == .cost ? totals.cost.divided(by: totals.requests) : nil
        figures.append(
            Figure(
                "Cost per request", NumberText.unitCost(unit), mark: unit == nil ? nil : mark(totals)))
        figures.append(
            Figure(
                "Tokens", NumberText.tokens(totals.totalTokens),
                note: "\(NumberText.tokens(totals.totalInput)) in, \(NumberText.tokens(totals.output)) out"))
        figures.append(unpricedFigure)
        figures.append(untaggedFigure)
        figures.append(Figure("Period", period ?? NumberText.none))
        return figures
    }

    private var spendFigure: Figure {
        let totals = findings.totals
        if totals.cost == .zero, totals.unpricedRequests > 0 {
            return Figure("Spend", "not known", note: "no record has a price", mark: mark(totals))
        }
        let kinds = [
            (totals.billed, "stated by the provider"), (totals.reported, "stated by the exporting tool"),
            (totals.priced, "by the price book"),
        ]
        let known = kinds.filter { $0.0 != 0 }.map { NumberText.money(NanoUSD(nanos: $0.0)) + " " + $0.1 }
        let exact = "exactly $" + totals.cost.decimalText
        return Figure(
            "Spend", NumberText.headline(totals.cost), note: ([exact] + known).joined(separator: "; "),
            mark: mark(totals))
    }

    private var unpricedFigure: Figure {
        let totals = findings.totals
        let share = NumberText.percent(Findings.share(totals.unpricedTokens, of: totals.totalTokens))
        let note = "\(share) of tokens (\(NumberText.tokens(totals.unpricedTokens)))"
        return Figure("Unpriced records", NumberText.count(totals.unpricedRequests), note: note)
    }

    private var untaggedFigure: Figure {
        let untagged = findings.untagged
        let cost = basis == .cost ? NumberText.money(untagged.cost) + " in " : ""
        return Figure(
            "Untagged", NumberText.percent(share(untagged)),
            note: "of \(basisName): \(cost)\(counted(untagged.calls, "call")) that name neither customer nor feature")
    }

    /// What to do about records without a price.
    private var priceBlocks: [Block] {
        let totals = findings.totals
        let command = "payback audit FILE --prices PRICES.json"
        if basis == .tokens {
            let text =
                totals.unpricedRequests == 0
                ? "All records cost nothing, so shares and order are by tokens."
                : "No record has a price, so shares and order are by tokens. Say which column names the model "
                    + "(model: COLUMN in a file for --mapping), or give prices of your own."
            return [.hint(Hint(text, command: command))]
        }
        if totals.unpricedRequests == 0 { return [] }
        let share = NumberText.percent(Findings.share(totals.unpricedTokens, of: totals.totalTokens))
        let text =
            "\(counted(totals.unpricedRequests, "record")) with \(share) of all tokens have no price and are missing "
            + "from every sum marked \(AuditMark.unpriced.rawValue). Give prices for their models."
        return [.hint(Hint(text, command: command))]
    }

    /// Bills as they are, where there are any.
    private var controlBlocks: [Block] {
        if findings.controlTotals.isEmpty { return [] }
        let columns = [
            Column("Source"), Column("Provider"), Column("Service", priority: 1), Column("AI", priority: 2),
            Column("Rows", .decimal), Column("Billed", .decimal), Column("Effective", .decimal, priority: 3),
            Column("List", .decimal, priority: 4), Column("Currency"),
        ]
        let rows = findings.controlTotals.map { total in
            Row([
                Cell(total.source), Cell(total.provider), Cell(total.service ?? NumberText.none),
                Cell(total.isAI ? "yes" : "no"), Cell(NumberText.count(Int64(total.rows))), amountCell(total.billed),
                amountCell(total.effective), amountCell(total.list), Cell(total.currency),
            ])
        }
        let table = Table("Control totals, summed", columns: columns, rows: rows)
        return [.heading(level: 2, text: "Bills as they are"), .table(table)]
    }

    private func amountCell(_ amount: BilledAmount) -> Cell {
        Cell(NumberText.money(amount, symbol: ""), exact: amount.decimalText)
    }
}
