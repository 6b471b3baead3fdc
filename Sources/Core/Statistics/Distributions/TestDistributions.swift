internal import CBoostMath

/// The distributions that tests compare their statistics with.
package enum TestDistributions {
    /// The two-sided p-value of a t statistic; `nil` where it is no number.
    package static func twoSided(t: Double, degrees: Double) -> Double? {
        let p = 2 * payback_t_cumulative(degrees, -abs(t))
        return p.isFinite ? min(p, 1) : t.isInfinite ? 0 : nil
    }

    /// The quantile of Student's t; infinite degrees give the normal one. `nil` where there are none.
    package static func tQuantile(_ p: Double, degrees: Double) -> Double? {
        if degrees == .infinity { return StandardNormal.quantile(p) }
        let value = payback_t_quantile(degrees, p)
        return value.isFinite ? value : nil
    }

    /// How likely F is to be above a value; `nil` where the degrees are not positive.
    package static func above(f: Double, _ first: Double, _ second: Double) -> Double? {
        let p = payback_f_upper(first, second, f)
        return p.isFinite ? p : nil
    }
}
