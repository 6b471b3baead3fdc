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
        var rows: [Row] = []
        if let regression {
            let name = isSimple ? "two-way fixed effects" : "two-way fixed effects (mixes effects: not to be used)"
            rows.append(
                Row([
                    Cell(name), Cell(text.number(regression.estimate)),
                    Cell("clustered standard error \(text.number(regression.standardError))"),
                ]))
        }
        if let slope = preTrend?.slope {
            rows.append(
                Row([
                    Cell("trend before, treated less controls"),
                    Cell(StudyText(of: [slope.estimate]).number(slope.estimate)),
                    Cell("per step, p \(StudyText.p(slope.p))"),
                ]))
        }
        if let joint = preTrend?.joint {
            rows.append(
                Row([
                    Cell("all effects before are 0"), Cell(NumberText.fixed(joint.statistic, decimals: 2)),
                    Cell("F(\(joint.first), \(joint.second)), p \(StudyText.p(joint.p))"),
                ]))
        }
        if let permutation {
            rows.append(
                Row([
                    Cell("permutation"), Cell("\(permutation.count)"), Cell("groups, p \(StudyText.p(permutation.p))"),
                ]))
        }
        return Table("Checks", columns: [Column("What"), Column("Figure", .decimal), Column("Judgement")], rows: rows)
    }
}
