/// Whether units were parted as planned (Pearson's chi-square with arms − 1 degrees of freedom).
package struct SampleRatioTest: Sendable, Hashable {
    /// Below this p-value the parting is broken. Assignments are many and exact, so it may be strict.
    package static let alarm = 0.001
    /// Fewer units than this in an arm say nothing.
    package static let fewest = 8

    /// Units found in each arm.
    package let observed: [Int]
    /// Units planned for each arm.
    package let expected: [Double]
    /// Σ (observed − expected)² ÷ expected.
    package let statistic: Double
    /// How often chance alone gives as much.
    package let pValue: Double

    /// Tests counts against planned weights in any unit: `50, 50` or `0.9, 0.1`.
    ///
    /// - Returns: `nil` with fewer than two arms, where a weight is not positive, and below ``fewest`` planned in an arm.
    package init?(observed: [Int], weights: [Double]) {
        let (total, sum) = (Double(observed.reduce(0, +)), weights.reduce(0, +))
        guard observed.count == weights.count, observed.count > 1, weights.allSatisfy({ $0 > 0 && $0.isFinite }) else {
            return nil
        }
        let expected = weights.map { $0 / sum * total }
        guard expected.allSatisfy({ $0 >= Double(Self.fewest) }) else { return nil }
        let parts = zip(observed, expected).map { (Double($0) - $1) * (Double($0) - $1) / $1 }
        (self.observed, self.expected, statistic) = (observed, expected, parts.reduce(0, +))
        pValue = ChiSquare.upperTail(statistic, degrees: Double(observed.count - 1))
    }
}
