package import Statistics

/// What a structural time series learnt before says of the times after.
package struct CounterfactualForecast: Sendable {
    /// How its variances are told.
    package enum Rule: String, Sendable, CaseIterable {
        /// Those that make the values before likeliest.
        case likeliest = "maximum_likelihood"
        /// With a prior on how much the level wanders: 0.01 standard deviations, worth 32 values, as CausalImpact has it.
        case prior = "level_prior"

        var variances: StructuralSeries.Variances {
            self == .likeliest ? .likeliest : .prior(guess: 0.01, count: 32)
        }
    }

    /// Whether the level has a slope.
    package let hasSlope: Bool
    /// How the variances were told.
    package let rule: Rule
    /// The expected values after, without the change.
    package let means: [Double]
    /// The standard deviations of their errors.
    package let deviations: [Double]
    /// The mean of observed minus expected.
    package let meanEffect: Double
    /// The standard deviation of its error; how sure the variances are is not in it.
    package let meanError: Double
    /// The variances' roots, per time.
    package let wander: StructuralSeries.Deviations

    /// Learns from what lies before.
    ///
    /// - Returns: `nil` where it is too short.
    init?(_ series: ObservedSeries, hasSlope: Bool, rule: Rule) {
        let before = Array(0..<series.preCount)
        let season = series.phases.isEmpty ? nil : Set(series.phases).count
        guard
            let model = StructuralSeries(
                Array(series.values.prefix(series.preCount)), regressors: series.covariates.selecting(rows: before),
                shape: .init(hasSlope: hasSlope, season: season), variances: rule.variances)
        else { return nil }
        let forecast = model.forecast(
            series.covariates.selecting(rows: Array(series.preCount..<series.values.count)))
        (self.hasSlope, self.rule, wander) = (hasSlope, rule, model.deviations)
        (means, deviations) = (forecast.means, forecast.deviations)
        meanEffect = Vectors.mean(zip(series.values.dropFirst(series.preCount), forecast.means).map { $0 - $1 })
        meanError = forecast.meanDeviation
    }
}
