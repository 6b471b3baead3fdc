internal import CBoostMath

/// Between what a share lies that was found in a sample.
package enum ShareInterval {
    /// The score interval (Wilson, 1927): good for shares that are measured once, at a size fixed in advance.
    ///
    /// - Parameters:
    ///   - share: what was found, a fraction.
    ///   - count: in how many.
    ///   - level: the confidence, a fraction.
    package static func wilson(share: Double, count: Double, level: Double = 0.95) -> ClosedRange<Double> {
        guard count > 0 else { return 0...1 }
        let z = StandardNormal.quantile(0.5 + level / 2)
        let (n, squared) = (count, z * z)
        let middle = (share + squared / (2 * n)) / (1 + squared / n)
        let width = z / (1 + squared / n) * (share * (1 - share) / n + squared / (4 * n * n)).squareRoot()
        return max(middle - width, 0)...min(middle + width, 1)
    }

    /// The exact upper bound of a share (Clopper and Pearson, 1934), one-sided: with `successes` of `count`, more than
    /// this is refuted at the level.
    package static func upperBound(successes: Int, of count: Int, level: Double = 0.95) -> Double {
        guard count > 0, successes < count else { return 1 }
        return payback_beta_quantile(Double(successes + 1), Double(count - successes), level)
    }
}
