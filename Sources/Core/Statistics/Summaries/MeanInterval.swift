internal import CBoostMath

/// The mean of a sample with what is needed to compare it.
package struct SampleMean: Sendable, Hashable {
    /// How many values.
    package let count: Int
    /// Their arithmetic mean.
    package let mean: Double
    /// Their variance, with n − 1; `nil` for fewer than two.
    package let variance: Double?

    /// Creates a mean that is known from elsewhere.
    package init(count: Int, mean: Double, variance: Double?) {
        (self.count, self.mean, self.variance) = (count, mean, variance)
    }

    /// The mean of values; `nil` of nothing.
    package init?(of values: [Double]) {
        guard !values.isEmpty else { return nil }
        let mean = values.reduce(0, +) / Double(values.count)
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        self.init(
            count: values.count, mean: mean, variance: values.count > 1 ? squares / Double(values.count - 1) : nil)
    }

    /// The standard deviation; `nil` for fewer than two values.
    package var deviation: Double? { variance?.squareRoot() }

    /// The standard error of the mean; `nil` for fewer than two values.
    package var standardError: Double? { variance.map { ($0 / Double(count)).squareRoot() } }
}

/// An estimate with its interval.
package struct IntervalEstimate: Sendable, Hashable {
    /// The estimate.
    package let estimate: Double
    /// Its standard error.
    package let standardError: Double
    /// The level of the interval, a fraction.
    package let level: Double
    /// The lower end.
    package let low: Double
    /// The upper end.
    package let high: Double

    /// The interval of a quantity whose standard error has so many degrees of freedom, by Student's t.
    package init(estimate: Double, standardError: Double, degrees: Double, level: Double = 0.95) {
        let width = standardError == 0 ? 0 : payback_t_quantile(degrees, 0.5 + level / 2) * standardError
        (self.estimate, self.standardError, self.level) = (estimate, standardError, level)
        (low, high) = (estimate - width, estimate + width)
    }

    /// The mean of a sample; `nil` for fewer than two values.
    package init?(_ sample: SampleMean, level: Double = 0.95) {
        guard let error = sample.standardError else { return nil }
        self.init(estimate: sample.mean, standardError: error, degrees: Double(sample.count - 1), level: level)
    }

    /// `a − b` for independent samples of unequal variance (Welch, 1947); `nil` where a spread is unknown.
    package init?(difference a: SampleMean, minus b: SampleMean, level: Double = 0.95) {
        guard let first = a.standardError, let second = b.standardError else { return nil }
        let (u, v) = (first * first, second * second)
        let freedom = u * u / Double(a.count - 1) + v * v / Double(b.count - 1)
        self.init(
            estimate: a.mean - b.mean, standardError: (u + v).squareRoot(),
            degrees: freedom > 0 ? (u + v) * (u + v) / freedom : 1, level: level)
    }
}
