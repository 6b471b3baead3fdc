/// What an experiment brought: one row for each unit, or for each observation of a unit where there are clusters.
package struct Experiment: Sendable {
    /// An outcome with what belongs to it; all columns are as long as the experiment has rows.
    package struct Metric: Sendable {
        /// What it is called.
        package var name: String
        /// The outcome of each row, in a unit of its own; not a number where it is missing.
        package var values: [Double]
        /// What the outcome is divided by, for a ratio of sums: minutes per ticket. `nil` for a mean.
        package var denominators: [Double]?
        /// What was measured before the assignment, not a number where it is missing: one column is CUPED, several are a
        /// regression adjustment.
        package var covariates: [[Double]]

        /// Creates a metric.
        package init(
            _ name: String, _ values: [Double], denominators: [Double]? = nil, covariates: [[Double]] = []
        ) {
            (self.name, self.values) = (name, values)
            (self.denominators, self.covariates) = (denominators, covariates)
        }
    }

    /// The names of the arms; the first is the control.
    package var arms: [String]
    /// The arm of each row, as a position in ``arms``.
    package var assignment: [Int]
    /// The outcomes; the first is the one that decides.
    package var metrics: [Metric]
    /// The unit that was assigned, for each row, where a unit has several rows.
    package var clusters: [String]?
    /// The stratum of each row, known before the assignment.
    package var strata: [String]?
    /// What each row really received: 1 where it used AI, 0 where not, or a share; not a number where unknown.
    package var received: [Double]?

    /// Creates an experiment.
    package init(
        arms: [String], assignment: [Int], metrics: [Metric], clusters: [String]? = nil, strata: [String]? = nil,
        received: [Double]? = nil
    ) {
        (self.arms, self.assignment, self.metrics) = (arms, assignment, metrics)
        (self.clusters, self.strata, self.received) = (clusters, strata, received)
    }

    /// How many rows it has.
    package var count: Int { assignment.count }

    /// An experiment of two arms and one outcome.
    package static func comparing(
        _ name: String, control: [Double], treated: [Double], before: (control: [Double], treated: [Double])? = nil
    ) -> Experiment {
        let covariates = before.map { [$0.control + $0.treated] } ?? []
        return Experiment(
            arms: ["control", "treated"],
            assignment: Array(repeating: 0, count: control.count) + Array(repeating: 1, count: treated.count),
            metrics: [Metric(name, control + treated, covariates: covariates)])
    }

    /// What its first rows brought; for the path that an estimate took.
    func prefix(_ rows: Int, metric: Int) -> Experiment {
        var part = self
        part.assignment = Array(assignment.prefix(rows))
        var only = metrics[metric]
        only.values = Array(only.values.prefix(rows))
        only.denominators = only.denominators.map { Array($0.prefix(rows)) }
        only.covariates = only.covariates.map { Array($0.prefix(rows)) }
        part.metrics = [only]
        part.clusters = clusters.map { Array($0.prefix(rows)) }
        part.strata = strata.map { Array($0.prefix(rows)) }
        part.received = nil
        return part
    }
}
