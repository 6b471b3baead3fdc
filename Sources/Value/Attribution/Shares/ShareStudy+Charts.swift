internal import Documents

extension ShareStudy {
    var chart: [Block] {
        let items = shares.compactMap { item($0) }
        guard !items.isEmpty else { return [] }
        let isInterval = isIdentified && shares.allSatisfy { $0.interval != nil }
        let what =
            isInterval
            ? "Shapley values with their intervals"
            : isIdentified
                ? "Shapley values, and what a change brings as the last and as the first" : "Bounds of each share"
        let finding = isIdentified ? "The shares sum to the joint effect" : "The data allow wide ranges"
        return [.ranges(RangeChart(finding, subtitle: "\(what), in the value's unit", items: items, reference: 0))]
    }

    private func item(_ share: ChangeShare) -> RangeItem? {
        var ends = share.interval.flatMap { interval in interval.low.flatMap { low in interval.high.map { (low, $0) } }
        }
        if ends == nil, isIdentified { ends = share.lastIn.flatMap { last in share.firstIn.map { (last, $0) } } }
        if ends == nil { ends = share.bounds.map { ($0.lowerBound, $0.upperBound) } }
        guard let (low, high) = ends else { return nil }
        let text = "\(EffectText.number(min(low, high))) to \(EffectText.number(max(low, high)))"
        return RangeItem(share.name, low: low, high: high, middle: share.value, text: text)
    }

    var table: Table {
        let rows = shares.map { share in
            Row([
                Cell(share.name), Cell(EffectText.number(share.value)), Cell(NumberText.percentage(share.share)),
                Cell(EffectText.number(share.standardError)), Cell(EffectText.number(share.lastIn)),
                Cell(EffectText.number(share.firstIn)),
            ])
        }
        let columns =
            [Column("Change")]
            + ["Share", "Of the joint effect, %", "Standard error", "As the last", "As the first"].map {
                Column($0, .decimal)
            }
        return Table(
            "With diminishing returns a share lies between what a change brings as the last and as the first",
            columns: columns, rows: rows)
    }

    var statedBlocks: [Block] {
        guard hasStated else { return [] }
        let bars = shares.map { share in
            Bar(
                share.name, value: (share.stated ?? 0) * 100, valueText: NumberText.percentage(share.stated),
                role: .other)
        }
        let rows = shares.map { share in
            Row([
                Cell(share.name), Cell(NumberText.percentage(share.stated)),
                Cell(EffectText.number(statedValue(share))),
            ])
        }
        return [
            .heading(level: 1, text: "The stated split is an assumption"),
            .bars(BarChart("Stated, not measured", subtitle: "Percent of the joint effect", items: bars)),
            .table(
                Table(
                    "What it would come to",
                    columns: [
                        Column("Change"), Column("Stated, %", .decimal), Column("Of the joint effect", .decimal),
                    ], rows: rows)),
        ]
    }
}
