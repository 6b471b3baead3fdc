internal import Statistics

/// Estimates a quantile of every arm.
struct QuantileEstimator {
    let estimates: [ArmEstimate]

    /// - Throws: ``StudyError`` where an arm has too few values.
    init(
        _ maker: UnitMaker, _ metric: Experiment.Metric, share: Double, names: [String]
    ) throws(StudyError) {
        let rows = maker.units(of: metric, isClustered: false)
        let arms = try ArmCells.of(rows, arms: names, strata: [""])
        var estimates: [ArmEstimate] = []
        for (arm, name) in names.enumerated() {
            let sorted = arms[arm].cells.flatMap { $0.members.map { rows.top[$0] } }.sorted()
            guard let plain = QuantileEstimate(atShare: share, ofSorted: sorted) else {
                throw StudyError(.notIdentified, "The arm \"\(name)\" has too few values for a quantile.")
            }
            let spread = try Self.spread(maker, metric, below: plain.value, arm: arm, names: names)
            let final = QuantileEstimate(atShare: share, ofSorted: sorted, spread: spread) ?? plain
            let variance = final.standardError * final.standardError
            estimates.append(
                ArmEstimate(
                    name: name, count: sorted.count, found: final.value,
                    deviation: SampleMean(of: sorted)?.deviation ?? 0,
                    adjusted: final.value, variance: variance, degrees: .infinity, foundVariance: variance,
                    foundDegrees: .infinity, covariance: variance))
        }
        self.estimates = estimates
    }

    /// How much wider clusters make the error of the share below a value: the root of the design effect.
    private static func spread(
        _ maker: UnitMaker, _ metric: Experiment.Metric, below value: Double, arm: Int, names: [String]
    ) throws(StudyError) -> Double {
        let flags = metric.values.map { $0.isFinite ? ($0 <= value ? 1.0 : 0) : .nan }
        let units = maker.units(of: Experiment.Metric(metric.name, flags))
        guard let rows = units.rows else { return 1 }
        let estimate = try LinearEstimator(units, names: names, strata: [""]).estimates[arm]
        let count = zip(units.arm, rows).reduce(0) { $0 + ($1.0 == arm ? $1.1 : 0) }
        let independent = estimate.found * (1 - estimate.found) / count
        return independent > 0 ? (estimate.foundVariance / independent).squareRoot() : 1
    }
}
