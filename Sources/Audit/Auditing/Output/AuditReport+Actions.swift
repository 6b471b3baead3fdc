internal import Documents
internal import Domain

extension AuditReport {
    /// The third part of the report.
    var actionBlocks: [Block] {
        [Block.heading(level: 1, text: "What to do")] + planBlocks + failureBlocks + latencyBlocks + diagnosticBlocks
            + [Block.paragraph(closing)]
    }

    // MARK: Plan

    private var planBlocks: [Block] {
        let actions = findings.plan.actions
        if actions.isEmpty {
            let text =
                "Nothing in this input suggests an action: no repeated prompt, no failed call that cost anything."
            return [.paragraph(text)]
        }
        let columns = [Column("Action"), Column("Lever"), Column("At most, $", .decimal)]
        let rows = actions.map { action in
            // An action without a bound in money is worth something else: knowing who spends.
            let bound = action.upperBound > .zero ? moneyCell(action.upperBound) : Cell(NumberText.none)
            return Row([Cell(action.subject), Cell(name(action.lever)), bound], detail: action.advice)
        }
        var table = Table("Actions, the largest upper bound first", columns: columns, rows: rows)
        table.detailTitle = "What could be done"
        let caveat = "Upper bounds over the audited period, not forecasts. They overlap, so they do not add up."
        return [.table(table), .paragraph(caveat)]
    }

    private func name(_ lever: Plan.Lever) -> String {
        switch lever {
        case .exactCache: "answer cache"
        case .promptCaching: "prompt caching"
        case .promptOptimisation: "shorter prompts"
        case .routing: "routing"
        case .semanticCache: "semantic cache"
        case .serviceTier: "service tier"
        case .outputReduction: "shorter answers"
        case .reliability: "reliability"
        case .attribution: "attribution"
        }
    }

    // MARK: Failures and latency

    private var failureBlocks: [Block] {
        let totals = findings.totals
        let heading = Block.heading(level: 2, text: "Failures and retries")
        let kinds = [("failed", totals.failed), ("refused by a limit", totals.refused), ("made again", totals.retries)]
        if kinds.allSatisfy({ $0.1 == 0 }) {
            return [heading, .paragraph("No call failed, was refused or was made again, as far as this input says.")]
        }
        let columns = [Column("Calls that"), Column("Calls", .decimal), Column("Share of calls, %", .decimal)]
        let rows = kinds.map { kind, calls in
            Row([
                Cell(kind), Cell(NumberText.count(calls)),
                Cell(NumberText.percentage(Findings.share(calls, of: totals.calls))),
            ])
        }
        let cost = NanoUSD(nanos: totals.failedCost)
        let share = NumberText.percent(cost.share(of: totals.cost))
        let sentence =
            basis == .cost
            ? "Failed calls and retries cost \(NumberText.money(cost)), \(share) of spend."
            : "What failed calls and retries cost is not known without prices."
        let table = Table("Of \(counted(totals.calls, "call"))", columns: columns, rows: rows)
        return [heading, .table(table), .paragraph(sentence)]
    }

    private var latencyBlocks: [Block] {
        let heading = Block.heading(level: 2, text: "Latency")
        if findings.latency.count == 0, findings.timeToFirstToken.count == 0 {
            let hint = Hint(
                "No durations in this input: give a latency_ms or time_to_first_token_ms column.",
                command: "payback audit FILE --mapping MAP.yaml")
            return [heading, .hint(hint)]
        }
        let columns = [
            Column("Milliseconds"), Column("p50", .decimal), Column("p95", .decimal), Column("p99", .decimal),
            Column("Requests measured", .decimal),
        ]
        let rows = [
            latencyRow("whole answer", findings.latency), latencyRow("first token", findings.timeToFirstToken),
        ]
        return [heading, .table(Table("How long requests take", columns: columns, rows: rows))]
    }

    private func latencyRow(_ label: String, _ histogram: LatencyHistogram) -> Row {
        let quantiles = [0.5, 0.95, 0.99].map { q in
            Cell(
                NumberText.milliseconds(microseconds: histogram.quantile(q)),
                exact: NumberText.duration(microseconds: histogram.quantile(q)))
        }
        return Row([Cell(label)] + quantiles + [Cell(NumberText.count(histogram.count))])
    }

    // MARK: Diagnostics

    private static let diagnosticLimit = 30

    private var diagnosticBlocks: [Block] {
        let heading = Block.heading(level: 2, text: "What was noticed")
        if findings.diagnostics.isEmpty { return [heading, .paragraph("Nothing: every row was read and understood.")] }
        let sorted = findings.diagnostics.enumerated().sorted { a, b in
            (b.element.severity.rawValue, a.offset) < (a.element.severity.rawValue, b.offset)
        }
        let columns = [
            Column("Code", isCode: true), Column("Kind"), Column("Count", .decimal), Column("First in"),
        ]
        let rows = sorted.prefix(Self.diagnosticLimit).map { entry in
            let item = entry.element
            let cells = [
                Cell(item.code), Cell(item.severity.name), Cell(NumberText.count(Int64(item.count))),
                Cell(place(of: item)),
            ]
            return Row(cells, detail: item.message)
        }
        var table = Table("Notes on the input, rejected rows first", columns: columns, rows: rows)
        table.detailTitle = "What it means"
        let left = sorted.count - rows.count
        if left == 0 { return [heading, .table(table)] }
        let more = "\(counted(Int64(left), "more kind")) in the JSON output."
        let hint = Hint(more, command: "payback audit FILE --format json")
        return [heading, .table(table), .hint(hint)]
    }

    /// `usage.csv:12`.
    private func place(of item: Diagnostic) -> String {
        guard let file = item.file else { return NumberText.none }
        return item.line.map { "\(file):\($0)" } ?? file
    }

    private var closing: String {
        let version = findings.priceBookVersion
        let book = version.isEmpty ? "" : "Price book \(version). "
        let error = NumberText.percent(LatencyHistogram.relativeError)
        return book + "Quantiles are off by at most \(error). Sums are exact; money is rounded only for display."
    }
}
