internal import Statistics

/// Compares every arm of one metric with the control.
struct MetricComparer {
    let experiment: Experiment
    let maker: UnitMaker
    let options: ABTest.Options
    let strata: [String]

    init(_ experiment: Experiment, _ options: ABTest.Options) throws(StudyError) {
        (self.experiment, self.options) = (experiment, options)
        maker = try UnitMaker(experiment)
        strata = experiment.strata.map { Names($0).names } ?? [""]
    }

    /// What a metric's comparisons came to.
    struct Outcome {
        var comparisons: [ABComparison]
        var adjustment: CovariateAdjustment?
        /// Rows left out for want of an outcome, by arm.
        var missing: [Int]
        /// Covariates that stand at their mean.
        var filled: Int
        /// Whether covariates were given that could not be used.
        var lostCovariates: Bool
    }

    /// - Throws: ``StudyError`` where there is nothing to compare, with the metric's name.
    func compare(_ metric: Experiment.Metric) throws(StudyError) -> Outcome {
        let units = maker.units(of: metric)
        if case .quantile(let share) = options.kind { return try quantiles(metric, units, share) }
        try refuseConstant(metric, units)
        let isShare = try isProportion(metric, units)
        let fit = try LinearEstimator(units, names: experiment.arms, strata: strata)
        var comparisons: [ABComparison] = []
        for arm in experiment.arms.indices.dropFirst() {
            comparisons.append(isShare ? shares(metric, fit, arm) : try means(metric, fit, arm))
        }
        return Outcome(
            comparisons: comparisons, adjustment: fit.adjustment, missing: units.missing, filled: units.filled,
            lostCovariates: !metric.covariates.isEmpty && fit.adjustment == nil)
    }

    private func refuseConstant(_ metric: Experiment.Metric, _ units: MetricUnits) throws(StudyError) {
        if let bottom = units.bottom, let empty = emptyArm(units, bottom) {
            throw StudyError(
                .notIdentified, "The denominator of \"\(metric.name)\" sums to 0 in the arm \"\(empty)\".")
        }
        guard let first = units.top.first else {
            throw StudyError(.badInput, "The outcome \"\(metric.name)\" has no value at all.")
        }
        if units.bottom == nil, units.top.allSatisfy({ $0 == first }) {
            throw StudyError(
                .notIdentified, "The outcome \"\(metric.name)\" is \(first) everywhere; nothing can be compared.")
        }
    }

    private func emptyArm(_ units: MetricUnits, _ bottom: [Double]) -> String? {
        var sums = experiment.arms.map { _ in 0.0 }
        for (arm, value) in zip(units.arm, bottom) { sums[arm] += value }
        return zip(experiment.arms, sums).first { $0.1 == 0 }?.0
    }

    /// Shares have intervals of their own, as long as nothing is divided, adjusted or weighted.
    private func isProportion(_ metric: Experiment.Metric, _ units: MetricUnits) throws(StudyError) -> Bool {
        if options.kind == .mean { return false }
        let isPlain = units.bottom == nil && units.covariates.isEmpty && strata.count == 1
        let isBinary = units.top.allSatisfy { $0 == 0 || $0 == 1 }
        if options.kind == .proportion, let odd = units.top.first(where: { $0 != 0 && $0 != 1 }), units.rows == nil {
            throw StudyError(
                .badInput, "The outcome \"\(metric.name)\" holds \(odd); a proportion needs 0 or 1 in every row.")
        }
        return isPlain && isBinary
    }
}
