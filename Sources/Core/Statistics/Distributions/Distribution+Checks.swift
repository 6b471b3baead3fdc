/// Why a distribution does not exist.
package struct DistributionError: Error, Sendable, Hashable {
    /// What is wrong, and what was expected.
    package let message: String

    /// Creates an error.
    package init(message: String) { self.message = message }
}

extension Distribution {
    /// Makes sure that it exists.
    ///
    /// - Throws: ``DistributionError`` for bounds in the wrong order, negative spread, probabilities that do not sum to 1.
    package func checked() throws(DistributionError) -> Distribution {
        if let fault { throw DistributionError(message: fault) }
        return self
    }

    private var fault: String? {
        switch self {
        case .constant(let value): value.isFinite ? nil : "a finite number was expected"
        case .uniform(let low, let high): low <= high ? nil : "low (\(low)) is above high (\(high))"
        case .normal(_, let deviation): deviation >= 0 ? nil : "a standard deviation of at least 0 was expected"
        case .logNormal(let logMean, let sigma):
            logMean.isFinite && sigma >= 0 ? nil : "a positive quantity with a spread of at least 0 was expected"
        case .triangular(let low, let mode, let high), .pert(let low, let mode, let high):
            if low > high {
                "low (\(low)) is above high (\(high))"
            } else {
                low <= mode && mode <= high
                    ? nil : "the likeliest value (\(mode)) is not between low (\(low)) and high (\(high))"
            }
        case .discrete(let outcomes): Self.fault(of: outcomes)
        }
    }

    private static func fault(of outcomes: [DiscreteOutcome]) -> String? {
        if outcomes.isEmpty || outcomes.contains(where: { $0.probability < 0 }) {
            return "at least one value and no negative probability was expected"
        }
        let sum = outcomes.reduce(0) { $0 + $1.probability }
        return abs(sum - 1) < 1e-9 ? nil : "the probabilities sum to \(sum), not to 1"
    }
}

extension Distribution {
    /// The mean of all values.
    package var mean: Double {
        switch self {
        case .constant(let value): value
        case .uniform(let low, let high): (low + high) / 2
        case .normal(let mean, _): mean
        case .logNormal(let logMean, let sigma): LogNormal(logMean: logMean, sigma: sigma).mean
        case .triangular(let low, let mode, let high): (low + mode + high) / 3
        case .pert(let low, let mode, let high): (low + 4 * mode + high) / 6
        case .discrete(let outcomes): outcomes.reduce(0) { $0 + $1.value * $1.probability }
        }
    }
}
