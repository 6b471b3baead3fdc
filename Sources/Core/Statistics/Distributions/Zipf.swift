#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Ranks of which the r-th is chosen with a probability proportional to r^−s: Zipf's law over finitely many ranks.
package struct Zipf: Sendable {
    /// The exponent s; 0 makes all ranks equal.
    package let exponent: Double
    private let ranks: DiscreteDistribution

    /// Creates the law.
    ///
    /// - Parameters:
    ///   - count: how many ranks there are; positive.
    ///   - exponent: the exponent s.
    package init(count: Int, exponent: Double) {
        self.exponent = exponent
        ranks = DiscreteDistribution(weights: Self.weights(count: count, exponent: exponent))
    }

    /// How many ranks there are.
    package var count: Int { ranks.count }

    /// A rank in 1 ... `count`.
    package func sample(using random: inout SeededRandom) -> Int { ranks.sample(using: &random) + 1 }

    /// The fraction of all choices that falls on the first `top` ranks.
    package func share(ofTop top: Int) -> Double {
        let weights = Self.weights(count: count, exponent: exponent)
        return weights.prefix(top).reduce(0, +) / weights.reduce(0, +)
    }

    private static func weights(count: Int, exponent: Double) -> [Double] {
        (0..<count).map { pow(Double($0 + 1), -exponent) }
    }
}
