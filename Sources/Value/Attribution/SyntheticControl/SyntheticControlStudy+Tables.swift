internal import Documents

extension SyntheticControlStudy {
    /// Donors' weights, and those of predictors and times where there are any.
    var weightBlocks: [Block] {
        let positive = heaviest.filter { $0.weight > 0 }.prefix(12)
        let finding = "\(positive.first?.name ?? "Nobody") weighs most"
        let bars = positive.map { Bar($0.name, value: $0.weight, valueText: NumberText.fixed($0.weight, decimals: 3)) }
        var blocks: [Block] = [.bars(BarChart(finding, subtitle: "Weight of each donor", items: Array(bars)))]
        let negative = heaviest.filter { $0.weight < 0 }.reversed().prefix(12)
        if !negative.isEmpty { blocks.append(.table(table("Negative weights", "Donor", Array(negative)))) }
        let predictors = zip(predictorNames, fit.predictorWeights).map { (name: $0, weight: $1) }
        if !predictors.isEmpty { blocks.append(.table(table("Weight of each predictor", "Predictor", predictors))) }
        let times = zip(study.labels, fit.timeWeights).filter { $1 > 1e-9 }.map { (name: $0, weight: $1) }
        if !times.isEmpty { blocks.append(.table(table("Weight of each time before", "Time", times))) }
        return blocks
    }

    private func table(_ caption: String, _ title: String, _ rows: [(name: String, weight: Double)]) -> Table {
        Table(
            caption, columns: [Column(title), Column("Weight", .decimal)],
            rows: rows.map { Row([Cell($0.name), Cell(NumberText.fixed($0.weight, decimals: 4))]) })
    }

    /// Each rule with its rank and p.
    var ruleTable: Table {
        Table(
            placebos.isDrawn
                ? "Placebos in space: drawn groups of donors" : "Placebos in space: each donor as if treated",
            columns: [
                Column("Ranked by"), Column("Units"), Column("Rank", .decimal), Column("Of", .decimal),
                Column("p", .decimal),
            ],
            rows: placebos.rules.map { rule in
                Row([
                    Cell(rule.statisticWords), Cell(rule.limitWords), Cell("\(rule.rank)"), Cell("\(rule.count)"),
                    Cell(StudyText.p(rule.p)),
                ])
            })
    }

    /// Without single donors, with a fake start, and under no effect.
    var robustnessBlocks: [Block] {
        let text = StudyText(of: [fit.meanGap, fit.preRMSPE])
        var rows = robustness.leaveOneOut.map { Row([Cell("without \($0.name)"), Cell(text.number($0.effect))]) }
        if let fake = robustness.inTime {
            rows.append(
                Row([
                    Cell("fake start after \(fake.lastBefore), real data before only"),
                    Cell(text.number(fake.fit.meanGap)),
                ]))
        }
        var blocks: [Block] = [
            .table(Table("The effect otherwise", columns: [Column("Case"), Column("Effect", .decimal)], rows: rows))
        ]
        if let conformal = errors.conformal {
            blocks.append(
                .paragraph(
                    "Conformal p-value of no effect: \(StudyText.p(conformal.sizes)) by sizes of gaps (q = 1), "
                        + "\(StudyText.p(conformal.squares)) by their squares (q = 2). The interval was searched in steps "
                        + "of \(text.number(errors.step))."))
        }
        if let jackknife = errors.jackknife {
            blocks.append(.paragraph("Standard error by jackknife, with weights kept: \(text.number(jackknife))."))
        }
        return blocks
    }
}
