internal import Statistics

/// The effect on those who use AI when given it and do not when not: the effect of the assignment ÷ its effect on use
/// (Wald; the same as two-stage least squares).
package struct ComplierEffect: Sendable, Hashable {
    /// The share of the treated that received it, a fraction.
    package let treatedShare: Double
    /// The share of the control that received it all the same: contamination, a fraction.
    package let controlShare: Double
    /// The first stage ÷ its standard error; below about 3.2 the ratio is not to be trusted.
    package let strength: Double
    /// The effect per complier, in the metric's unit; `nil` where the assignment did not change use.
    package let estimate: Double?
    /// Its standard error by the delta method.
    package let standardError: Double?
    /// Its interval, read once.
    package let interval: EffectEstimate.Interval?
    /// Its two-sided p-value, read once.
    package let pValue: Double?

    /// Below this strength (an F of 10) the estimate is weak.
    package static let weak = 3.162

    /// - Parameter effect: of the assignment on the metric, after the adjustment.
    init?(_ fit: LinearEstimator, arm: Int, effect: Double, options: ABTest.Options, degrees: Double) {
        guard let received = fit.units.received else { return nil }
        let (treated, control) = (fit.arms[arm], fit.arms[0])
        treatedShare = treated.mean(received) / treated.mean(fit.units.rows)
        controlShare = control.mean(received) / control.mean(fit.units.rows)
        let use = LinearEstimator.influence(received, per: fit.units.rows, fit.arms)
        func both(_ a: [Double], _ b: [Double]) -> Double { treated.covariance(a, b) + control.covariance(a, b) }
        let (first, variance) = (treatedShare - controlShare, both(use, use))
        // Where everybody does as assigned the first stage is certain.
        strength = variance > 0 ? abs(first) / variance.squareRoot() : first == 0 ? 0 : .infinity
        let ratio = RatioInterval(
            effect, per: first, variances: (both(fit.adjusted, fit.adjusted), variance),
            covariance: both(fit.adjusted, use), width: StudentsT.quantile(0.5 + options.level / 2, degrees: degrees))
        var fixed = options
        fixed.sequentialTuning = nil
        let reading = ratio.map {
            Reading(
                estimate: $0.estimate, standardError: $0.standardError, degrees: degrees, count: fit.units.count,
                options: fixed)
        }
        (estimate, standardError) = (ratio?.estimate, ratio?.standardError)
        (interval, pValue) = (reading?.interval, reading?.pValue)
    }
}
