/// Estimates every arm of a metric as a mean or a ratio of sums, linearised (delta method), with or without covariates.
struct LinearEstimator {
    let units: MetricUnits
    let arms: [ArmCells]
    let estimates: [ArmEstimate]
    let adjustment: CovariateAdjustment?
    /// How each unit moves its arm's estimate; the mean within an arm is 0.
    let influence: [Double]
    /// The same after the adjustment.
    let adjusted: [Double]

    init(_ units: MetricUnits, names: [String], strata: [String]) throws(StudyError) {
        self.units = units
        let arms = try ArmCells.of(units, arms: names, strata: strata)
        let influence = Self.influence(units.top, per: units.bottom, arms)
        let adjustment = CovariateAdjustment(units, arms)
        let adjusted = adjustment.map { $0.applied(to: influence) } ?? influence
        estimates = names.indices.map { arm in
            let cells = arms[arm]
            let found = cells.mean(units.top) / cells.mean(units.bottom)
            let variance = cells.covariance(influence, influence)
            return ArmEstimate(
                name: names[arm], count: cells.count, found: found,
                deviation: Self.deviation(influence, cells), adjusted: found - (adjustment?.shifts[arm] ?? 0),
                variance: adjustment == nil ? variance : cells.covariance(adjusted, adjusted),
                degrees: cells.degrees(adjusted), foundVariance: variance, foundDegrees: cells.degrees(influence),
                covariance: adjustment == nil ? variance : cells.covariance(adjusted, influence))
        }
        (self.arms, self.influence, self.adjustment, self.adjusted) = (arms, influence, adjustment, adjusted)
    }

    /// (numerator − ratio × denominator) ÷ mean denominator, for each unit in its arm.
    static func influence(_ top: [Double], per bottom: [Double]?, _ arms: [ArmCells]) -> [Double] {
        var result = [Double](repeating: 0, count: top.count)
        for arm in arms {
            let scale = arm.mean(bottom)
            let ratio = arm.mean(top) / scale
            for cell in arm.cells {
                if let bottom {
                    for unit in cell.members { result[unit] = (top[unit] - ratio * bottom[unit]) / scale }
                } else {
                    for unit in cell.members { result[unit] = top[unit] - ratio }
                }
            }
        }
        return result
    }

    private static func deviation(_ influence: [Double], _ arm: ArmCells) -> Double {
        let members = ArmCells.Cell(weight: 1, members: arm.cells.flatMap(\.members))
        return members.covariance(influence, influence).squareRoot()
    }

    /// What chance adds where strata differ in their effect: they are a sample too.
    func strataVariance(_ arm: Int) -> Double {
        let (treated, control) = (arms[arm].cells, arms[0].cells)
        guard treated.count > 1 else { return 0 }
        let parts = zip(treated, control).map { a, b -> Double in
            let difference = a.mean(adjusted) - b.mean(adjusted)
            return a.weight * difference * difference
        }
        return parts.reduce(0, +) / Double(units.count)
    }
}
