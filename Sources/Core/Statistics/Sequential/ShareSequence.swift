#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Between what a share of successes lies, to be read after every trial: exact at any time and for any number of looks
/// (the beta-binomial mixture of Howard et al., 2021).
package struct ShareSequence: Sendable, Hashable {
    /// The chance of ever missing, a fraction.
    package let alpha: Double
    /// The number of trials at which it is tightest.
    package let tuningSize: Double

    /// Creates a sequence.
    package init(alpha: Double = 0.05, tuningSize: Double = 1_000) {
        (self.alpha, self.tuningSize) = (alpha, tuningSize)
    }

    /// The interval after so many successes and failures: every share that the mixture does not refute.
    package func interval(successes: Int, failures: Int) -> ClosedRange<Double> {
        guard successes + failures > 0 else { return 0...1 }
        let share = Double(successes) / Double(successes + failures)
        let (k, f) = (Double(successes), Double(failures))
        let low = successes == 0 ? 0 : edge(refuted: 1e-12, kept: share, k, f)
        let high = failures == 0 ? 1 : edge(refuted: 1 - 1e-12, kept: share, k, f)
        return low...max(low, high)
    }

    /// Where refutation ends, by halving; the evidence falls all the way to what was found.
    private func edge(refuted: Double, kept: Double, _ k: Double, _ f: Double) -> Double {
        var (out, within) = (refuted, min(max(kept, 1e-12), 1 - 1e-12))
        guard evidence(against: out, k, f) >= -log(alpha) else { return refuted < kept ? 0 : 1 }
        for _ in 0..<100 {
            let middle = (out + within) / 2
            if evidence(against: middle, k, f) >= -log(alpha) { out = middle } else { within = middle }
        }
        return (out + within) / 2
    }

    /// ln M(p): how much more likely the mixture makes what was found than p does.
    func evidence(against p: Double, _ k: Double, _ f: Double) -> Double {
        let spread = p * (1 - p)
        let reach = -2 * log(alpha)
        let rho = spread * tuningSize / (reach + log(1 + reach))
        let r = max(rho - spread, 0.001 * spread)
        let (a, b) = (r / (1 - p), r / p)
        let mixture =
            BetaFunctions.logarithm(alpha: a + k, beta: b + f) - BetaFunctions.logarithm(alpha: a, beta: b)
        return mixture - k * log(p) - f * log1p(-p)
    }
}
