package import Documents
package import Domain
package import Ledger

extension SpendSlice {
    /// For programs.
    package var json: JSONOutput {
        [
            "period": period.json, "by": .string(dimension.rawValue),
            "filter": .object(
                filter.map { JSONOutput.Member($0.key.rawValue, .text($0.value)) }.sorted { $0.key < $1.key }),
            "total_usd": .money(total.cost), "requests": .integer(total.requests),
            "rows": .array(rows.map { Self.json($0.name, $0.measures) }),
            "days": .array(
                days.map { day in
                    [
                        "day": .string(day.start.dateText), "cost_usd": .money(day.measures.cost),
                        "baseline_usd": .money(NanoUSD(nanos: day.measures.baseline)),
                        "requests": .integer(day.measures.requests),
                    ]
                }),
        ]
    }

    private static func json(_ name: String?, _ sums: UsageMeasures) -> JSONOutput {
        [
            "value": .text(name), "cost_usd": .money(sums.cost), "requests": .integer(sums.requests),
            "baseline_usd": .money(NanoUSD(nanos: sums.baseline)), "input_tokens": .integer(sums.totalInput),
            "cache_read_tokens": .integer(sums.cacheRead), "output_tokens": .integer(sums.output),
            "failed_requests": .integer(sums.failed), "unpriced_requests": .integer(sums.unpricedRequests),
        ]
    }

    /// For a page.
    ///
    /// - Parameters:
    ///   - value: where a value leads.
    ///   - day: where a day leads.
    package func blocks(linking value: (String?) -> String, day: (Timestamp) -> String) -> [Block] {
        if rows.isEmpty {
            let advice = filter.isEmpty ? "Point a client at the gateway, or import a file." : "Take a filter away."
            return [
                .hint(
                    Hint(
                        "Nothing of \(period.name) is like that. \(advice)",
                        command: filter.isEmpty ? "payback import usage.jsonl" : nil))
            ]
        }
        return [.lines(trend), .table(table(value)), .table(dayTable(day))]
    }

    private var trend: LineChart {
        LineChart(
            finding, subtitle: "USD a day, UTC; dashed: as the callers asked", axis: "Day",
            points: days.map { String($0.start.dateText.dropFirst(5)) },
            series: [
                LineSeries(
                    "Baseline", values: days.map { NanoUSD(nanos: $0.measures.baseline).dollars }, role: .other,
                    isDashed: true),
                LineSeries("Realised", values: days.map(\.measures.cost.dollars), role: .accent),
            ])
    }

    /// What the dearest come to, as a sentence.
    private var finding: String {
        guard let first = rows.first, total.cost > .zero else { return "Spend, day by day" }
        let share = NumberText.percent(first.measures.cost.share(of: total.cost))
        return rows.count == 1
            ? "\(NumberText.headline(total.cost)) in \(period.name)"
            : "\(first.name ?? "What names none") is \(share) of \(NumberText.headline(total.cost))"
    }

    private func table(_ link: (String?) -> String) -> Table {
        var table = Table(
            "By \(dimension.label)",
            columns: [
                Column(dimension.label.prefix(1).uppercased() + dimension.label.dropFirst()), Column("USD", .decimal),
                Column("Share, %", .decimal), Column("Requests", .decimal, priority: 1),
                Column("USD a request", .decimal, priority: 2), Column("Input tokens", .decimal, priority: 3),
                Column("of it cached, %", .decimal, priority: 4), Column("Output tokens", .decimal, priority: 3),
            ],
            rows: rows.prefix(Self.mostRows).map { row($0.name ?? "none named", $0.measures, link($0.name)) })
        let rest = rows.dropFirst(Self.mostRows)
        if !rest.isEmpty {
            let sums = rest.reduce(into: UsageMeasures()) { $0 += $1.measures }
            table.rows.append(row("\(rest.count) others", sums, nil))
        }
        table.total = row("All", total, nil)
        return table
    }

    /// A page shows so many values; the API has them all.
    private static let mostRows = 100

    /// The cost; what has no price is never zero.
    private func cost(of sums: UsageMeasures) -> Cell {
        if sums.cost == .zero, sums.unpricedRequests > 0 { return Cell("unpriced") }
        return Cell(
            NumberText.money(sums.cost, symbol: ""),
            exact: sums.cost.decimalText
                + (sums.unpricedRequests > 0 ? ", without \(sums.unpricedRequests) calls that have no price" : ""),
            mark: sums.unpricedRequests > 0 ? "*" : nil)
    }

    private func row(_ name: String, _ sums: UsageMeasures, _ link: String?) -> Row {
        let cached = sums.totalInput > 0 ? Double(sums.cacheRead) / Double(sums.totalInput) : nil
        return Row([
            Cell(name, link: link), cost(of: sums),
            Cell(NumberText.percentage(sums.cost.share(of: total.cost))), Cell(NumberText.count(sums.requests)),
            Cell(NumberText.unitCost(sums.cost.divided(by: sums.requests), symbol: "")),
            Cell(NumberText.tokens(sums.totalInput)), Cell(NumberText.percentage(cached)),
            Cell(NumberText.tokens(sums.output)),
        ])
    }

    private func dayTable(_ link: (Timestamp) -> String) -> Table {
        Table(
            "By day; a day leads to its requests",
            columns: [
                Column("Day"), Column("USD", .decimal), Column("Requests", .decimal),
                Column("Failed", .decimal, priority: 1),
                Column("Saved, %", .decimal, priority: 1),
            ],
            rows: days.reversed().map { day in
                let (baseline, cost) = (NanoUSD(nanos: day.measures.baseline), day.measures.cost)
                return Row([
                    Cell(day.start.dateText, link: link(day.start)), Cell(NumberText.money(cost, symbol: "")),
                    Cell(NumberText.count(day.measures.requests)), Cell(NumberText.count(day.measures.failed)),
                    Cell(NumberText.percentage((baseline - cost).share(of: baseline))),
                ])
            })
    }
}

extension LedgerDimension {
    /// What it is called.
    package var label: String {
        switch self {
        case .serviceTier: "service tier"
        case .credential: "key"
        case .action: "lever"
        default: rawValue
        }
    }
}
