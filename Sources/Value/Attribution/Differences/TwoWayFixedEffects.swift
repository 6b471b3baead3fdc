internal import Statistics

/// The regression of the outcome on treatment, with a constant for every unit and every time.
package struct TwoWayFixedEffects: Sendable {
    /// The coefficient of treatment, in the outcome's unit.
    package let estimate: Double
    /// Its standard error, clustered by unit, times √(G ÷ (G − 1) × (n − 1) ÷ (n − k)).
    package let standardError: Double
    /// How many units, the clusters.
    package let clusters: Int

    /// Fits a panel without gaps.
    ///
    /// - Returns: `nil` where treatment does not differ between units and times, or there are fewer than two units.
    init?(_ panel: CohortPanel) {
        let (rows, columns) = (panel.timeCount, panel.starts.count)
        var treatment = Matrix(rows: rows, columns: columns)
        for unit in 0..<columns {
            for time in 0..<rows { treatment[time, unit] = (panel.starts[unit] ?? .max) <= time ? 1 : 0 }
        }
        let (x, y) = (Self.centred(treatment), Self.centred(panel.outcome))
        let sum = Vectors.dot(x.values, x.values)
        // Units, times less one, and treatment.
        let (count, coefficients) = (rows * columns, rows + columns)
        guard sum > 1e-9, columns > 1, count > coefficients else { return nil }
        estimate = Vectors.dot(x.values, y.values) / sum
        var squares = 0.0
        for unit in 0..<columns {
            let residuals = zip(y.column(unit), x.column(unit)).map { [estimate] in $0 - estimate * $1 }
            let score = Vectors.dot(x.column(unit), residuals)
            squares += score * score
        }
        let correction = RobustCovariance.clusterCorrection(clusters: columns, rows: count, columns: coefficients)
        standardError = (squares * correction).squareRoot() / sum
        clusters = columns
    }

    /// What is left without the means of units and of times.
    private static func centred(_ matrix: Matrix) -> Matrix {
        let units = (0..<matrix.columns).map { Vectors.mean(matrix.column($0)) }
        let times = (0..<matrix.rows).map { Vectors.mean(matrix.row($0)) }
        let mean = Vectors.mean(units)
        var centred = matrix
        for unit in 0..<matrix.columns {
            for time in 0..<matrix.rows { centred[time, unit] += mean - units[unit] - times[time] }
        }
        return centred
    }
}
