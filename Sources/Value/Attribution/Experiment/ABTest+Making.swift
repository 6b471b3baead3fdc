internal import Documents
internal import Domain
internal import Statistics

extension ABTest {
    /// Puts a study together: families of comparisons, the estimate and its grade.
    ///
    /// - Parameter metrics: the comparisons of each metric, at least one metric with one comparison.
    init(
        _ metrics: [[ABComparison]], adjustment: CovariateAdjustment?, sampleRatio: SampleRatioTest?,
        path: SequentialPath?, options: Options, assumptions: [String], warnings: [String]
    ) {
        // The deciding metric is a family of its own; the others are read together.
        let others = Self.family(metrics.dropFirst().flatMap { $0 })
        comparisons = Self.family(metrics[0]) + others
        (self.adjustment, self.sampleRatio, self.path, self.options) = (adjustment, sampleRatio, path, options)
        let first = comparisons[0]
        effect = EffectEstimate(
            method: "ab", estimate: first.estimate, standardError: first.standardError, interval: first.interval,
            pValue: first.pValue, treatedCount: first.treated.count, controlCount: first.control.count,
            grade: sampleRatio?.isBroken ?? false ? .stated : .randomised, assumptions: assumptions,
            warnings: warnings)
    }

    private static func family(_ comparisons: [ABComparison]) -> [ABComparison] {
        guard comparisons.count > 1 else { return comparisons }
        let values = comparisons.map { $0.pValue ?? 1 }
        let (holm, discovery) = (
            MultipleComparisons.holm(values), MultipleComparisons.benjaminiHochberg(values)
        )
        return comparisons.indices.map { position in
            var comparison = comparisons[position]
            comparison.adjustedP = .init(holm: holm[position], benjaminiHochberg: discovery[position])
            return comparison
        }
    }
}

extension SampleRatioTest {
    /// Whether the units cannot have been parted as planned.
    var isBroken: Bool { pValue < Self.alarm }
}
