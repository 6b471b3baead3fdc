package import Statistics

/// An A/B test: units that chance gave to a control or to one of several treatments, and what became of them.
package struct ABTest: Study {
    /// The estimate of the first treatment on the first metric.
    package let effect: EffectEstimate
    /// Every arm but the control on every metric, the deciding metric first.
    package let comparisons: [ABComparison]
    /// Whether the units were parted as planned; `nil` where no split was stated, or units are too few.
    package let sampleRatio: SampleRatioTest?
    /// θ and correlation of the deciding metric; `nil` without covariates.
    package let adjustment: CovariateAdjustment?
    /// The course of the estimate; `nil` where the experiment is read once.
    package let path: SequentialPath?
    /// How it was analysed.
    package let options: Options

    /// The comparison that the estimate comes from.
    package var primary: ABComparison { comparisons[0] }

    /// Analyses an experiment.
    ///
    /// - Throws: ``StudyError`` where an arm is empty, an outcome constant or a column does not fit, by name.
    package static func run(_ experiment: Experiment, _ options: Options = Options()) throws(StudyError) -> ABTest {
        try experiment.check()
        try options.check(for: experiment)
        let comparer = try MetricComparer(experiment, options)
        var outcomes: [MetricComparer.Outcome] = []
        for metric in experiment.metrics { outcomes.append(try comparer.compare(metric)) }
        let ratio = sampleRatio(experiment, options)
        let notices = Notices(experiment, options, outcomes, sampleRatio: ratio)
        return ABTest(
            outcomes.map(\.comparisons), adjustment: outcomes[0].adjustment, sampleRatio: ratio,
            path: options.sequence == nil || experiment.isSortedByArm ? nil : SequentialPath(experiment, options),
            options: options,
            assumptions: notices.assumptions, warnings: notices.warnings(of: outcomes[0].comparisons))
    }

    /// Analyses what a live gate or a ledger has summed up: no values, but the count, mean and variance of each arm.
    ///
    /// - Parameters:
    ///   - metric: what was measured.
    ///   - control: the control's name and sums.
    ///   - treated: the other arms.
    /// - Throws: ``StudyError`` where an arm has fewer than two values or no arm a spread.
    package static func run(
        _ metric: String, control: (name: String, summary: ArmSummary),
        treated: [(name: String, summary: ArmSummary)], _ options: Options = Options()
    ) throws(StudyError) -> ABTest {
        let summed = SummedExperiment(metric: metric, arms: [control] + treated, options: options)
        try options.check(for: Experiment(arms: summed.arms.map(\.name), assignment: [], metrics: []))
        let comparisons = try summed.comparisons()
        let ratio = options.expectedSplit.flatMap {
            SampleRatioTest(observed: summed.arms.map(\.summary.count), weights: $0)
        }
        let notices = Notices(summed, sampleRatio: ratio)
        return ABTest(
            [comparisons], adjustment: nil, sampleRatio: ratio, path: nil, options: options,
            assumptions: notices.assumptions, warnings: notices.warnings(of: comparisons))
    }

    private static func sampleRatio(_ experiment: Experiment, _ options: Options) -> SampleRatioTest? {
        options.expectedSplit.flatMap {
            SampleRatioTest(observed: experiment.assignedCounts, weights: $0)
        }
    }
}
