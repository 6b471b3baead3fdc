internal import Auditing
package import Documents
internal import Domain
internal import Statistics

extension ExecutiveReport {
    /// For people: one page.
    package var document: Document {
        var blocks: [Block] = [.figures(figures)]
        if rows.weeks.count > 1 { blocks.append(.lines(rows.trend)) }
        blocks += bridge.blocks
        blocks += evidence
        blocks += [.heading(level: 1, text: "What to do next")] + next
        return Document(
            title: rows.headline, subtitle: "\(rows.period.name), USD, UTC. Executive report.", blocks: blocks,
            notes: [
                Note("Baseline: what the same requests would have cost as their callers asked for them."),
                Note("Realised: what all calls cost, our own for caches and judges included."),
            ])
    }

    var figures: [Figure] {
        let range = rows.savingInterval.map {
            "\(NumberText.percentage($0.lowerBound))–\(NumberText.percentage($0.upperBound)), from day to day"
        }
        return [
            Figure("Baseline", NumberText.headline(rows.baseline), note: "as asked"),
            Figure("Realised", NumberText.headline(rows.realized), note: rows.before("period")),
            Figure(
                "Saved", NumberText.percent(rows.savingShare), note: range ?? "no interval: fewer than eight days",
                trend: rows.weeklySavings),
            Figure(
                "A request", NumberText.unitCost(costPerRequest),
                note: "\(NumberText.count(rows.totals.requests)) requests"),
            Figure(
                "A customer", costPerCustomer.map { NumberText.headline($0) } ?? NumberText.none,
                note: rows.namedCustomers == 0 ? "no request names one" : "\(rows.namedCustomers) named"),
        ]
    }

    // MARK: Evidence

    private var evidence: [Block] {
        var blocks: [Block] = [.heading(level: 1, text: "How far this can be believed")]
        let billed = coverage.filter { $0.billed != nil }
        if billed.isEmpty {
            blocks.append(
                .hint(
                    Hint(
                        "No invoice to compare with.", command: "payback import bill.csv   (FOCUS, or a provider's own)"
                    )))
        } else {
            blocks.append(.table(Self.table(of: billed)))
        }
        blocks.append(.list(statements))
        return blocks
    }

    private static func table(of coverage: [CoverageFinding]) -> Table {
        Table(
            "Invoices, and what the ledger explains of them",
            columns: [
                Column("Provider"), Column("Billed", .decimal), Column("Currency", priority: 1),
                Column("Explained, USD", .decimal), Column("Coverage, %", .decimal),
            ],
            rows: coverage.map { finding in
                Row([
                    Cell(finding.provider), Cell(NumberText.money(finding.billed, symbol: "")), Cell(finding.currency),
                    Cell(NumberText.money(finding.explained, symbol: "")), Cell(NumberText.percentage(finding.rate)),
                ])
            })
    }

    private var statements: [String] {
        var list: [String] = []
        if rows.totals.unpricedRequests > 0 {
            list.append(
                "Unpriced: \(NumberText.count(rows.totals.unpricedRequests)) requests, \(NumberText.percent(rows.unpricedShare)) of all tokens; they are in no sum."
            )
        } else {
            list.append("Every request has a price.")
        }
        if let holdout, holdout.savingShare != nil {
            list.append(holdout.sentence)
        } else if rows.saving == .zero {
            list.append("No lever acts yet, so baseline and realised are the same.")
        } else if !looksAtHoldout {
            list.append(
                "Only sums were read, so whether requests were held out is not shown; payback report executive of a shorter period looks at each."
            )
        } else if let holdout {
            list.append(holdout.sentence)
        } else {
            list.append("Nothing was held out: the baseline is modelled, not measured.")
        }
        if isRunning {
            list.append("The period is not over: it is compared with a whole one, and its last week is a part.")
        }
        return list
    }

    var next: [Block] {
        if actions.isEmpty { return [.paragraph("Nothing that this ledger suggests.")] }
        return [
            .list(
                actions.map { action in
                    guard let monthly = action.monthly else { return action.advice }
                    return
                        "\(action.advice) \(action.isPredicted ? "Replayed" : "At most"): \(NumberText.headline(monthly)) a month."
                })
        ]
    }
}

extension SpendRows {
    /// The finding, as a sentence.
    var headline: String {
        if totals.calls == 0 { return "No traffic" }
        guard let share = savingShare, saving != .zero else {
            return "\(NumberText.headline(realized)) spent, nothing saved yet"
        }
        return share > 0
            ? "\(NumberText.headline(saving)) saved: \(NumberText.percent(share)) of the baseline"
            : "\(NumberText.headline(NanoUSD.zero - saving)) more than the baseline"
    }

    /// What share of the baseline each week saved, percent; weeks without a baseline are left out, and all where nothing was
    /// saved: a line at zero shows nothing.
    var weeklySavings: [Double] {
        if saving == .zero { return [] }
        return weeks.compactMap { week in
            let baseline = NanoUSD(nanos: week.measures.baseline)
            return (baseline - week.measures.cost).share(of: baseline).map { $0 * 100 }
        }
    }

    /// What the weeks show, as a sentence: from the first to the last whole one.
    var trendFinding: String {
        let whole = weeks.filter { !$0.isPartial }
        guard let first = whole.first?.measures.cost, let last = whole.last?.measures.cost, whole.count > 1,
            let change = (last - first).share(of: first)
        else { return "Baseline and realised, week by week" }
        if abs(change) < 0.05 { return "A week costs about the same from first to last" }
        return
            "A week costs \(NumberText.percent(abs(change))) \(change > 0 ? "more" : "less") at the end than at the start"
    }

    /// Week by week; weeks that lie in the period in part only are marked.
    var trend: LineChart {
        LineChart(
            trendFinding, subtitle: "USD a week from Monday; * a part of a week", axis: "Week",
            points: weeks.map { $0.start.dateText.dropFirst(5) + ($0.isPartial ? "*" : "") },
            series: [
                LineSeries(
                    "Baseline", values: weeks.map { NanoUSD(nanos: $0.measures.baseline).dollars }, role: .other,
                    isDashed: true),
                LineSeries("Realised", values: weeks.map(\.measures.cost.dollars), role: .accent),
            ])
    }
}

extension SpendRows {
    /// What the period before came to, as a note.
    func before(_ what: String) -> String {
        previous.calls == 0 ? "nothing the \(what) before" : "\(NumberText.headline(previous.cost)) the \(what) before"
    }
}

extension SpendBridge {
    /// What changed; without a period before there is nothing to bridge.
    var blocks: [Block] {
        let heading = Block.heading(level: 1, text: "What changed")
        return from > .zero ? [heading, .paragraph(sentence), .table(table)] : [heading, .paragraph(sentence)]
    }

    /// What moved spend most, in a sentence.
    var sentence: String {
        guard from > .zero else { return "There is no spend in the period before to compare with." }
        let change = to - from
        // The largest part that goes the way of the whole.
        let same = parts.filter { ($0.amount >= .zero) == (change >= .zero) }
        let most = same.max { abs($0.amount.nanos) < abs($1.amount.nanos) }
        let word = change >= .zero ? "rose" : "fell"
        let size = NumberText.headline(change >= .zero ? change : NanoUSD.zero - change)
        let share = NumberText.percent(change.share(of: from).map { abs($0) })
        guard let most, most.amount != .zero else { return "Spend did not change." }
        return "Spend \(word) by \(size) (\(share)), most of all through \(most.cause.label)."
    }

    /// The bridge as a table that sums.
    var table: Table {
        let rows = parts.map { part in
            Row([
                Cell(part.cause.label.prefix(1).uppercased() + part.cause.label.dropFirst()),
                Cell(NumberText.money(part.amount, symbol: "")),
            ])
        }
        var table = Table(
            "From the period before to this one", columns: [Column("Cause"), Column("USD", .decimal)],
            rows: [Row([Cell("The period before"), Cell(NumberText.money(from, symbol: ""))])] + rows)
        table.total = Row([Cell("This period"), Cell(NumberText.money(to, symbol: ""))])
        return table
    }
}

extension SpendBridge.Cause {
    var label: String {
        switch self {
        case .volume: "more or fewer requests"
        case .mix: "other models"
        case .tokens: "longer or shorter requests"
        case .cache: "the provider's cache"
        case .price: "price and the rest"
        }
    }
}
