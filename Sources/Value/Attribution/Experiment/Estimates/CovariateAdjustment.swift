internal import Statistics

/// The adjustment of an outcome for what was measured before the assignment (CUPED of Deng et al., 2013, with one
/// covariate; a regression adjustment with several).
///
/// Coefficients are pooled over all arms without removing the arms' means, as GrowthBook's engine does.
package struct CovariateAdjustment: Sendable, Hashable {
    /// θ of each covariate: by how much the outcome rises with it.
    package let coefficients: [Double]
    /// The (multiple) correlation of outcome and covariates over all arms, 0 to 1 in size.
    package let correlation: Double
    /// What is taken from each arm's mean.
    let shifts: [Double]
    /// How each unit moves its arm's covariate part.
    private let parts: [Double]

    /// `nil` without covariates, and where they are constant or depend on one another.
    init?(_ units: MetricUnits, _ arms: [ArmCells]) {
        guard !units.covariates.isEmpty else { return nil }
        let outcome = Self.centred(units.top, per: units.bottom)
        let covariates = units.covariates.map { Self.centred($0, per: units.rows) }
        let right = covariates.map { Self.product($0, outcome) }
        let matrix = covariates.map { a in covariates.map { Self.product(a, $0) } }
        guard let theta = SymmetricSystem.solve(matrix, right) else { return nil }
        let explained = zip(theta, right).reduce(0) { $0 + $1.0 * $1.1 }
        let total = Self.product(outcome, outcome)
        let size = total > 0 ? min(max(explained / total, 0), 1).squareRoot() : 0
        (coefficients, correlation) = (theta, theta.count == 1 && theta[0] < 0 ? -size : size)
        shifts = arms.map { arm in
            zip(theta, covariates).reduce(0) { $0 + $1.0 * arm.mean($1.1) / Self.scale(arm, units) }
        }
        var parts = [Double](repeating: 0, count: units.count)
        for (coefficient, column) in zip(theta, units.covariates) {
            let influence = LinearEstimator.influence(column, per: units.rows, arms)
            for unit in parts.indices { parts[unit] += coefficient * influence[unit] }
        }
        self.parts = parts
    }

    /// A unit's influence less what its covariates explain.
    func applied(to influence: [Double]) -> [Double] { zip(influence, parts).map { $0 - $1 } }

    /// The mean number of rows of the arm's units, against that of all.
    private static func scale(_ arm: ArmCells, _ units: MetricUnits) -> Double {
        guard let rows = units.rows else { return 1 }
        return arm.mean(rows) / (rows.reduce(0, +) / Double(rows.count))
    }

    /// (column − ratio of all × denominator) ÷ mean denominator.
    private static func centred(_ column: [Double], per bottom: [Double]?) -> [Double] {
        let sum = column.reduce(0, +)
        guard let bottom else {
            let mean = sum / Double(column.count)
            return column.map { $0 - mean }
        }
        let total = bottom.reduce(0, +)
        let (ratio, scale) = (sum / total, total / Double(column.count))
        return zip(column, bottom).map { ($0 - ratio * $1) / scale }
    }

    private static func product(_ a: [Double], _ b: [Double]) -> Double {
        var sum = 0.0
        for place in a.indices { sum += a[place] * b[place] }
        return sum
    }
}
