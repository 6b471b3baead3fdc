internal import Statistics

/// What a normal prior and a normal likelihood make of an effect.
package struct EffectPosterior: Sendable, Hashable {
    /// The prior that was stated.
    package let prior: ABTest.Options.Prior
    /// The posterior's mean, in the metric's unit.
    package let mean: Double
    /// Its standard deviation.
    package let deviation: Double
    /// The central credible interval.
    package let interval: EffectEstimate.Interval
    /// The probability that the effect is above zero.
    package let probabilityAbove: Double
    /// What is lost on average by choosing the treatment, where it is worse: E max(−effect, 0).
    package let lossOfTreating: Double
    /// What is lost on average by staying with the control: E max(effect, 0).
    package let lossOfControl: Double

    /// Combines an estimate with a prior by their precisions.
    package init(estimate: Double, standardError: Double, prior: ABTest.Options.Prior, level: Double) {
        self.prior = prior
        let (data, belief) = (1 / (standardError * standardError), 1 / (prior.deviation * prior.deviation))
        let weighted = belief > 0 ? prior.mean * belief : 0
        let mean = (estimate * data + weighted) / (data + belief)
        let deviation = (1 / (data + belief)).squareRoot()
        let reach = StandardNormal.quantile(0.5 + level / 2) * deviation
        interval = EffectEstimate.Interval(level: level, low: mean - reach, high: mean + reach)
        let z = mean / deviation
        probabilityAbove = StandardNormal.cumulative(z)
        let tail = deviation * StandardNormal.density(z)
        lossOfTreating = max(tail - mean * StandardNormal.cumulative(-z), 0)
        lossOfControl = max(tail + mean * StandardNormal.cumulative(z), 0)
        (self.mean, self.deviation) = (mean, deviation)
    }
}
