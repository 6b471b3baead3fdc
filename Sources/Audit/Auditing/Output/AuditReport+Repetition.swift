internal import Documents
internal import Domain

extension AuditReport {
    /// The second part of the report.
    var repetitionBlocks: [Block] {
        [Block.heading(level: 1, text: "What repeats")] + duplicateBlocks + promptBlocks + prefixBlocks
    }

    private static let mapping = "payback audit FILE --mapping MAP.yaml"

    // MARK: Whole prompts

    private var duplicateBlocks: [Block] {
        let found = findings.duplicates
        guard found.requestsWithPrompt > 0 else {
            let text = "No prompts in this input: give a prompt or prompt_hash column."
            return [.hint(Hint(text, command: Self.mapping))]
        }
        let columns = [
            Column("Prompts that repeat"), Column("Requests with a prompt", .decimal), Column("Repeats", .decimal),
            Column("Share of requests, %", .decimal), Column("Cost of the repeats, $", .decimal),
        ]
        var rows = [
            duplicateRow("byte for byte", found.duplicateRequests, found.rate, found.duplicateCost)
        ]
        var hints: [Block] = []
        if let requests = found.normalisedRequests, let cost = found.normalisedCost {
            rows.append(duplicateRow("ignoring case and white space", requests, found.normalisedRate, cost))
        } else {
            let text =
                "Prompt texts are not in this input, so repeats that differ in case or white space are not known: "
                + "give a prompt column."
            hints.append(.hint(Hint(text, command: Self.mapping)))
        }
        let distinct = counted(Int64(found.distinctPrompts), "different prompt")
        let table = Table("Repeated prompts among \(distinct)", columns: columns, rows: rows)
        return [Block.heading(level: 2, text: "Whole prompts"), Block.table(table)] + hints
    }

    private func duplicateRow(_ label: String, _ requests: Int64, _ rate: Double?, _ cost: NanoUSD) -> Row {
        Row([
            Cell(label), Cell(NumberText.count(findings.duplicates.requestsWithPrompt)),
            Cell(NumberText.count(requests)),
            Cell(NumberText.percentage(rate)), sumCell(cost),
        ])
    }

    /// A sum whose unpriced part is not known by itself: it is marked where anything has no price.
    private func sumCell(_ cost: NanoUSD) -> Cell {
        let mark = self.mark(findings.totals)
        if cost == .zero, basis == .tokens, mark != nil { return Cell("unpriced", mark: mark) }
        var cell = moneyCell(cost)
        cell.mark = mark
        return cell
    }

    private var promptBlocks: [Block] {
        let prompts = findings.topPrompts.prefix(top)
        if prompts.isEmpty { return [] }
        let columns = [
            Column("Prompt", isCode: true), Column("Requests", .decimal), Column("Spend, $", .decimal),
            Column("Share of spend, %", .decimal), Column("Cost per request, $", .decimal),
        ]
        let rows = prompts.map { prompt in
            Row([
                Cell(prompt.promptHash), Cell(NumberText.count(prompt.requests)), sumCell(prompt.cost),
                Cell(NumberText.percentage(prompt.cost.share(of: findings.totals.cost))),
                basis == .cost
                    ? Cell(NumberText.unitCost(prompt.cost.divided(by: prompt.requests), symbol: ""))
                    : Cell(NumberText.none),
            ])
        }
        return [.table(Table("Dearest prompts", columns: columns, rows: rows))]
    }

    // MARK: Beginnings of prompts

    private var prefixBlocks: [Block] {
        let heading = Block.heading(level: 2, text: "Beginnings of prompts")
        let totals = findings.totals
        let read = Findings.share(totals.cacheRead, of: totals.totalInput)
        let known = findings.prefixReuse.filter { $0.inputTokens > 0 }
        if known.isEmpty {
            let text =
                "What a provider's prompt cache could read is not known: give a prompt or prefix_hashes column. "
                + "Read from caches so far: \(NumberText.percent(read)) of input tokens."
            return [heading, .hint(Hint(text, command: Self.mapping))]
        }
        let columns = [
            Column("Kept in the cache for"), Column("Input tokens", .decimal), Column("Readable tokens", .decimal),
            Column("Share of input, %", .decimal),
        ]
        let rows = known.map { prefixRow(timeToLive($0.timeToLive), $0.inputTokens, $0.reusableTokens, $0.rate) }
        var table = Table("What a prompt cache could read, beside what is read", columns: columns, rows: rows)
        table.memo = [prefixRow("actually read, all input", totals.totalInput, totals.cacheRead, read)]
        return [heading, .table(table)]
    }

    private func prefixRow(_ label: String, _ input: Int64, _ tokens: Int64, _ rate: Double?) -> Row {
        Row([Cell(label), tokenCell(input), tokenCell(tokens), Cell(NumberText.percentage(rate))])
    }

    private func timeToLive(_ seconds: Int?) -> String {
        guard let seconds else { return "unlimited" }
        if seconds >= 3600, seconds % 3600 == 0 { return counted(Int64(seconds / 3600), "hour") }
        if seconds >= 60, seconds % 60 == 0 { return counted(Int64(seconds / 60), "minute") }
        return counted(Int64(seconds), "second")
    }
}
