internal import Documents
internal import Statistics

extension Notices {
    // MARK: Parting

    var partingWarnings: [String] {
        let found = EffectText.list(zip(arms, counts).map { "\($0) \(NumberText.count(Int64($1)))" })
        if let sampleRatio, sampleRatio.isBroken {
            let planned = EffectText.list(
                zip(arms, sampleRatio.expected).map { "\($0) \(EffectText.number($1))" })
            return [
                "Sample ratio mismatch: \(found) units, where \(planned) were planned (p \(EffectText.pValue(sampleRatio.pValue))). "
                    + "The comparison is not to be trusted. Find where units were lost or counted twice (assignment, "
                    + "logging, filters) before reading the effect."
            ]
        }
        guard options.expectedSplit == nil,
            let even = SampleRatioTest(observed: counts, weights: counts.map { _ in 1 }), even.isBroken
        else { return [] }
        return [
            "The arms hold \(found) units. If equal arms were planned, units were lost; state the plan with "
                + "--expected-split so that it is tested."
        ]
    }

    // MARK: Data

    func dataWarnings(_ name: String, _ outcome: MetricComparer.Outcome) -> [String] {
        var warnings: [String] = []
        let missing = outcome.missing.reduce(0, +)
        if missing > 0 {
            let parts = EffectText.list(zip(arms, outcome.missing).map { "\($0) \($1)" })
            warnings.append("\(missing) rows have no value of \"\(name)\" and are left out (\(parts)).")
            if isUneven(outcome) {
                warnings.append(
                    "Values of \"\(name)\" are missing more often in one arm than in another: those that are left are no "
                        + "longer alike by chance. Find out why they are missing.")
            }
        }
        if outcome.filled > 0 {
            warnings.append("\(outcome.filled) covariates of \"\(name)\" are missing and stand at their mean.")
        }
        if outcome.lostCovariates {
            warnings.append(
                "The covariates of \"\(name)\" are constant or depend on one another, so the effect is not adjusted; leave "
                    + "one of them out.")
        }
        return warnings
    }

    /// Whether the shares of missing values differ beyond chance.
    private func isUneven(_ outcome: MetricComparer.Outcome) -> Bool {
        let known = outcome.comparisons.first.map { [$0.control.count] } ?? []
        let rows = zip(outcome.missing, known + outcome.comparisons.map(\.treated.count)).map { Double($0 + $1) }
        let test = SampleRatioTest(observed: outcome.missing, weights: rows)
        return (test?.pValue ?? 1) < 0.01
    }

    var sizeWarnings: [String] {
        let smallest = counts.min() ?? 0
        if options.sequentialTuning != nil, isSorted {
            return [
                "The rows are sorted by arm, so the path of the estimate is not shown; bring them into the order in which "
                    + "the units came. The interval at the end does not depend on it."
            ]
        }
        if options.sequentialTuning != nil, counts.reduce(0, +) < 200 {
            return [
                "With \(counts.reduce(0, +)) units an anytime-valid interval is too narrow; wait for a few hundred."
            ]
        }
        if smallest < 30 {
            return [
                "An arm has \(smallest) units only: unless the outcome is close to normal, the interval is approximate."
            ]
        }
        return []
    }

    // MARK: Comparisons

    func comparisonWarnings(_ comparison: ABComparison) -> [String] {
        var warnings: [String] = []
        if let relative = comparison.relative, comparison.isClear != relative.isClear {
            warnings.append(
                "The absolute effect of \(comparison.treated.name) is \(comparison.isClear ? "" : "not ")clear of zero and the "
                    + "relative one is \(relative.isClear ? "" : "not "), since the control's mean is uncertain as well. "
                    + "Decide by the one that was named beforehand.")
        }
        guard let complier = comparison.complier else { return warnings }
        if complier.controlShare > 0 {
            warnings.append(
                "Contamination: \(NumberText.percent(complier.controlShare)) of \(comparison.control.name) received it all the "
                    + "same. The effect of the assignment understates the effect of use.")
        }
        if complier.strength < ComplierEffect.weak {
            warnings.append(
                "The assignment to \(comparison.treated.name) hardly changed use; the effect on those who use it is not "
                    + "known. Read the effect of the assignment only.")
        }
        return warnings
    }
}
