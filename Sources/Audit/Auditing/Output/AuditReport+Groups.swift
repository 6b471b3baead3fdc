internal import Documents
internal import Domain

extension AuditReport {
    /// What spend is grouped by, in the words of the report and of the mapping.
    struct Dimension {
        let name: String
        let hasProvider: Bool
        let hasChart: Bool
    }

    /// Spend by model, by feature and by customer.
    var groupBlocks: [Block] {
        blocks(Dimension(name: "model", hasProvider: true, hasChart: true), findings.byModel)
            + blocks(Dimension(name: "feature", hasProvider: false, hasChart: true), findings.byFeature)
            + blocks(Dimension(name: "customer", hasProvider: false, hasChart: false), findings.byCustomer)
    }

    private func blocks(_ dimension: Dimension, _ groups: [SpendGroup]) -> [Block] {
        let heading = Block.heading(level: 2, text: "By \(dimension.name)")
        guard groups.contains(where: { $0.name != nil }) else {
            let text = "No record names a \(dimension.name): say which column does (\(dimension.name): COLUMN)."
            return [heading, .hint(Hint(text, command: "payback audit FILE --mapping MAP.yaml"))]
        }
        let chart = dimension.hasChart ? chartBlocks(dimension, groups) : []
        return [heading] + chart + [Block.table(table(dimension, groups))]
    }

    // MARK: Table

    private func table(_ dimension: Dimension, _ groups: [SpendGroup]) -> Table {
        // One group more is not worth a row that sums it up.
        let shown = groups.count <= top + 1 ? groups : Array(groups.prefix(top))
        let others = groups.dropFirst(shown.count)
        var rows = shown.map { row($0, label: $0.name ?? "(no \(dimension.name))", dimension) }
        if !others.isEmpty {
            rows.append(row(Self.sum(Array(others)), label: "\(others.count) others", dimension))
        }
        let total = SpendGroup(name: nil, measures: findings.totals, latency: findings.latency)
        return Table(
            "\(basis == .cost ? "Spend" : "Use") by \(dimension.name), US dollars", columns: columns(dimension),
            rows: rows,
            total: row(total, label: "Total", dimension))
    }

    private func columns(_ dimension: Dimension) -> [Column] {
        let title = dimension.name.prefix(1).uppercased() + String(dimension.name.dropFirst())
        return [Column(title)] + (dimension.hasProvider ? [Column("Provider", priority: 1)] : []) + [
            Column("Spend, $", .decimal), Column("Share of \(basisName), %", .decimal), Column("Requests", .decimal),
            Column("Cost per request, $", .decimal), Column("p95 latency, ms", .decimal, priority: 2),
            Column("Tokens", .decimal, priority: 3),
        ]
    }

    private func row(_ group: SpendGroup, label: String, _ dimension: Dimension) -> Row {
        let provider = dimension.hasProvider ? [Cell(group.provider ?? "")] : []
        let numbers = [
            spendCell(group.measures), Cell(NumberText.percentage(share(group.measures))),
            Cell(NumberText.count(group.measures.requests)), unitCostCell(group.measures),
            Cell(NumberText.milliseconds(microseconds: group.latency.quantile(0.95))),
            tokenCell(group.measures.totalTokens),
        ]
        return Row([Cell(label)] + provider + numbers)
    }

    private static func sum(_ groups: [SpendGroup]) -> SpendGroup {
        var sum = SpendGroup(name: nil, measures: UsageMeasures(), latency: LatencyHistogram())
        for group in groups {
            sum.measures += group.measures
            sum.latency.merge(group.latency)
        }
        return sum
    }

    // MARK: Chart

    private static let seriesLimit = 7

    private func chartBlocks(_ dimension: Dimension, _ groups: [SpendGroup]) -> [Block] {
        guard weight(findings.totals) > 0 else { return [] }
        let shown = groups.count <= Self.seriesLimit ? groups : Array(groups.prefix(Self.seriesLimit))
        let others = Array(groups.dropFirst(shown.count))
        var items = shown.map { bar($0, label: $0.name ?? "(no \(dimension.name))", role: role($0, dimension)) }
        if !others.isEmpty { items.append(bar(Self.sum(others), label: "other", role: .other)) }
        let what = basis == .cost ? "Spend by \(dimension.name), $" : "Tokens by \(dimension.name)"
        let colour = dimension.hasProvider ? "; one colour per provider" : ""
        let named = groups.filter { $0.name != nil }
        return [.bars(BarChart(concentration(named, dimension.name), subtitle: what + colour, items: items))]
    }

    private func bar(_ group: SpendGroup, label: String, role: Bar.Role) -> Bar {
        let cost = group.measures.cost
        let isCost = basis == .cost
        return Bar(
            label, value: isCost ? cost.dollars : Double(group.measures.totalTokens),
            valueText: isCost ? spendCell(group.measures).text : NumberText.tokens(group.measures.totalTokens),
            role: role)
    }

    private func role(_ group: SpendGroup, _ dimension: Dimension) -> Bar.Role {
        if group.name == nil { return .other }
        guard dimension.hasProvider else { return .plain }
        var providers: [String?] = []
        for group in findings.byModel where !providers.contains(group.provider) { providers.append(group.provider) }
        return providers.firstIndex(of: group.provider).map { .series($0) } ?? .other
    }

    /// "Two models are 81.0 % of spend": the fewest, up to three, that come to four fifths, or else the first three.
    private func concentration(_ named: [SpendGroup], _ noun: String) -> String {
        var sum = UsageMeasures()
        var count = 0
        for group in named.prefix(3) {
            sum += group.measures
            count += 1
            if let share = self.share(sum), share >= 0.8 { break }
        }
        let words = ["No", "One", "Two", "Three"]
        let subject = "\(words[count]) \(noun)\(count == 1 ? " is" : "s are")"
        return "\(subject) \(NumberText.percent(share(sum))) of \(basisName)"
    }
}
