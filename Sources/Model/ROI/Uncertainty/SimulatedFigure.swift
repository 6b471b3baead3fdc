internal import Statistics

/// A figure over many draws. A payback that never comes is infinite, and makes what it reaches `nil`.
package struct SimulatedFigure: Sendable, Hashable {
    /// An estimate with its standard error.
    package struct Estimate: Sendable, Hashable {
        /// The estimate over all draws.
        package let value: Double?
        /// Its standard error, from the spread between independent parts of the draws.
        package let standardError: Double?
    }

    /// Nine draws in ten lie above.
    package let p10: Estimate
    /// The median.
    package let p50: Estimate
    /// Nine draws in ten lie below.
    package let p90: Estimate
    /// The mean.
    package let mean: Estimate
    /// The share of draws in which it exists and is above zero.
    package let probabilityPositive: Estimate
    /// The share of draws in which it does not exist: a payback that never comes.
    package let missingShare: Double

    /// - Parameters:
    ///   - sample: all draws, one independent part of them behind the other.
    ///   - parts: how many parts, all of one size.
    init(_ sample: [Double], parts: Int) {
        let size = sample.count / parts
        let rows = (0..<parts).map { part in Summary(Array(sample[(part * size)..<((part + 1) * size)])) }
        let whole = Summary(sample)
        func estimate(_ figure: KeyPath<Summary, Double?>) -> Estimate {
            let values = rows.compactMap { $0[keyPath: figure] }
            let error = values.count == parts ? SampleMean(of: values)?.standardError : nil
            return Estimate(value: whole[keyPath: figure], standardError: error)
        }
        (p10, p50, p90) = (estimate(\.p10), estimate(\.p50), estimate(\.p90))
        (mean, probabilityPositive) = (estimate(\.mean), estimate(\.positive))
        missingShare = whole.missing
    }
}

/// What is estimated of a set of draws.
private struct Summary {
    let p10, p50, p90, mean, positive: Double?
    let missing: Double

    init(_ draws: [Double]) {
        let quantiles = Quantiles.values(atShares: [0.1, 0.5, 0.9], of: draws)
        (p10, p50, p90) = (quantiles[0], quantiles[1], quantiles[2])
        let count = Double(draws.count)
        let mean = draws.reduce(0, +) / count
        self.mean = mean.isFinite ? mean : nil
        positive = draws.isEmpty ? nil : Double(draws.count { $0 > 0 && $0.isFinite }) / count
        missing = draws.isEmpty ? 0 : Double(draws.count { !$0.isFinite }) / count
    }
}
