internal import Documents
internal import Statistics

extension ABTest {
    var tables: [Block] { [.table(armTable)] + (comparisons.count > 1 ? [.table(comparisonTable)] : []) }

    private var armTable: Table {
        let arms = [primary.control] + comparisons.filter { $0.metric == primary.metric }.map(\.treated)
        let rows = arms.map { arm -> Row in
            Row([
                Cell(arm.name), Cell(NumberText.count(Int64(arm.count))), Cell(text.mean(arm.found)),
                Cell(EffectText.number(arm.deviation)), Cell(text.mean(arm.adjusted)),
            ])
        }
        let columns =
            [Column("Arm")]
            + ["Units", primary.test == .quantile ? "Quantile" : "Mean", "Standard deviation", "Adjusted"].map {
                Column($0, .decimal)
            }
        return Table(primary.metric, columns: columns, rows: rows)
    }

    private var comparisonTable: Table {
        let rows = comparisons.map { comparison -> Row in
            let text = MetricText(comparison)
            return Row([
                Cell(comparison.metric), Cell(comparison.treated.name), Cell(text.number(comparison.estimate)),
                Cell(EffectText.interval(comparison.interval, text.number)),
                Cell(NumberText.percentage(comparison.relative?.estimate)), Cell(EffectText.pValue(comparison.pValue)),
                Cell(EffectText.pValue(comparison.adjustedP?.holm)),
                Cell(EffectText.pValue(comparison.adjustedP?.benjaminiHochberg)),
            ])
        }
        let columns =
            [Column("Metric"), Column("Arm")]
            + ["Effect", "Interval", "Relative, %", "p", "p, Holm", "p, Benjamini-Hochberg"].map {
                Column($0, .decimal)
            }
        return Table("Every comparison; all metrics but the first are one family", columns: columns, rows: rows)
    }

    /// The effect without covariates beside the adjusted one.
    var adjustmentBlocks: [Block] {
        guard let unadjusted = primary.unadjusted, let adjustment else { return [] }
        func row(_ name: String, _ estimate: Double, _ error: Double, _ pValue: Double?) -> Row {
            Row([
                Cell(name), Cell(EffectText.number(estimate)), Cell(EffectText.number(error)),
                Cell(EffectText.pValue(pValue)),
            ])
        }
        let theta = adjustment.coefficients.map { EffectText.number($0) }.joined(separator: ", ")
        let columns = [Column("Estimate")] + ["Effect", "Standard error", "p"].map { Column($0, .decimal) }
        return [
            .table(
                Table(
                    "θ \(theta); correlation with the outcome \(EffectText.number(adjustment.correlation))",
                    columns: columns,
                    rows: [
                        row("As found", unadjusted.estimate, unadjusted.standardError, unadjusted.pValue),
                        row("Adjusted for covariates", primary.estimate, primary.standardError, primary.pValue),
                    ]))
        ]
    }

    var complianceBlocks: [Block] {
        guard let complier = primary.complier else { return [] }
        let interval = EffectText.interval(complier.interval, text.number)
        return [
            .heading(level: 1, text: "Who really received it"),
            .figures([
                Figure("Of the treated", NumberText.percent(complier.treatedShare)),
                Figure("Of the control", NumberText.percent(complier.controlShare), note: "contamination"),
                Figure("Effect of the assignment", text.number(primary.estimate), note: "intention to treat"),
                Figure("Effect on those who use it", text.number(complier.estimate), note: "read once: \(interval)"),
            ]),
        ]
    }

    var posteriorBlocks: [Block] {
        guard let posterior = primary.posterior else { return [] }
        let prior =
            posterior.prior.deviation.isFinite
            ? "normal with mean \(EffectText.number(posterior.prior.mean)) and standard deviation \(EffectText.number(posterior.prior.deviation))"
            : "flat: every effect was as likely"
        return [
            .heading(level: 1, text: "With the prior"), .paragraph("The prior is \(prior)."),
            .figures([
                Figure(
                    "Effect", text.number(posterior.mean),
                    note:
                        "\(EffectText.level(options.level)) credible \(EffectText.interval(posterior.interval, text.number))"
                ),
                Figure("Probability that it is above zero", NumberText.percent(posterior.probabilityAbove)),
                Figure("Expected loss of treating", text.number(posterior.lossOfTreating), note: "where it is worse"),
                Figure(
                    "Expected loss of the control", text.number(posterior.lossOfControl), note: "where it is better"),
            ]),
        ]
    }
}
