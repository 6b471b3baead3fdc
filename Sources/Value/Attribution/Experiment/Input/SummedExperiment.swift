internal import Statistics

/// An experiment of which only sums are known.
struct SummedExperiment {
    let metric: String
    /// The arms; the first is the control.
    let arms: [(name: String, summary: ArmSummary)]
    let options: ABTest.Options

    /// - Throws: ``StudyError`` where a spread is missing.
    func comparisons() throws(StudyError) -> [ABComparison] {
        guard arms.count > 1 else { throw StudyError(.badInput, "There is no arm to compare with the control.") }
        var estimates: [ArmEstimate] = []
        for arm in arms { estimates.append(try Self.estimate(arm.name, arm.summary)) }
        var comparisons: [ABComparison] = []
        for treated in estimates.dropFirst() { comparisons.append(try compare(treated, estimates[0])) }
        return comparisons
    }

    private func compare(_ treated: ArmEstimate, _ control: ArmEstimate) throws(StudyError) -> ABComparison {
        let variance = treated.variance + control.variance
        guard variance > 0 else {
            throw StudyError(
                .notIdentified, "\"\(metric)\" does not vary within \"\(treated.name)\" or \"\(control.name)\" yet.")
        }
        let reading = Reading(
            estimate: treated.found - control.found, standardError: variance.squareRoot(),
            degrees: MetricComparer.degrees(
                (treated.variance, treated.degrees), (control.variance, control.degrees)),
            count: treated.count + control.count, options: options)
        return ABComparison(metric, treated, control, .welch, reading)
    }

    private static func estimate(_ name: String, _ summary: ArmSummary) throws(StudyError) -> ArmEstimate {
        guard let variance = summary.variance, variance.isFinite, summary.mean.isFinite else {
            throw StudyError(
                .notIdentified, "The arm \"\(name)\" has \(summary.count) values; a spread needs at least 2.")
        }
        let error = variance / Double(summary.count)
        let degrees = Double(summary.count - 1)
        return ArmEstimate(
            name: name, count: summary.count, found: summary.mean, deviation: variance.squareRoot(),
            adjusted: summary.mean, variance: error, degrees: degrees, foundVariance: error, foundDegrees: degrees,
            covariance: error)
    }
}
