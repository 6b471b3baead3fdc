internal import Statistics

/// Changes that were not: the same regression on the times before alone, with every possible start.
package struct PlaceboDates: Sendable {
    /// A start that was not one.
    package struct Fake: Sendable {
        /// The first time after it.
        package let label: String
        /// The level change.
        package let estimate: Double
        /// Its error.
        package let standardError: Double

        /// Estimate ÷ error.
        package var t: Double { standardError > 0 ? estimate / standardError : 0 }
    }

    /// All of them, earliest first.
    package let fakes: [Fake]
    /// The share whose t is at least as large as the real one's; `nil` without any.
    package let largerShare: Double?

    /// Tries every start that leaves four times on either side.
    init(_ series: ObservedSeries, _ real: InterruptedSeries) {
        let (fewest, last) = (4, series.preCount)
        fakes =
            last < 2 * fewest
            ? []
            : (fewest...(last - fewest)).compactMap { start in
                InterruptedSeries(series.prefix(last, preCount: start), lag: real.lag).map {
                    Fake(
                        label: series.labels[start], estimate: $0.levelChange.estimate,
                        standardError: $0.levelChange.standardError)
                }
            }
        let size = abs(real.levelChange.estimate / max(real.levelChange.standardError, .leastNormalMagnitude))
        largerShare = fakes.isEmpty ? nil : Double(fakes.count { abs($0.t) >= size }) / Double(fakes.count)
    }
}
