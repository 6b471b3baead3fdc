internal import Statistics

extension MetricComparer {
    /// Means and ratios: each arm with its own variance (Welch, 1947).
    func means(_ metric: Experiment.Metric, _ fit: LinearEstimator, _ arm: Int) throws(StudyError) -> ABComparison {
        let (treated, control) = (fit.estimates[arm], fit.estimates[0])
        let variance = treated.variance + control.variance + fit.strataVariance(arm)
        guard variance > 0, variance.isFinite else {
            throw StudyError(
                .notIdentified,
                "The outcome \"\(metric.name)\" does not vary within \"\(treated.name)\" or \"\(control.name)\"; "
                    + "there is no error to compare with.")
        }
        let reading = Reading(
            estimate: treated.adjusted - control.adjusted, standardError: variance.squareRoot(),
            degrees: Self.degrees((treated.variance, treated.degrees), (control.variance, control.degrees)),
            count: treated.count + control.count, options: options)
        let unadjusted = fit.adjustment.map { _ in self.unadjusted(treated, control) }
        return ABComparison(
            metric.name, treated, control, fit.units.bottom == nil ? .welch : .deltaMethod, reading,
            unadjusted: unadjusted,
            complier: ComplierEffect(
                fit, arm: arm, effect: reading.estimate, options: options, degrees: reading.degrees))
    }

    /// Shares: Newcombe's interval and the score test.
    func shares(_ metric: Experiment.Metric, _ fit: LinearEstimator, _ arm: Int) -> ABComparison {
        let (treated, control) = (Self.share(fit.estimates[arm]), Self.share(fit.estimates[0]))
        let difference = ProportionDifference(
            (treated.found, Double(treated.count)), minus: (control.found, Double(control.count)),
            level: options.level)
        let reading = Reading(
            estimate: difference.estimate, standardError: difference.standardError, degrees: .infinity,
            count: treated.count + control.count, options: options)
        let complier = ComplierEffect(
            fit, arm: arm, effect: difference.estimate, options: options, degrees: .infinity)
        return ABComparison(
            metric.name, treated, control, .score, reading, share: difference, unadjusted: nil, complier: complier)
    }

    /// Quantiles by order statistics.
    func quantiles(_ metric: Experiment.Metric, _ units: MetricUnits, _ share: Double) throws(StudyError) -> Outcome {
        let estimates = try QuantileEstimator(maker, metric, share: share, names: experiment.arms).estimates
        var comparisons: [ABComparison] = []
        for treated in estimates.dropFirst() {
            let variance = treated.variance + estimates[0].variance
            guard variance > 0 else {
                throw StudyError(
                    .notIdentified,
                    "The values of \"\(metric.name)\" around the quantile are all equal; compare means or shares.")
            }
            let reading = Reading(
                estimate: treated.found - estimates[0].found, standardError: variance.squareRoot(),
                degrees: .infinity, count: treated.count + estimates[0].count, options: options)
            comparisons.append(ABComparison(metric.name, treated, estimates[0], .quantile, reading))
        }
        return Outcome(
            comparisons: comparisons, adjustment: nil, missing: units.missing, filled: 0, lostCovariates: false)
    }

    /// The degrees of freedom of a sum of variances (Satterthwaite, 1946).
    static func degrees(_ a: (variance: Double, degrees: Double), _ b: (variance: Double, degrees: Double)) -> Double {
        let sum = a.variance + b.variance
        let lost = a.variance * a.variance / a.degrees + b.variance * b.variance / b.degrees
        return lost > 0 ? sum * sum / lost : .infinity
    }

    /// The variance of a share is known from the share.
    private static func share(_ arm: ArmEstimate) -> ArmEstimate {
        var arm = arm
        let variance = arm.found * (1 - arm.found) / Double(arm.count)
        (arm.variance, arm.foundVariance, arm.covariance) = (variance, variance, variance)
        return arm
    }

    private func unadjusted(_ treated: ArmEstimate, _ control: ArmEstimate) -> ABComparison.Unadjusted {
        let error = (treated.foundVariance + control.foundVariance).squareRoot()
        let degrees = Self.degrees(
            (treated.foundVariance, treated.foundDegrees), (control.foundVariance, control.foundDegrees))
        let estimate = treated.found - control.found
        return ABComparison.Unadjusted(
            estimate: estimate, standardError: error, degrees: degrees,
            pValue: StudentsT.twoSided(estimate / error, degrees: degrees))
    }
}
