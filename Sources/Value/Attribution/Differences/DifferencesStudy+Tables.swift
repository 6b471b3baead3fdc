internal import Documents

extension DifferencesStudy {
    private var text: StudyText { StudyText(of: [effect.estimate, effect.standardError].compactMap { $0 }) }

    /// The means, the cohorts, the regression and the tests.
    var tables: [Block] { meansTable + cohortTable + [.table(checks)] }

    private var meansTable: [Block] {
        guard let means else { return [] }
        let row = { (name: String, before: Double, after: Double) in
            Row([Cell(name), Cell(text.number(before)), Cell(text.number(after)), Cell(text.number(after - before))])
        }
        return [
            .table(
                Table(
                    "Means",
                    columns: [
                        Column("Who"), Column("Before", .decimal), Column("After", .decimal),
                        Column("Change", .decimal),
                    ],
                    rows: [
                        row("treated", means.treatedBefore, means.treatedAfter),
                        row("controls", means.controlBefore, means.controlAfter),
                    ]))
        ]
    }

    private var cohortTable: [Block] {
        if isSimple { return [] }
        let rows = panel.cohorts.compactMap { cohort -> Row? in
            effects.mean { $0.start == cohort && $0.event >= 0 }.map { mean in
                let found = variance.judged(mean, level: options.level)
                return Row([
                    Cell(panel.labels[cohort]), Cell("\(panel.units(of: cohort).count)"),
                    Cell(text.number(found.estimate)),
                    Cell(text.range(found.interval?.low, found.interval?.high)),
                ])
            }
        }
        return [
            .table(
                Table(
                    "Effect by start",
                    columns: [
                        Column("Start"), Column("Units", .decimal), Column("Effect", .decimal),
                        Column(StudyText.level(options.level)),
                    ], rows: rows))
        ]
    }

    private var checks: Table {
        let rows = [regressionRow, slopeRow, jointRow, permutationRow].compactMap { $0 }
        return Table(
            "Checks", columns: [Column("What"), Column("Figure", .decimal), Column("Judgement")],
            rows: rows.map { Row($0.map { Cell($0) }) })
    }

    private var regressionRow: [String]? {
        regression.map { regression in
            let name = isSimple ? "two-way fixed effects" : "two-way fixed effects (mixes effects: not to be used)"
            let error = "clustered standard error \(text.number(regression.standardError))"
            return [name, text.number(regression.estimate), error]
        }
    }

    private var slopeRow: [String]? {
        (preTrend?.slope).map { slope in
            let figure = StudyText(of: [slope.estimate]).number(slope.estimate)
            return ["trend before, treated less controls", figure, "per step, p \(StudyText.p(slope.p))"]
        }
    }

    private var jointRow: [String]? {
        preTrend?.joint.map { joint in
            let judgement = "F(\(joint.first), \(joint.second)), p \(StudyText.p(joint.p))"
            return ["all effects before are 0", NumberText.fixed(joint.statistic, decimals: 2), judgement]
        }
    }

    private var permutationRow: [String]? {
        permutation.map { ["permutation", "\($0.count)", "groups, p \(StudyText.p($0.p))"] }
    }
}
