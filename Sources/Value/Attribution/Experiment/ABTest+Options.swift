internal import Statistics

extension ABTest {
    /// How an experiment is analysed.
    package struct Options: Sendable, Hashable {
        /// What an outcome is.
        package enum Kind: Sendable, Hashable {
            /// A share of successes where every value is 0 or 1, else a mean.
            case automatic
            /// A mean, or a ratio of sums where there are denominators (Welch).
            case mean
            /// A share of successes (score test, Newcombe's interval).
            case proportion
            /// The value below which such a share lies, a fraction inside 0…1.
            case quantile(Double)
        }

        /// A normal belief about the effect before the data, in the outcome's unit.
        package struct Prior: Sendable, Hashable {
            /// Its mean.
            package var mean: Double
            /// Its standard deviation; infinite for no belief at all.
            package var deviation: Double

            /// Creates a prior.
            package init(mean: Double = 0, deviation: Double = .infinity) {
                (self.mean, self.deviation) = (mean, deviation)
            }
        }

        /// What the outcomes are.
        package var kind = Kind.automatic
        /// The level of intervals, a fraction.
        package var level = 0.95
        /// The chance to find the minimum detectable effect, a fraction.
        package var power = 0.8
        /// The number of units at which anytime-valid intervals are tightest; `nil` where the experiment is read once, at
        /// an end that was fixed before.
        package var sequentialTuning: Double?
        /// The planned weights of the arms, in the order of ``Experiment/arms``; `nil` where they are not stated.
        package var expectedSplit: [Double]?
        /// The prior of a Bayesian reading; `nil` for none.
        package var prior: Prior?

        /// The usual tuning size of anytime-valid intervals.
        package static let usualTuning = 5_000.0

        /// Creates the usual options.
        package init() {}

        /// α: the chance of an interval to miss, a fraction.
        var alpha: Double { 1 - level }

        /// Anytime-valid intervals, where they are wanted.
        var sequence: AsymptoticConfidenceSequence? {
            sequentialTuning.map { AsymptoticConfidenceSequence(alpha: alpha, tuningSize: $0) }
        }

        /// Refuses options that mean nothing.
        func check(for experiment: Experiment) throws(StudyError) {
            guard level >= 0.5, level < 1 else {
                throw StudyError(.badInput, "The level is a fraction from 0.5 to below 1, such as 0.95.")
            }
            guard power > 0, power < 1 else { throw StudyError(.badInput, "The power is a fraction inside 0 to 1.") }
            if let tuning = sequentialTuning, !(tuning >= 1 && tuning < 1e12) {
                throw StudyError(.badInput, "The tuning size is a number of units of at least 1.")
            }
            if case .quantile(let share) = kind { try Self.checkQuantile(share, experiment) }
            if let prior, !prior.mean.isFinite || !(prior.deviation > 0) {
                throw StudyError(.badInput, "A prior has a finite mean and a standard deviation above 0.")
            }
            if let expectedSplit { try Self.checkSplit(expectedSplit, experiment) }
        }

        private static func checkQuantile(_ share: Double, _ experiment: Experiment) throws(StudyError) {
            guard share > 0, share < 1 else {
                throw StudyError(.badInput, "A quantile is a fraction inside 0 to 1, such as 0.9.")
            }
            let isPlain =
                experiment.strata == nil
                && experiment.metrics.allSatisfy { $0.covariates.isEmpty && $0.denominators == nil }
            guard isPlain else {
                throw StudyError(
                    .badInput,
                    "A quantile is compared as it stands; leave out covariates, denominators and strata, or compare means."
                )
            }
        }

        private static func checkSplit(_ split: [Double], _ experiment: Experiment) throws(StudyError) {
            guard split.count == experiment.arms.count, split.allSatisfy({ $0 > 0 && $0.isFinite }) else {
                throw StudyError(
                    .badInput,
                    "The expected split needs a weight above 0 for each of "
                        + "\(experiment.arms.joined(separator: ", ")), in this order.")
            }
        }
    }
}
