/// One metric of one arm against the control.
package struct ABComparison: Sendable, Hashable {
    /// How it was tested.
    package enum Test: String, Sendable, Hashable {
        /// Means of independent units.
        case welch
        /// Ratios of sums, or means of clusters.
        case deltaMethod = "delta_method"
        /// Shares of successes.
        case score
        /// Quantiles by order statistics.
        case quantile
    }

    /// The metric's name.
    package let metric: String
    /// The arm that is compared, and the control.
    package let treated, control: ArmEstimate
    /// How it was tested.
    package let test: Test
    /// Treated − control after the adjustment, in the metric's unit.
    package let estimate: Double
    /// Its standard error.
    package let standardError: Double
    /// Its degrees of freedom; infinite where it is normal.
    package let degrees: Double
    /// The interval that may be read: fixed-horizon, or anytime-valid where that was asked for.
    package let interval: EffectEstimate.Interval
    /// The two-sided p-value that belongs to the interval; `nil` where nothing varies.
    package let pValue: Double?
    /// The interval and p-value of an experiment that is read once; `nil` where the others are already that.
    package let fixed: FixedHorizon?
    /// The effect without the adjustment; `nil` where there is none.
    package let unadjusted: Unadjusted?
    /// The share of variance that the adjustment took away, a fraction; `nil` where there is none.
    package let varianceReduction: Double?
    /// The effect ÷ the control's mean; `nil` where that is zero.
    package let relative: RelativeEffect?
    /// The least effect that such an experiment finds with the stated power, in the metric's unit.
    package let minimumDetectable: Double
    /// What a prior makes of it; `nil` without one.
    package let posterior: EffectPosterior?
    /// The effect on those who use what they are given; `nil` where use is not known.
    package let complier: ComplierEffect?
    /// The p-value after Holm and after Benjamini and Hochberg, over the comparisons of its family.
    package internal(set) var adjustedP: AdjustedP?

    /// What a reading at an end fixed before would say.
    package struct FixedHorizon: Sendable, Hashable {
        /// The interval.
        package let interval: EffectEstimate.Interval
        /// The two-sided p-value.
        package let pValue: Double?
    }

    /// An effect without covariates.
    package struct Unadjusted: Sendable, Hashable {
        /// Treated − control, in the metric's unit.
        package let estimate: Double
        /// Its standard error.
        package let standardError: Double
        /// Its degrees of freedom.
        package let degrees: Double
        /// The two-sided p-value of an experiment that is read once.
        package let pValue: Double
    }

    /// P-values adjusted for the number of comparisons.
    package struct AdjustedP: Sendable, Hashable {
        /// Holm: the chance of even one false call.
        package let holm: Double
        /// Benjamini and Hochberg: the share of false calls.
        package let benjaminiHochberg: Double
    }

    /// The p-value that decides: after Holm where there are several comparisons.
    package var decidingP: Double? { adjustedP?.holm ?? pValue }

    /// Whether the interval leaves out zero.
    package var isClear: Bool { (interval.low ?? 0) > 0 || (interval.high ?? 0) < 0 }
}

/// An effect as a share of the control's mean.
package struct RelativeEffect: Sendable, Hashable {
    /// The effect ÷ the control's mean as found, a fraction.
    package let estimate: Double
    /// Its standard error by the delta method: the control's mean is uncertain too.
    package let standardError: Double
    /// The interval of the same kind as the absolute one.
    package let interval: EffectEstimate.Interval
    /// The p-value that belongs to it. It may disagree with the absolute one.
    package let pValue: Double
    /// Fieller's interval (1954) at the same level; `nil` where the control's mean may be zero.
    package let fieller: ClosedRange<Double>?
}
