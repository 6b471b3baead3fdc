#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// An interval that may be read after every observation, and still misses the truth with a chance of α at most over the
/// whole run (Waudby-Smith et al., 2021, arXiv 2103.06476, equations 9 and 155).
///
/// It is asymptotic: below a few hundred units it is too narrow.
package struct AsymptoticConfidenceSequence: Sendable, Hashable {
    /// The chance of ever missing, a fraction.
    package let alpha: Double
    /// The number of units at which it is about tightest; it does not have to be reached, nor kept to.
    package let tuningSize: Double
    /// √((−2 ln α + ln(−2 ln α + 1)) ÷ tuning size).
    package let rho: Double

    /// Creates a sequence.
    package init(alpha: Double = 0.05, tuningSize: Double = 5_000) {
        (self.alpha, self.tuningSize) = (alpha, tuningSize)
        let reach = -2 * log(alpha)
        rho = ((reach + log(reach + 1)) / tuningSize).squareRoot()
    }

    /// How far the interval reaches to either side.
    ///
    /// - Parameters:
    ///   - standardError: of the estimate now.
    ///   - count: units so far, of all arms together.
    package func halfWidth(standardError: Double, count: Int) -> Double {
        let n = Double(count)
        let growth = n * rho * rho + 1
        let deviation = standardError * n.squareRoot()
        return deviation * (2 * growth / (n * rho * n * rho) * log(growth.squareRoot() / alpha)).squareRoot()
    }

    /// The p-value of no effect that may be read at any time.
    package func pValue(estimate: Double, standardError: Double, count: Int) -> Double {
        guard standardError > 0 else { return estimate == 0 ? 1 : 0 }
        let n = Double(count)
        let growth = n * rho * rho + 1
        let statistic = estimate / standardError * n.squareRoot()
        // The logarithm of the evidence, since the evidence itself overflows.
        let evidence = rho * statistic * (rho * statistic) / (2 * growth) - log(growth) / 2
        return min(1, exp(-evidence))
    }
}
