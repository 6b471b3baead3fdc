internal import CColumns

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Turns shares into values of a distribution, quickly, for columns of draws.
package struct DistributionSampler: Sendable {
    private let distribution: Distribution
    private let table: QuantileTable?

    /// Prepares a distribution that has been checked.
    package init(_ distribution: Distribution) {
        self.distribution = distribution
        if case .pert(let low, let mode, let high) = distribution, low < high {
            table = QuantileTable(
                alpha: 1 + 4 * (mode - low) / (high - low), beta: 1 + 4 * (high - mode) / (high - low))
        } else {
            table = nil
        }
    }

    /// Replaces shares (0 < p < 1) by the values below which they lie.
    package func transform(_ column: UnsafeMutableBufferPointer<Double>) {
        switch distribution {
        case .constant(let value): column.update(repeating: value)
        case .uniform(let low, let high):
            for draw in column.indices { column[draw] = low + (high - low) * column[draw] }
        case .normal(let mean, let deviation):
            for draw in column.indices { column[draw] = mean + deviation * StandardNormal.quantile(column[draw]) }
        case .logNormal(let logMean, let sigma):
            for draw in column.indices { column[draw] = exp(logMean + sigma * StandardNormal.quantile(column[draw])) }
        case .pert(let low, _, let high):
            guard let table else { return column.update(repeating: low) }
            for draw in column.indices { column[draw] = low + (high - low) * table.value(atShare: column[draw]) }
        case .triangular(let low, let mode, let high):
            if let start = column.baseAddress { payback_triangular(start, low, mode, high, column.count) }
        case .discrete(let outcomes):
            for draw in column.indices { column[draw] = Self.discrete(outcomes, column[draw]) }
        }
    }

    /// The value below which a share `p` of all lies.
    package func value(atShare p: Double) -> Double {
        switch distribution {
        case .constant(let value): return value
        case .uniform(let low, let high): return low + (high - low) * p
        case .normal(let mean, let deviation): return mean + deviation * StandardNormal.quantile(p)
        case .logNormal(let logMean, let sigma): return exp(logMean + sigma * StandardNormal.quantile(p))
        case .triangular(let low, let mode, let high):
            var value = p
            payback_triangular(&value, low, mode, high, 1)
            return value
        case .pert(let low, _, let high): return low + (high - low) * (table?.value(atShare: p) ?? 0)
        case .discrete(let outcomes): return Self.discrete(outcomes, p)
        }
    }

    private static func discrete(_ outcomes: [DiscreteOutcome], _ p: Double) -> Double {
        var sum = 0.0
        for outcome in outcomes {
            sum += outcome.probability
            if p < sum { return outcome.value }
        }
        return outcomes.last { $0.probability > 0 }?.value ?? 0
    }
}
