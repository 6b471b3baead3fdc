/// A quantile of a sample with its standard error.
package struct QuantileEstimate: Sendable, Hashable {
    /// The quantile, interpolated linearly.
    package let value: Double
    /// Its standard error: the distance between two order statistics ÷ their distance in standard normal units. No
    /// density has to be estimated (Price and Bonett, 2001; Deng, Knoblich and Lu, 2018).
    package let standardError: Double

    /// Creates an estimate; `nil` with fewer than two values.
    ///
    /// - Parameters:
    ///   - share: which quantile, a fraction inside 0…1.
    ///   - sorted: the values in ascending order.
    ///   - spread: how much wider the error of the share below is than with independent values: 1 where they are
    ///     independent, the root of the design effect where they come in clusters.
    package init?(atShare share: Double, ofSorted sorted: [Double], spread: Double = 1) {
        let n = Double(sorted.count)
        guard sorted.count > 1, share > 0, share < 1, let value = Quantiles.value(atShare: share, ofSorted: sorted)
        else { return nil }
        let reach = 1.96 * (n * share * (1 - share)).squareRoot() * spread
        let low = max(Int((n * share - 0.5 - reach).rounded(.down)), 0)
        let high = min(Int((n * share - 0.5 + reach).rounded(.up)), sorted.count - 1)
        let ends = (Double(low), Double(high))
        // What the ends really are, after rounding to places that exist.
        let distance = (ends.1 - ends.0) / ((n * share * (1 - share)).squareRoot() * spread)
        self.value = value
        standardError = distance > 0 ? (sorted[high] - sorted[low]) / distance : 0
    }
}
