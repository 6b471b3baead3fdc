/// What one arm of an experiment has brought so far: count, mean and spread, kept as values arrive.
///
/// It is all that a comparison of means needs, so a gate that decides on live traffic keeps this and no values. Two
/// summaries of disjoint values make one (Chan, Golub and LeVeque, 1983).
package struct ArmSummary: Sendable, Hashable {
    /// How many values.
    package private(set) var count = 0
    /// Their arithmetic mean; 0 of nothing.
    package private(set) var mean = 0.0
    /// The sum of squared differences from the mean.
    private var squares = 0.0

    /// Creates the summary of nothing.
    package init() {}

    /// Creates a summary that is known from elsewhere.
    ///
    /// - Parameter variance: with n − 1, in the square of the values' unit.
    package init(count: Int, mean: Double, variance: Double) {
        (self.count, self.mean, squares) = (count, mean, variance * Double(max(count - 1, 0)))
    }

    /// Creates a summary from sums, as a database gives them. Sums of squares lose digits where the mean is far larger
    /// than the spread.
    package init(count: Int, sum: Double, sumOfSquares: Double) {
        self.count = count
        mean = count > 0 ? sum / Double(count) : 0
        squares = max(sumOfSquares - mean * sum, 0)
    }

    /// The variance with n − 1; `nil` for fewer than two values.
    package var variance: Double? { count > 1 ? squares / Double(count - 1) : nil }

    /// The summary as a mean to compare.
    package var sampleMean: SampleMean { SampleMean(count: count, mean: mean, variance: variance) }

    /// Takes one more value in (Welford, 1962).
    package mutating func add(_ value: Double) {
        count += 1
        let step = value - mean
        mean += step / Double(count)
        squares += step * (value - mean)
    }

    /// Takes another summary in.
    package mutating func add(_ other: ArmSummary) {
        guard other.count > 0 else { return }
        let (mine, others) = (Double(count), Double(other.count))
        let step = other.mean - mean
        count += other.count
        mean += step * others / (mine + others)
        squares += other.squares + step * step * mine * others / (mine + others)
    }
}
