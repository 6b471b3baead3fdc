package import Documents
internal import Domain

extension ShareStudy {
    /// What shares add for programs.
    package var details: [JSONOutput.Member] {
        [
            .init("joint_effect", .fraction(effect.estimate)), .init("identified", .bool(isIdentified)),
            .init("missing_coalitions", .array(missing.map { .string($0) })),
            .init("shares", .array(shares.map { json($0) })),
        ]
    }

    private func json(_ share: ChangeShare) -> JSONOutput {
        .object([
            .init("name", .string(share.name)), .init("value", .fraction(share.value)),
            .init("standard_error", .fraction(share.standardError)), .init("interval", share.interval?.json ?? .null),
            .init("share", .fraction(share.share)), .init("share_standard_error", .fraction(share.shareStandardError)),
            .init("first_in", .fraction(share.firstIn)), .init("last_in", .fraction(share.lastIn)),
            .init("low", .fraction(isIdentified ? share.interval?.low : share.bounds?.lowerBound)),
            .init("high", .fraction(isIdentified ? share.interval?.high : share.bounds?.upperBound)),
            .init("stated_share", .fraction(share.stated)), .init("stated_value", .fraction(statedValue(share))),
        ])
    }

    private func statedValue(_ share: ChangeShare) -> Double? {
        share.stated.flatMap { stated in effect.estimate.map { $0 * stated } }
    }

    /// The shares for people: the finding as title, or that there is none.
    package var document: Document {
        Document(
            title: title, subtitle: "\(values.players.count) changes: \(StudyText.list(values.players)).",
            blocks: effect.warnings.map { .hint(Hint($0)) } + [.figures(figures)] + chart + [.table(table)]
                + statedBlocks + [
                    .heading(level: 1, text: "What has to hold"), .list(effect.assumptions),
                    .heading(level: 1, text: "What this cannot rule out"),
                    .list([
                        "Another change at the same time that is none of those named.",
                        "That shares would be different in another order of introduction: a Shapley value is the average over "
                            + "all orders, which is fair, but no order that ever was.",
                    ]),
                ],
            notes: [Note("Evidence: \(effect.grade.label).")])
    }

    private var title: String {
        guard isIdentified else { return "How much each change contributed is not identified" }
        let first = shares.max { ($0.value ?? 0) < ($1.value ?? 0) }
        guard let first, let value = first.value else { return "Shares" }
        let part = first.share.map { " (\(NumberText.percent($0)))" } ?? ""
        return "\(first.name) contributed the most: \(StudyText.number(value)) of \(StudyText.number(effect.estimate))\(part)"
    }

    private var figures: [Figure] {
        let level = effect.interval.map { StudyText.level($0.level) + " interval " + StudyText.interval($0) }
        return [Figure("Joint effect", StudyText.number(effect.estimate), note: level)]
            + shares.map { share in
                isIdentified
                    ? Figure(
                        share.name, StudyText.number(share.value),
                        note: [NumberText.percent(share.share), share.interval.map { StudyText.interval($0) }]
                            .compactMap { $0 }.joined(separator: ", "))
                    : Figure(share.name, NumberText.none, note: bounds(share))
            }
    }

    private func bounds(_ share: ChangeShare) -> String {
        share.bounds.map { "\(StudyText.number($0.lowerBound)) to \(StudyText.number($0.upperBound)) if none does harm" }
            ?? "no bounds"
    }

    private var chart: [Block] {
        let items = shares.compactMap { item($0) }
        guard !items.isEmpty else { return [] }
        let isInterval = isIdentified && shares.allSatisfy { $0.interval != nil }
        let what =
            isInterval
            ? "Shapley values with their intervals"
            : isIdentified ? "Shapley values, and what a change brings as the last and as the first" : "Bounds of each share"
        let finding = isIdentified ? "The shares sum to the joint effect" : "The data allow wide ranges"
        return [.ranges(RangeChart(finding, subtitle: "\(what), in the value's unit", items: items, reference: 0))]
    }

    private func item(_ share: ChangeShare) -> RangeItem? {
        var ends = share.interval.flatMap { interval in interval.low.flatMap { low in interval.high.map { (low, $0) } } }
        if ends == nil, isIdentified { ends = share.lastIn.flatMap { last in share.firstIn.map { (last, $0) } } }
        if ends == nil { ends = share.bounds.map { ($0.lowerBound, $0.upperBound) } }
        guard let (low, high) = ends else { return nil }
        let text = "\(StudyText.number(min(low, high))) to \(StudyText.number(max(low, high)))"
        return RangeItem(share.name, low: low, high: high, middle: share.value, text: text)
    }

    private var table: Table {
        let rows = shares.map { share in
            Row([
                Cell(share.name), Cell(StudyText.number(share.value)), Cell(NumberText.percentage(share.share)),
                Cell(StudyText.number(share.standardError)), Cell(StudyText.number(share.lastIn)),
                Cell(StudyText.number(share.firstIn)),
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

    private var statedBlocks: [Block] {
        guard hasStated else { return [] }
        let bars = shares.map { share in
            Bar(
                share.name, value: (share.stated ?? 0) * 100, valueText: NumberText.percentage(share.stated), role: .other)
        }
        let rows = shares.map { share in
            Row([
                Cell(share.name), Cell(NumberText.percentage(share.stated)), Cell(StudyText.number(statedValue(share))),
            ])
        }
        return [
            .heading(level: 1, text: "The stated split is an assumption"),
            .bars(BarChart("Stated, not measured", subtitle: "Percent of the joint effect", items: bars)),
            .table(
                Table(
                    "What it would come to", columns: [
                        Column("Change"), Column("Stated, %", .decimal), Column("Of the joint effect", .decimal),
                    ], rows: rows)),
        ]
    }
}
