/// The course of an estimate and its anytime-valid bounds while an experiment ran, in the order of its rows.
package struct SequentialPath: Sendable, Hashable {
    /// What was known after so many rows.
    package struct Point: Sendable, Hashable {
        /// Rows so far.
        package let rows: Int
        /// The estimate and its bounds, in the metric's unit; `nil` before both arms have a spread.
        package let estimate, low, high: Double?
    }

    /// The points, from the first rows to all.
    package let points: [Point]

    /// After how many rows the bounds first left out zero, among the points that were looked at.
    package var decidedAt: Int? { points.first { ($0.low ?? 0) > 0 || ($0.high ?? 0) < 0 }?.rows }

    /// Looks at the first metric and arm after equal steps.
    init(_ experiment: Experiment, _ options: ABTest.Options, steps: Int = 60) {
        let count = experiment.count
        var options = options
        options.prior = nil
        points = (1...min(steps, max(count, 1))).map { step in
            let rows = count * step / min(steps, max(count, 1))
            let part = experiment.prefix(rows, metric: 0)
            let found = try? MetricComparer(part, options).compare(part.metrics[0]).comparisons.first
            return Point(rows: rows, estimate: found?.estimate, low: found?.interval.low, high: found?.interval.high)
        }
    }
}
