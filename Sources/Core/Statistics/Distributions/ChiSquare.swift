internal import CBoostMath

/// The chi-square distribution.
package enum ChiSquare {
    /// P(X ≥ x): the p-value of a statistic; not a number where `degrees` is not positive or x is negative.
    package static func upperTail(_ x: Double, degrees: Double) -> Double { payback_chi_square_upper(degrees, x) }
}
