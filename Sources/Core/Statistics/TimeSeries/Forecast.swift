/// What was expected of points of time, and how the errors of the expectations go together.
package struct Forecast: Sendable {
    /// The expectations.
    package let means: [Double]
    private let variances: [Double]
    private let crosses: [[Double]]
    private let unit: Double

    init(means: [Double], variances: [Double], crosses: [[Double]], unit: Double) {
        (self.means, self.variances, self.crosses, self.unit) = (means, variances, crosses, unit)
    }

    /// The standard deviation of the error at each point.
    package var deviations: [Double] { variances.map { max($0, 0).squareRoot() * unit } }

    /// The standard deviation of the mean error over all points.
    package var meanDeviation: Double {
        let sum = variances.reduce(0, +) + 2 * crosses.reduce(0) { $0 + $1.reduce(0, +) }
        return max(sum, 0).squareRoot() * unit / Double(max(variances.count, 1))
    }
}
