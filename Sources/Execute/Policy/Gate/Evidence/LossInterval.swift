#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// An interval of a mean that holds at every step at once: the beta-binomial mixture of Howard, Ramdas, McAuliffe and
/// Sekhon (2021). Means of anything between 0 and 1 are covered, for such a variable is no wider than a coin of its mean.
package enum LossInterval {
    /// The interval after `judged` values that sum up to `lossSum`.
    ///
    /// - Parameters:
    ///   - level: the probability that it fails at any time, a fraction.
    ///   - count: the number of values at which it is tightest.
    package static func bounds(
        lossSum: Double, judged: Int, level: Double, tightestAt count: Double = 500
    ) -> ClosedRange<Double> {
        guard judged > 0, level > 0, level < 1, count >= 1 else { return 0...1 }
        let rest = Double(judged) - lossSum
        let mean = lossSum / Double(judged)
        func excess(_ mean: Double) -> Double {
            logMixture(mean, lossSum, rest, tightestAt: count) + log(level)
        }
        let low = lossSum > 0 ? Bisection.root(between: mean, and: 0, excess) : 0
        let high = rest > 0 ? Bisection.root(between: mean, and: 1, excess) : 1
        return min(low, mean)...max(high, mean)
    }

    /// ln of how much likelier the mixture makes the values than the mean `p` does.
    private static func logMixture(_ p: Double, _ wrong: Double, _ right: Double, tightestAt count: Double) -> Double {
        // The mixture's width is chosen for a level of 5 %, whatever level is asked for.
        let variance = p * (1 - p)
        let width = variance * count / (2 * log(20) + log(1 + 2 * log(20)))
        let weight = max(width - variance, 0.001 * variance)
        let (a, b) = (weight / (1 - p), weight / p)
        return logBeta(a + wrong, b + right) - logBeta(a, b) - wrong * log(p) - right * log1p(-p)
    }

    private static func logBeta(_ a: Double, _ b: Double) -> Double { logGamma(a) + logGamma(b) - logGamma(a + b) }

    private static func logGamma(_ x: Double) -> Double { lgamma(x).0 }
}

/// Where a function changes its sign.
enum Bisection {
    /// The root between a place where the function is below zero and one where it is not; neither place is looked at.
    static func root(between low: Double, and high: Double, _ function: (Double) -> Double) -> Double {
        var (low, high) = (low, high)
        for _ in 0..<80 {
            let middle = low + (high - low) / 2
            if function(middle) < 0 { low = middle } else { high = middle }
        }
        return high
    }
}
