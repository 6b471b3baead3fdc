internal import Statistics

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Numbers of input and output tokens by feature, log-normal, whose mixture has the moments of a published trace.
///
/// The moments were computed from the 19,366 requests of the Azure LLM inference trace 2023, conversation (Microsoft
/// Azure, CC BY 4.0; Patel et al., "Splitwise", ISCA 2024): 22,361,870 context and 4,088,665 generated tokens.
struct TokenLengths {
    /// Mean and standard deviation of context tokens (their median is 1,020, 95 % lie below 4,083).
    private static let context = (mean: 1154.697, deviation: 1108.794)
    /// Mean and standard deviation of generated tokens (their median is 129, 95 % lie below 451).
    private static let generated = (mean: 211.126, deviation: 162.866)

    /// By feature.
    let input: [LogNormal]
    let output: [LogNormal]

    init(features: [SampleFeature]) {
        let shares = features.map(\.share)
        input = Self.mixture(Self.context, shares: shares, scales: features.map(\.inputScale))
        output = Self.mixture(Self.generated, shares: shares, scales: features.map(\.outputScale))
    }

    /// Distributions of one sigma whose means are proportional to `scales`.
    ///
    /// With shares w and scales s, of weighted mean 1, the mixture's second moment is mean² × Σ w s² × exp(sigma²), and
    /// sigma is chosen so that it equals mean² + deviation².
    private static func mixture(
        _ moments: (mean: Double, deviation: Double), shares: [Double], scales: [Double]
    ) -> [LogNormal] {
        let total = shares.reduce(0, +)
        let mean = zip(shares, scales).reduce(0.0) { $0 + $1.0 * $1.1 } / total
        let square = zip(shares, scales).reduce(0.0) { $0 + $1.0 * $1.1 * $1.1 } / total / (mean * mean)
        let ratio = moments.deviation / moments.mean
        let sigma = max(log((1 + ratio * ratio) / square), 0.01).squareRoot()
        return scales.map { LogNormal(mean: moments.mean * $0 / mean, sigma: sigma) }
    }
}
