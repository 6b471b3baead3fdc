package import Documents
internal import Domain

extension SyntheticControlStudy {
    /// For people: the effect, treated against synthetic, gaps, placebos, weights, robustness.
    package var document: Document {
        let figures = effect.figures(text, named: "Mean effect", rule: placebos.rules.first?.words)
        let fitFigure = Figure(
            "Fit before (RMSPE)", text.number(fit.preRMSPE),
            note: "ratio after ÷ before \(NumberText.fixed(fit.ratio, decimals: 1))")
        return Document(
            title: finding, subtitle: subtitle,
            blocks: [.figures(figures + [fitFigure]), .lines(courses), .lines(gapChart)] + fan + weightBlocks
                + [.table(ruleTable)] + robustnessBlocks
                + effect.closing(cannotRuleOut: [
                    "Something else that changed \(study.panel.outcomeName) in \(study.treatedName) alone, at \(study.start) or later.",
                    "A donor that was pushed away by the treatment, which would show as an effect here.",
                    "A mixture that fitted before by chance: many donors and few times make that easy.",
                ]))
    }

    private var text: StudyText { StudyText(of: [fit.meanGap, fit.preRMSPE]) }

    private var finding: String {
        let size = text.number(fit.meanGap.magnitude)
        let way = fit.meanGap < 0 ? "below" : "above"
        return "\(study.treatedName): \(study.panel.outcomeName) \(size) \(way) its synthetic control on average"
    }

    private var subtitle: String {
        "Synthetic control, \(options.method.label). From \(study.start) to \(study.labels.last ?? ""), "
            + "\(study.preCount) times before, \(names.count) donors. Interval: \(errors.source)."
    }

    private var courses: LineChart {
        let chart = LineChart(
            "From \(study.start) on the two lines part",
            subtitle: study.panel.outcomeName
                + (band == nil ? "" : "; the band is the observed less the interval of the effect"),
            axis: "Time", points: study.labels,
            series: [
                LineSeries("synthetic", values: fit.counterfactual, role: .other, isDashed: true),
                LineSeries("observed", values: study.treatedMean),
            ],
            band: band)
        return chart
    }

    /// What the treated would have had, by the interval; none where that would flatten everything else.
    private var band: LineBand? {
        guard let low = effect.interval?.low, let high = effect.interval?.high else { return nil }
        let values = study.treatedMean + fit.counterfactual
        guard high - low <= 3 * ((values.max() ?? 0) - (values.min() ?? 0)) else { return nil }
        let after = study.treatedMean.enumerated().map { $0.offset < study.preCount ? nil : $0.element }
        return LineBand(
            "without treatment", low: after.map { $0.map { $0 - high } }, high: after.map { $0.map { $0 - low } })
    }

    private var gapChart: LineChart {
        LineChart(
            "Gaps before show the fit, gaps after the effect", subtitle: "Observed minus synthetic, by time",
            axis: "Time", points: study.labels, series: [LineSeries("gap", values: fit.gaps, role: .accent)]
        )
    }

    /// The treated among placebos that fitted about as well; one that never fitted hides the others.
    private var fan: [Block] {
        let near = placebos.placebos.filter { $0.fit.preMSPE <= 20 * fit.preMSPE }.prefix(60)
        guard !near.isEmpty else { return [] }
        let lines = near.map { LineSeries("", values: $0.fit.gaps, role: .other) }
        let left = placebos.placebos.count - near.count
        return [
            .lines(
                LineChart(
                    "\(study.treatedName) among \(near.count) placebos",
                    subtitle:
                        "Gaps of donors as if treated\(left > 0 ? "; \(left) that fitted badly before are left out" : "")",
                    axis: "Time", points: study.labels,
                    series: lines + [LineSeries("treated", values: fit.gaps, role: .accent)]
                ))
        ]
    }
}

extension SyntheticMethod {
    /// For people.
    var label: String {
        switch self {
        case .outcomeOnly: "outcome only"
        case .predictors: "with predictors, whose weights were searched globally"
        case .ridge: "ridge-augmented"
        case .sdid: "synthetic difference-in-differences"
        }
    }
}

extension PlaceboTest.Rule {
    /// `rank 3 of 39 by ratio of squared gaps after and before, all units`.
    var words: String { "rank \(rank) of \(count) by \(statisticWords), \(limitWords)" }

    var statisticWords: String { statistic == .ratio ? "squared gaps after ÷ before" : "size of the effect" }

    var limitWords: String {
        limit.map { "squared gaps before at most \(NumberText.short($0)) × the treated's" } ?? "all units"
    }
}
