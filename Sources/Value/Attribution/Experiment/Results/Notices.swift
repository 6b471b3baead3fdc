internal import Documents
internal import Statistics

/// What an A/B test assumes, and what in the data speaks against it.
struct Notices {
    let options: ABTest.Options
    let arms: [String]
    /// Units that were assigned to each arm.
    let counts: [Int]
    let sampleRatio: SampleRatioTest?
    let outcomes: [(name: String, outcome: MetricComparer.Outcome)]
    let isSorted: Bool
    private let hasClusters, hasStrata, hasCovariates, hasRatios, knowsUse: Bool

    init(
        _ experiment: Experiment, _ options: ABTest.Options, _ outcomes: [MetricComparer.Outcome],
        sampleRatio: SampleRatioTest?
    ) {
        (self.options, self.sampleRatio) = (options, sampleRatio)
        (arms, counts) = (experiment.arms, experiment.assignedCounts)
        self.outcomes = zip(experiment.metrics, outcomes).map { ($0.name, $1) }
        (hasClusters, hasStrata) = (experiment.clusters != nil, experiment.strata != nil)
        hasCovariates = experiment.metrics.contains { !$0.covariates.isEmpty }
        hasRatios = experiment.metrics.contains { $0.denominators != nil }
        knowsUse = experiment.received != nil
        isSorted = experiment.isSortedByArm
    }

    init(_ summed: SummedExperiment, sampleRatio: SampleRatioTest?) {
        (options, self.sampleRatio, outcomes) = (summed.options, sampleRatio, [])
        (arms, counts) = (summed.arms.map(\.name), summed.arms.map(\.summary.count))
        isSorted = false
        (hasClusters, hasStrata, hasCovariates, hasRatios, knowsUse) = (false, false, false, false, false)
    }

    var assumptions: [String] {
        var list = [
            "Chance alone decided which arm a unit came to.",
            "What one unit is given does not change another's outcome (no spill-over between arms).",
        ]
        if let tuning = options.sequentialTuning {
            list.append(
                "The interval may be read at any time; it is tightest at about \(NumberText.count(Int64(tuning))) units, and "
                    + "asymptotic: below a few hundred units it is too narrow.")
        } else {
            list.append("The end was fixed before the start, and the data are read once.")
        }
        if hasClusters { list.append("Clusters were assigned whole; the error is between clusters.") }
        if hasStrata { list.append("Strata were known before the assignment.") }
        if hasCovariates { list.append("Covariates were measured before the assignment.") }
        if hasRatios { list.append("Ratios are of sums; their error is linear in the denominator's (delta method).") }
        if knowsUse {
            list.append(
                "For the effect on those who use it: the assignment works through use alone, and nobody does the opposite "
                    + "of what is assigned.")
        }
        if options.prior != nil { list.append("The prior was chosen before the data were seen.") }
        return list
    }

    func warnings(of comparisons: [ABComparison]) -> [String] {
        partingWarnings + outcomes.flatMap { dataWarnings($0.name, $0.outcome) } + sizeWarnings
            + comparisons.flatMap { comparisonWarnings($0) }
    }
}

extension RelativeEffect {
    /// Whether the interval leaves out zero.
    var isClear: Bool { (interval.low ?? 0) > 0 || (interval.high ?? 0) < 0 }
}

extension Experiment {
    /// How many units (clusters, where there are any) were assigned to each arm.
    var assignedCounts: [Int] {
        var counts = arms.map { _ in 0 }
        guard let clusters else {
            for arm in assignment { counts[arm] += 1 }
            return counts
        }
        var seen: Set<String> = []
        for (arm, cluster) in zip(assignment, clusters) where seen.insert(cluster).inserted { counts[arm] += 1 }
        return counts
    }

    /// Whether the first half of the rows holds almost nothing of an arm: they are not in the order in which units came.
    var isSortedByArm: Bool {
        arms.indices.contains { arm in
            let total = assignment.count { $0 == arm }
            return assignment.prefix(count / 2).count { $0 == arm } * 10 < total
        }
    }
}
