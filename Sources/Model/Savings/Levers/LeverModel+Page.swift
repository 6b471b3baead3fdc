package import Documents

extension LeverModel {
    /// For programs.
    package var json: JSONOutput {
        let results = LeverResults(self)
        return .object([
            .init("monthly_spend_usd", spend), .init("input_share", inputShare),
            .init("saving_monthly_usd", results.blended * spend), .init("saving_share", results.blended),
            .init("saving_share_low", results.interval?.lowerBound),
            .init("saving_share_high", results.interval?.upperBound),
            .init("saving_share_p50", results.median), .init("interval_level", results.interval.map { _ in 0.8 }),
            .init("published_sum_share", publishedSum),
            .init("saving_share_if_all_spend_is_input", share(base, inputShare: 1)),
            .init("levers", .array(results.rows.map(json))),
            .init(
                "claim",
                claim.map { claim in .object([.init("low", claim.lowerBound), .init("high", claim.upperBound)]) }
                    ?? .null),
            .init("what_would_have_to_be_true", .array(results.requirements.map(json))),
            .init("hit_rate_for_claim", hitRateForClaim.map(json) ?? .null),
            .init("source", .text(source)),
        ])
    }

    private func json(_ row: LeverResults.Row) -> JSONOutput {
        .object([
            .init("lever", .string(row.lever.kind.rawValue)), .init("published_share", row.published),
            .init("alone_monthly_usd", row.alone), .init("saving_monthly_usd", row.inPlan),
            .init("saving_low_usd", row.interval?.lowerBound), .init("saving_high_usd", row.interval?.upperBound),
            .init("implementation_cost_usd", row.lever.implementationCost),
            .init("monthly_cost_usd", row.lever.monthlyCost), .init("payback_months", row.paybackMonths),
            .init("timing", row.timing.json),
        ])
    }

    private func json(_ row: LeverResults.Requirement) -> JSONOutput {
        .object([
            .init("lever", .string(row.lever.rawValue)), .init("parameter", .string(row.parameter)),
            .init("assumed", row.assumed), .init("for_low", row.values.low.value),
            .init("for_low_is", .string(row.values.low.word)), .init("for_high", row.values.high.value),
            .init("for_high_is", .string(row.values.high.word)),
        ])
    }

    private func json(_ row: HitRates) -> JSONOutput {
        .object([
            .init("low", row.stated.low), .init("high", row.stated.high),
            .init("low_if_all_spend_is_input", row.allInput.low),
            .init("high_if_all_spend_is_input", row.allInput.high),
        ])
    }

    /// The sum of the published forms, as a share of the spend; it may pass 1, since each is taken of the whole.
    var publishedSum: Double? {
        let parts = levers.indices.compactMap { published($0) }
        return parts.isEmpty ? nil : parts.reduce(0, +)
    }

    // MARK: For people

    /// For people.
    package var document: Document {
        let results = LeverResults(self)
        var blocks: [Block] = [.figures(figures(results)), .bars(bars(results)), .table(table(results))]
        blocks += explanation
        if claim != nil { blocks += requirements(results) }
        if path.changeAnnual != 0 { blocks += timing(results) }
        return Document(
            title: name ?? "What could be saved",
            subtitle: "\(ProjectionText.headline(spend)) a month, \(NumberText.percent(inputShare)) of it input.",
            blocks: blocks, notes: source.map { [Note("Source: \($0).")] } ?? [])
    }

    private func figures(_ results: LeverResults) -> [Figure] {
        let interval = results.interval.map {
            "as assumed; P10 \(NumberText.percent($0.lowerBound)), P50 \(NumberText.percent(results.median)), P90 \(NumberText.percent($0.upperBound))"
        }
        var figures = [
            Figure(
                "Would be saved", NumberText.percent(results.blended),
                note: interval ?? "no parameter has a range: a point, not a forecast"),
            Figure("A month", ProjectionText.headline(results.blended * spend)),
        ]
        if let publishedSum {
            figures.append(
                Figure(
                    "Added up, as published", NumberText.percent(publishedSum), note: "each lever on the whole spend"))
        }
        return figures
    }

    private func bars(_ results: LeverResults) -> BarChart {
        BarChart(
            "Each lever saves of what the others leave", subtitle: "USD a month, in the order of their return",
            items: results.rows.map { row in
                Bar(
                    row.lever.kind.label, value: max(row.inPlan, 0), valueText: ProjectionText.column(row.inPlan),
                    role: row.inPlan < 0 ? .loss : .accent)
            })
    }

    private func table(_ results: LeverResults) -> Table {
        let rows = results.rows.map { row in
            Row([
                Cell(row.lever.kind.label), Cell(ProjectionText.column(row.alone)),
                Cell(ProjectionText.column(row.inPlan)),
                Cell(
                    row.interval.map {
                        "\(ProjectionText.column($0.lowerBound)) to \(ProjectionText.column($0.upperBound))"
                    } ?? NumberText.none), Cell(ProjectionText.column(row.lever.implementationCost)),
                Cell(row.paybackMonths.map { NumberText.fixed($0, decimals: 1) } ?? "never"),
            ])
        }
        let total = Row([
            Cell("All"), Cell(""), Cell(ProjectionText.column(results.blended * spend)),
            Cell(
                results.interval.map {
                    "\(ProjectionText.column($0.lowerBound * spend)) to \(ProjectionText.column($0.upperBound * spend))"
                } ?? ""), Cell(ProjectionText.column(levers.reduce(0) { $0 + $1.implementationCost })), Cell(""),
        ])
        return Table(
            "In the order of their return",
            columns: [
                Column("Lever"), Column("Alone, USD", .decimal, priority: 1), Column("In the plan, USD", .decimal),
                Column("P10 to P90, USD", .decimal, priority: 2), Column("To build, USD", .decimal),
                Column("Payback, months", .decimal),
            ], rows: rows, total: total)
    }

    private var explanation: [Block] {
        let (asStated, asInput) = (share(base), share(base, inputShare: 1))
        guard publishedSum != nil, asStated != asInput else { return [] }
        return [
            .heading(level: 1, text: "Why it is not the sum"),
            .paragraph(
                "A request that a cache answers is not routed as well, and a routed one pays the small price for its shorter prompt. So levers multiply what is left: \(NumberText.percent(asStated)) here, and \(NumberText.percent(asInput)) if all spend were input, on which shorter prompts act."
            ),
        ]
    }

    private func requirements(_ results: LeverResults) -> [Block] {
        guard let claim else { return [] }
        let rows = results.requirements.map { row in
            Row([
                Cell("\(row.lever.label): \(row.parameter.split(separator: "_").joined(separator: " "))"),
                Cell(NumberText.percentage(row.assumed)),
                Cell(row.values.low.text), Cell(row.values.high.text),
            ])
        }
        return [
            .heading(level: 1, text: "What would have to be true"),
            .paragraph(
                "For the claimed \(NumberText.percent(claim.lowerBound)) to \(NumberText.percent(claim.upperBound)), one of these would have to be, all others as assumed:"
            ),
        ] + hitRateSentence + [
            .table(
                Table(
                    "",
                    columns: [
                        Column("Parameter"), Column("Assumed, %", .decimal), Column("For the low end, %", .decimal),
                        Column("For the high end, %", .decimal),
                    ], rows: rows))
        ]
    }

    private func timing(_ results: LeverResults) -> [Block] {
        [
            .heading(level: 1, text: "Now, or later"),
            .paragraph(
                "With prices moving by \(NumberText.percent(path.changeAnnual)) a year, over \(path.horizonMonths) months:"
            ),
            .list(results.rows.map { "\($0.lever.kind.label): \($0.timing.sentence)" }),
        ]
    }
}

extension LeverResults.Need {
    fileprivate var text: String {
        switch self {
        case .value(let value): NumberText.percentage(value)
        case .nothing: "not needed"
        case .impossible: "not enough"
        }
    }
}
