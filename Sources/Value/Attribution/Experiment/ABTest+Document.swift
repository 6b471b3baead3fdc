package import Documents
internal import Domain
internal import Statistics

extension ABTest {
    /// The test for people: the finding as title, what speaks against it above the figures.
    package var document: Document {
        Document(
            title: title, subtitle: subtitle,
            blocks: effect.warnings.map { .hint(Hint($0)) } + [.figures(figures)] + charts + tables + adjustmentBlocks
                + complianceBlocks + posteriorBlocks + [
                    .heading(level: 1, text: "What has to hold"), .list(effect.assumptions),
                    .heading(level: 1, text: "What this cannot rule out"), .list(limits),
                ],
            notes: [Note("Evidence: \(effect.grade.label)." + gradeNote)])
    }

    private var title: String {
        let (arm, metric) = (primary.treated.name, primary.metric)
        if sampleRatio?.isBroken ?? false { return "\(arm) on \(metric): the units are not parted as planned" }
        guard primary.isClear else {
            let range = EffectText.interval(primary.interval, text.number)
            return "No clear effect of \(arm) on \(metric): \(range)"
        }
        let change = text.number(abs(primary.estimate))
        return "\(arm) \(primary.estimate > 0 ? "raises" : "lowers") \(metric) by \(change)"
    }

    private var subtitle: String {
        let treated = comparisons.filter { $0.metric == primary.metric }.map {
            "\(NumberText.count(Int64($0.treated.count))) in \($0.treated.name)"
        }
        let control = "\(NumberText.count(Int64(primary.control.count))) units in the control \(primary.control.name)"
        return "A/B test: " + EffectText.list([control] + treated) + "."
    }

    /// How the deciding metric's numbers are written.
    var text: MetricText { MetricText(primary) }

    private var figures: [Figure] {
        let level = EffectText.level(options.level)
        let kind = primary.fixed == nil ? "interval" : "interval, valid at any time,"
        var figures = [
            Figure(
                "Effect", text.number(primary.estimate),
                note: "\(level) \(kind) \(EffectText.interval(primary.interval, text.number))"),
            Figure(
                "Relative effect", NumberText.percent(primary.relative?.estimate),
                note: primary.relative.map {
                    "\(level) \(kind) \(EffectText.interval($0.interval, NumberText.percent))"
                }),
            Figure("p-value", EffectText.pValue(primary.decidingP), note: text.test),
            Figure(
                "Minimum detectable effect", text.number(primary.minimumDetectable),
                note: "found with \(EffectText.level(options.power)) probability"),
        ]
        if let reduction = primary.varianceReduction {
            figures.append(Figure("Variance taken away", NumberText.percent(reduction), note: "by covariates"))
        }
        if let sampleRatio {
            figures.append(
                Figure("Sample ratio p-value", EffectText.pValue(sampleRatio.pValue), note: "below 0.001 is a mismatch")
            )
        }
        return figures
    }

    private var gradeNote: String {
        sampleRatio?.isBroken ?? false
            ? " Chance did not part the units as planned, so nothing better can be said." : ""
    }

    private var limits: [String] {
        var limits = [
            "Effects smaller than \(text.number(primary.minimumDetectable)) may well be missed.",
            "The effect is that of these units in this period: novelty wears off, and others may react differently.",
            "A chance finding: with no effect at all, one such test in \(Int((1 / options.alpha).rounded())) looks clear.",
        ]
        if options.expectedSplit == nil {
            limits.append("Lost units: no planned split was stated, so the parting was not tested.")
        }
        if primary.complier == nil {
            limits.append("Use of AI by the control: it was not told who really used it (--received).")
        }
        return limits
    }
}

/// How a metric's numbers are written: shares in percent and points, the rest as they are.
struct MetricText {
    private let comparison: ABComparison

    init(_ comparison: ABComparison) { self.comparison = comparison }

    /// An effect.
    func number(_ value: Double?) -> String {
        guard comparison.test == .score else { return EffectText.number(value) }
        return value.map { EffectText.number($0 * 100) + " points" } ?? NumberText.none
    }

    /// A mean.
    func mean(_ value: Double) -> String {
        comparison.test == .score ? NumberText.percent(value) : EffectText.number(value)
    }

    /// What was tested, and with which errors.
    var test: String {
        let kind =
            switch comparison.test {
            case .welch: "Welch's t, \(EffectText.number(comparison.degrees)) degrees of freedom"
            case .deltaMethod: "delta method, \(EffectText.number(comparison.degrees)) degrees of freedom"
            case .score: "score test with pooled variance; Newcombe's interval"
            case .quantile: "order statistics, normal"
            }
        let reading = comparison.fixed == nil ? kind : "asymptotic confidence sequence"
        return comparison.adjustedP == nil ? reading : reading + "; after Holm"
    }
}
