/// Covariances of coefficients that hold although residuals are not independent or not of one variance.
package enum RobustCovariance {
    /// Newey and West's covariance (1987) with Bartlett's kernel: residuals up to `lag` rows apart may be related.
    ///
    /// - Parameter correction: a factor for small samples, n ÷ (n − k) or 1.
    package static func neweyWest(_ fit: LeastSquares, lag: Int, correction: Double = 1) -> Matrix {
        let scores = Self.scores(fit)
        var middle = Matrix(rows: fit.design.columns, columns: fit.design.columns)
        for distance in 0...max(0, min(lag, scores.count - 1)) {
            let weight = distance == 0 ? 0.5 : 1 - Double(distance) / Double(lag + 1)
            for row in distance..<scores.count {
                add(scores[row], scores[row - distance], weight: weight, to: &middle)
            }
        }
        return sandwich(fit, middle, correction)
    }

    /// The lag that Newey and West (1994) suggest for `count` rows: 4 (n ÷ 100)^(2/9), rounded down.
    package static func usualLag(count: Int) -> Int { Int(4 * Powers.power(Double(count) / 100, 2.0 / 9)) }

    /// The covariance of clusters (Liang and Zeger, 1986): rows of one cluster may be related in any way.
    ///
    /// - Parameters:
    ///   - clusters: the cluster of each row, a number from 0 on.
    ///   - correction: a factor for few clusters; see ``clusterCorrection(clusters:rows:columns:)``.
    package static func clustered(_ fit: LeastSquares, clusters: [Int], correction: Double) -> Matrix {
        let width = fit.design.columns
        var sums = [[Double]](repeating: [Double](repeating: 0, count: width), count: (clusters.max() ?? -1) + 1)
        for (row, score) in scores(fit).enumerated() {
            for column in 0..<width { sums[clusters[row]][column] += score[column] }
        }
        var middle = Matrix(rows: width, columns: width)
        for sum in sums { add(sum, sum, weight: 0.5, to: &middle) }
        return sandwich(fit, middle, correction)
    }

    /// G ÷ (G − 1) × (n − 1) ÷ (n − k): what Stata and statsmodels multiply by.
    package static func clusterCorrection(clusters: Int, rows: Int, columns: Int) -> Double {
        let (count, rows, columns) = (Double(clusters), Double(rows), Double(columns))
        return count / (count - 1) * (rows - 1) / (rows - columns)
    }

    private static func scores(_ fit: LeastSquares) -> [[Double]] {
        (0..<fit.design.rows).map { row in fit.design.row(row).map { $0 * fit.residuals[row] } }
    }

    /// Adds the product of two columns and its transpose.
    private static func add(_ a: [Double], _ b: [Double], weight: Double, to middle: inout Matrix) {
        for i in a.indices { for j in b.indices { middle[i, j] += weight * (a[i] * b[j] + b[i] * a[j]) } }
    }

    private static func sandwich(_ fit: LeastSquares, _ middle: Matrix, _ correction: Double) -> Matrix {
        var covariance = fit.inverseGram * middle * fit.inverseGram
        for position in covariance.values.indices { covariance.values[position] *= correction }
        return covariance
    }
}
