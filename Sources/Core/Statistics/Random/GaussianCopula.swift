/// Makes independent shares depend on one another as normal quantities of given correlations do.
package struct GaussianCopula: Sendable {
    /// Rows of the lower triangle of Cholesky's factor.
    private let factor: [[Double]]

    /// Creates a copula.
    ///
    /// - Parameter correlations: a symmetric matrix with ones on its diagonal, row by row.
    /// - Throws: ``DistributionError`` where no quantities can have these correlations.
    package init(correlations: [[Double]]) throws(DistributionError) {
        var factor = correlations.map { [Double](repeating: 0, count: $0.count) }
        for row in correlations.indices {
            for column in 0...row {
                let sum = (0..<column).reduce(0) { $0 + factor[row][$1] * factor[column][$1] }
                let rest = correlations[row][column] - sum
                if row == column {
                    guard rest > -1e-12 else {
                        throw DistributionError(
                            message: "no quantities can have these correlations together; bring some nearer to 0")
                    }
                    factor[row][row] = max(rest, 0).squareRoot()
                } else {
                    factor[row][column] = factor[column][column] > 0 ? rest / factor[column][column] : 0
                }
            }
        }
        self.factor = factor
    }

    /// How many quantities there are.
    package var count: Int { factor.count }

    /// Replaces the independent shares of one draw by dependent ones.
    ///
    /// - Parameter shares: as many columns as quantities, each a pointer to a draw's share.
    package func transform(_ columns: [UnsafeMutablePointer<Double>], draws: Int) {
        var normal = [Double](repeating: 0, count: count)
        for draw in 0..<draws {
            for (position, column) in columns.enumerated() { normal[position] = StandardNormal.quantile(column[draw]) }
            for (position, column) in columns.enumerated() {
                var sum = 0.0
                for other in 0...position { sum += factor[position][other] * normal[other] }
                column[draw] = min(max(StandardNormal.cumulative(sum), 0x1p-53), 1 - 0x1p-53)
            }
        }
    }
}
