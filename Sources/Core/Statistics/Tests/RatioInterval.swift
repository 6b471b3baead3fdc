/// The ratio of two estimates, each with its error: a relative effect, a cost per unit, an effect per complier.
package struct RatioInterval: Sendable, Hashable {
    /// Numerator ÷ denominator.
    package let estimate: Double
    /// Its standard error by the delta method (first-order).
    package let standardError: Double
    /// Fieller's interval (1954): right where the denominator is uncertain too; `nil` where the denominator may be zero,
    /// since the ratio is then unbounded.
    package let fieller: ClosedRange<Double>?

    /// Creates a ratio; `nil` where the denominator is zero or no number.
    ///
    /// - Parameters:
    ///   - numerator: its estimate.
    ///   - denominator: its estimate.
    ///   - variances: of both, the squares of their standard errors.
    ///   - covariance: of both.
    ///   - width: how many standard errors an interval reaches: 1.96.
    package init?(
        _ numerator: Double, per denominator: Double, variances: (numerator: Double, denominator: Double),
        covariance: Double, width: Double
    ) {
        guard denominator != 0, denominator.isFinite, numerator.isFinite else { return nil }
        let ratio = numerator / denominator
        estimate = ratio
        let variance = variances.numerator - 2 * ratio * covariance + ratio * ratio * variances.denominator
        standardError = max(variance, 0).squareRoot() / abs(denominator)
        let squared = width * width
        // All ratios r for which numerator − r × denominator is within `width` of its own standard errors from zero.
        let a = denominator * denominator - squared * variances.denominator
        let b = numerator * denominator - squared * covariance
        let c = numerator * numerator - squared * variances.numerator
        let root = max(b * b - a * c, 0).squareRoot()
        fieller = a > 0 ? ((b - root) / a)...((b + root) / a) : nil
    }
}
