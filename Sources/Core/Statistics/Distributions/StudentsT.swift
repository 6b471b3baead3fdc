internal import CBoostMath

/// Student's t distribution; with infinite degrees of freedom it is the standard normal.
package enum StudentsT {
    /// The value below which a share `p` lies, 0 < p < 1; not a number where `degrees` is not positive.
    package static func quantile(_ p: Double, degrees: Double) -> Double {
        degrees == .infinity ? StandardNormal.quantile(p) : payback_t_quantile(degrees, p)
    }

    /// P(T ≤ t).
    package static func cumulative(_ t: Double, degrees: Double) -> Double {
        degrees == .infinity ? StandardNormal.cumulative(t) : payback_t_cumulative(degrees, t)
    }

    /// P(|T| ≥ |t|): the two-sided p-value. It keeps its digits far out.
    package static func twoSided(_ t: Double, degrees: Double) -> Double { 2 * cumulative(-abs(t), degrees: degrees) }

    /// P(T ≤ t) where there is an effect of `shift` standard errors (the noncentral t distribution).
    package static func cumulative(_ t: Double, degrees: Double, shift: Double) -> Double {
        payback_noncentral_t_cumulative(degrees, shift, t)
    }
}
