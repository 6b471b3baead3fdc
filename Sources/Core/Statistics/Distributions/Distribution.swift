/// What is believed about an uncertain quantity, before it is known.
package enum Distribution: Sendable, Hashable {
    /// Known.
    case constant(Double)
    /// Anything between two bounds, all alike.
    case uniform(low: Double, high: Double)
    /// Mean and standard deviation.
    case normal(mean: Double, deviation: Double)
    /// Mean and standard deviation of the natural logarithm.
    case logNormal(logMean: Double, sigma: Double)
    /// Bounds and the likeliest value.
    case triangular(low: Double, mode: Double, high: Double)
    /// Bounds and the likeliest value, with the weight 4 of PERT (Malcolm et al., 1959): a beta distribution with mean
    /// (low + 4 mode + high) / 6.
    case pert(low: Double, mode: Double, high: Double)
    /// Values with probabilities that sum to 1.
    case discrete([DiscreteOutcome])

    /// Whether there is only one value that it can take.
    package var isConstant: Bool {
        switch self {
        case .constant: true
        case .uniform(let low, let high), .triangular(let low, _, let high), .pert(let low, _, let high): low == high
        case .normal(_, let deviation): deviation == 0
        case .logNormal(_, let sigma): sigma == 0
        case .discrete(let outcomes): outcomes.filter { $0.probability > 0 }.count == 1
        }
    }

    /// The value below which a share `p` of all lies, 0 < p < 1.
    package func quantile(_ p: Double) -> Double { DistributionSampler(self).value(atShare: p) }
}

/// A value that a discrete quantity may take.
package struct DiscreteOutcome: Sendable, Hashable {
    /// The value.
    package let value: Double
    /// Its probability, a fraction.
    package let probability: Double

    /// Creates an outcome.
    package init(value: Double, probability: Double) { (self.value, self.probability) = (value, probability) }
}
