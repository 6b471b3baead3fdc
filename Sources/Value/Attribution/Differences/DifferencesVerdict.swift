internal import Documents
internal import Domain
internal import Statistics

/// What a difference-in-differences is worth: the estimate with its error, grade, assumptions and warnings.
struct DifferencesVerdict {
    let panel: CohortPanel
    let options: DifferencesStudy.Options
    let controls: GroupTimeEffects.Controls
    let estimate: ContrastEstimate
    let regression: TwoWayFixedEffects?
    let preTrend: PreTrend?
    let permutation: PermutationTest?
    let warnings: [String]

    /// Below this many treated units, or controls, an interval from their variation is too short.
    static let fewClusters = 10

    var effect: EffectEstimate {
        let (error, interval, p) = inference
        return EffectEstimate(
            method: isSimple ? "did" : "did/staggered", estimate: estimate.estimate, standardError: error,
            interval: interval.map { .init(level: options.level, low: $0.low, high: $0.high) }, pValue: p,
            treatedCount: treatedCount, controlCount: panel.units(of: nil).count, grade: grade,
            assumptions: assumptions, warnings: warnings + clusterWarnings + trendWarnings)
    }

    private var isSimple: Bool { panel.cohorts.count == 1 }
    private var treatedCount: Int { panel.starts.count { $0 != nil } }

    /// Clustered by unit where several units start together; where one is treated, from the controls' changes; by
    /// groups' variances where starts are staggered.
    private var inference: (error: Double?, interval: (low: Double, high: Double)?, p: Double?) {
        guard isSimple else { return (estimate.standardError, estimate.interval, estimate.p) }
        if treatedCount == 1 { return (estimate.standardError, estimate.interval, permutation?.p) }
        guard let regression, regression.standardError > 0 else { return (nil, nil, permutation?.p) }
        let degrees = Double(regression.clusters - 1)
        let width = TestDistributions.tQuantile(0.5 + options.level / 2, degrees: degrees).map {
            $0 * regression.standardError
        }
        return (
            regression.standardError, width.map { (estimate.estimate - $0, estimate.estimate + $0) },
            TestDistributions.twoSided(t: estimate.estimate / regression.standardError, degrees: degrees)
        )
    }

    private var isTrendRefuted: Bool { [preTrend?.slope.p, preTrend?.joint?.p].contains { ($0 ?? 1) < 0.05 } }

    private var grade: EvidenceGrade { preTrend == nil || isTrendRefuted ? .beforeAfter : .quasiExperiment }

    private var assumptions: [String] {
        [
            "Without the treatment, treated and controls would have changed by as much (parallel trends).",
            "Nobody changed course before the start because the treatment was coming.",
            "The controls did not feel the treatment, and the same units were observed throughout.",
        ]
            + (isSimple ? [] : ["Those who started at other times are comparable with each other but for the start."])
    }

    private var clusterWarnings: [String] {
        var found: [String] = []
        if treatedCount == 1 {
            found.append(
                "One unit is treated. A clustered standard error is far too small then, so the interval takes the "
                    + "treated to vary as one control does, and the p-value ranks it among them.")
        } else if treatedCount < Self.fewClusters {
            found.append(
                "Only \(treatedCount) units are treated: clustered errors tend to be too small. Compare the "
                    + "permutation p-value, \(StudyText.p(permutation?.p)).")
        }
        let others = panel.units(of: nil).count
        if others < Self.fewClusters, controls == .never {
            found.append("Only \(others) \(others == 1 ? "unit was" : "units were") never treated: errors are rough.")
        }
        let alone = isSimple ? 0 : panel.cohorts.count { panel.units(of: $0).count == 1 }
        if alone > 0 {
            found.append(
                "\(alone) starts have a single unit, whose own variation cannot be told; the interval is too short.")
        }
        return found
    }

    private var trendWarnings: [String] {
        guard let preTrend else {
            return [
                "There are too few times before the start to see whether trends were parallel; the evidence is graded "
                    + "as before and after. Give earlier rows."
            ]
        }
        guard isTrendRefuted else { return [] }
        let p = [preTrend.slope.p, preTrend.joint?.p].compactMap { $0 }.min()
        return [
            "Treated and controls did not run parallel before (p \(StudyText.p(p))); the evidence is graded as before "
                + "and after. Take --method sdid or a synthetic control."
        ]
    }
}
