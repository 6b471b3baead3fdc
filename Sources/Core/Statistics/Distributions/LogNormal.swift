#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A positive quantity whose logarithm is normally distributed: lengths, durations.
///
/// Samples pass through the platform's `log`, `cos` and `exp`, which may differ in the last bit between systems.
package struct LogNormal: Sendable, Hashable {
    /// The mean of the natural logarithm.
    package let logMean: Double
    /// The standard deviation of the natural logarithm.
    package let sigma: Double

    /// Creates the distribution of a mean and a standard deviation of the natural logarithm.
    package init(logMean: Double, sigma: Double) { (self.logMean, self.sigma) = (logMean, sigma) }

    /// The standard normal distribution's quantile at 95 %.
    private static let normal95 = 1.644853626951472

    /// Creates the distribution of a median and of a value below which 95 % lie; 0 < `median` ≤ `p95`.
    package init(median: Double, p95: Double) {
        logMean = log(median)
        sigma = log(p95 / median) / Self.normal95
    }

    /// Creates the distribution of an arithmetic mean: the mean is exp(logMean + sigma² / 2).
    package init(mean: Double, sigma: Double) {
        logMean = log(mean) - sigma * sigma / 2
        self.sigma = sigma
    }

    /// Creates the distribution of an arithmetic mean and a standard deviation: sigma² = ln(1 + (deviation / mean)²).
    package init(mean: Double, deviation: Double) {
        let ratio = deviation / mean
        self.init(mean: mean, sigma: log(1 + ratio * ratio).squareRoot())
    }

    /// The value below which half of all lie.
    package var median: Double { exp(logMean) }

    /// The arithmetic mean.
    package var mean: Double { exp(logMean + sigma * sigma / 2) }

    /// A value, by the transform of Box and Muller (1958).
    package func sample(using random: inout SeededRandom) -> Double {
        let radius = (-2 * log(random.positiveUnit())).squareRoot()
        let normal = radius * cos(2 * Double.pi * random.unit())
        return exp(logMean + sigma * normal)
    }
}
