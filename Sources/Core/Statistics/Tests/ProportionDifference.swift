/// The difference of two shares of successes, for counts too small for a normal interval as well.
package struct ProportionDifference: Sendable, Hashable {
    /// `a − b`, a fraction.
    package let estimate: Double
    /// Its standard error with each arm's own variance (unpooled).
    package let standardError: Double
    /// The ends of Newcombe's interval (1998, method 10): made of Wilson's interval of each share, so it never leaves
    /// −1…1 and has a width where a share is 0 or 1.
    package let low, high: Double
    /// The two-sided p-value of the score test, whose variance is pooled; `nil` where all or none are successes.
    package let pValue: Double?

    /// Compares two shares.
    ///
    /// - Parameters:
    ///   - a: its share, a fraction, and in how many it was found; at least one.
    ///   - b: the same of the other.
    ///   - level: the level of the interval, a fraction.
    package init(_ a: (share: Double, count: Double), minus b: (share: Double, count: Double), level: Double = 0.95) {
        let (first, second) = (a.share * (1 - a.share) / a.count, b.share * (1 - b.share) / b.count)
        estimate = a.share - b.share
        standardError = (first + second).squareRoot()
        let of = (
            ShareInterval.wilson(share: a.share, count: a.count, level: level),
            ShareInterval.wilson(share: b.share, count: b.count, level: level)
        )
        low = estimate - Self.length(a.share - of.0.lowerBound, of.1.upperBound - b.share)
        high = estimate + Self.length(of.0.upperBound - a.share, b.share - of.1.lowerBound)
        let pooled = (a.share * a.count + b.share * b.count) / (a.count + b.count)
        let error = (pooled * (1 - pooled) * (1 / a.count + 1 / b.count)).squareRoot()
        pValue = error > 0 ? StudentsT.twoSided(estimate / error, degrees: .infinity) : nil
    }

    private static func length(_ a: Double, _ b: Double) -> Double { (a * a + b * b).squareRoot() }
}
