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

    /// - Parameter parts: independent parts of the draws, each in ascending order.
    init(sortedParts parts: [[Double]]) {
        func estimate(_ whole: Double?, _ part: ([Double]) -> Double?) -> Estimate {
            let values = parts.compactMap(part)
            let error = values.count == parts.count ? SampleMean(of: values)?.standardError : nil
            return Estimate(value: whole, standardError: error)
        }
        func quantile(_ p: Double) -> Estimate {
            estimate(Quantiles.value(atShare: p, ofSortedParts: parts)) { Quantiles.value(atShare: p, ofSorted: $0) }
        }
        (p10, p50, p90) = (quantile(0.1), quantile(0.5), quantile(0.9))
        mean = estimate(Self.mean(parts.joined()), Self.mean)
        probabilityPositive = estimate(Self.share(parts.joined()) { $0 > 0 && $0.isFinite }) { part in
            Self.share(part) { $0 > 0 && $0.isFinite }
        }
        missingShare = Self.share(parts.joined()) { !$0.isFinite } ?? 0
    }

    private static func mean(_ values: some Collection<Double>) -> Double? {
        let mean = values.reduce(0, +) / Double(values.count)
        return mean.isFinite ? mean : nil
    }

    private static func share(_ values: some Collection<Double>, where isCounted: (Double) -> Bool) -> Double? {
        values.isEmpty ? nil : Double(values.count(where: isCounted)) / Double(values.count)
    }
}
