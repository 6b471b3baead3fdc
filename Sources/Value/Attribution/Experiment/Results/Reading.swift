internal import Statistics

/// An estimate with its error, and how its interval and p-value are read: once, or at any time.
struct Reading {
    let estimate: Double
    let standardError: Double
    let degrees: Double
    /// Units of both arms.
    let count: Int
    let options: ABTest.Options

    /// How many standard errors a fixed interval reaches.
    var width: Double { StudentsT.quantile(0.5 + options.level / 2, degrees: degrees) }

    var fixedInterval: EffectEstimate.Interval { interval(reach: width * standardError) }
    var fixedP: Double { StudentsT.twoSided(estimate / standardError, degrees: degrees) }

    /// The interval that was asked for.
    var interval: EffectEstimate.Interval {
        options.sequence.map { interval(reach: $0.halfWidth(standardError: standardError, count: count)) }
            ?? fixedInterval
    }

    /// The p-value that was asked for.
    var pValue: Double {
        options.sequence?.pValue(estimate: estimate, standardError: standardError, count: count) ?? fixedP
    }

    /// The least effect that is found with the stated power: as far as the interval reaches, and further.
    var minimumDetectable: Double {
        let reach =
            options.sequence?.halfWidth(standardError: standardError, count: count) ?? width * standardError
        return reach + StandardNormal.quantile(options.power) * standardError
    }

    private func interval(reach: Double) -> EffectEstimate.Interval {
        EffectEstimate.Interval(level: options.level, low: estimate - reach, high: estimate + reach)
    }
}

extension RelativeEffect {
    /// `nil` where the control's mean is zero.
    init?(_ absolute: Reading, treated: ArmEstimate, control: ArmEstimate) {
        let base = control.found
        guard base != 0 else { return nil }
        // The change as found weighs the control's own error, as GrowthBook's engine does; the adjusted one differs by chance.
        let found = (treated.found - base) / base
        let uncertain = control.variance + 2 * found * control.covariance + found * found * control.foundVariance
        let error = (treated.variance + max(uncertain, 0)).squareRoot() / abs(base)
        let reading = Reading(
            estimate: absolute.estimate / base, standardError: error, degrees: absolute.degrees, count: absolute.count,
            options: absolute.options)
        let squared = absolute.standardError * absolute.standardError
        let ratio = RatioInterval(
            absolute.estimate, per: base, variances: (squared, control.foundVariance), covariance: -control.covariance,
            width: absolute.width)
        self.init(
            estimate: reading.estimate, standardError: error, interval: reading.interval,
            pValue: error > 0 ? reading.pValue : 1, fieller: ratio?.fieller)
    }
}
