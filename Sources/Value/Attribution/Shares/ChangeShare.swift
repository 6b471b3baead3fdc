internal import Statistics

/// What one of several changes contributed.
package struct ChangeShare: Sendable, Hashable {
    /// The change's name.
    package let name: String
    /// Its Shapley value, in the value's unit; `nil` where the split is not identified.
    package let value: Double?
    /// The standard error of that; `nil` where a coalition has none.
    package let standardError: Double?
    /// Its interval; `nil` where a coalition has no standard error.
    package let interval: EffectEstimate.Interval?
    /// Its part of the joint effect, a fraction; `nil` where there is none.
    package let share: Double?
    /// The standard error of the part (delta method).
    package let shareStandardError: Double?
    /// What it brought as the first change: its value alone less the value of none; `nil` where that was not measured.
    package let firstIn: Double?
    /// What it brought as the last change: the value of all less the value of all others; `nil` where not measured.
    package let lastIn: Double?
    /// Between what the Shapley value lies if no change works against the others; `nil` where the measured values
    /// contradict that.
    package let bounds: ClosedRange<Double>?
    /// The stated part, a fraction; `nil` where none is stated.
    package internal(set) var stated: Double?
}

/// Shares a joint effect among changes.
struct ShareCalculator {
    let values: CoalitionValues
    let level: Double

    var joint: Double { value(values.all) - value(0) }

    /// The variance of the joint effect; `nil` without standard errors.
    var jointVariance: Double? {
        guard let all = variance(values.all), let none = variance(0) else { return nil }
        return all + none
    }

    func shares() -> [ChangeShare] {
        let bounds = MonotoneBounds(values)
        return values.players.indices.map { share($0, within: bounds) }
    }

    private func share(_ player: Int, within bounds: MonotoneBounds?) -> ChangeShare {
        let bit = 1 << player
        let estimate = values.missing.isEmpty ? shapley(player) : nil
        return ChangeShare(
            name: values.players[player], value: estimate?.value, standardError: estimate?.error,
            interval: estimate?.interval, share: estimate?.ratio?.estimate,
            shareStandardError: estimate?.error == nil ? nil : estimate?.ratio?.standardError,
            firstIn: values.entries[bit].map { $0.value - value(0) },
            lastIn: values.entries[values.all & ~bit].map { value(values.all) - $0.value },
            bounds: bounds?.bounds(of: player), stated: nil)
    }

    private struct Shapley {
        let value: Double
        let error: Double?
        let interval: EffectEstimate.Interval?
        let ratio: RatioInterval?
    }

    /// A Shapley value is a weighted sum of measured values, so its error is that of the sum.
    private func shapley(_ player: Int) -> Shapley {
        let weights = ShapleyValues.weights(of: player, among: values.players.count)
        let estimate = weights.indices.reduce(0) { $0 + weights[$1] * value($1) }
        let variances = weights.indices.map { variance($0) }
        let isKnown = variances.allSatisfy { $0 != nil }
        let parts = zip(weights, variances).map { $0 * $0 * ($1 ?? 0) }
        let sum = parts.reduce(0, +)
        let width = StudentsT.quantile(0.5 + level / 2, degrees: degrees(parts))
        let reach = width * sum.squareRoot()
        let covariance = weights[values.all] * (variance(values.all) ?? 0) - weights[0] * (variance(0) ?? 0)
        return Shapley(
            value: estimate, error: isKnown ? sum.squareRoot() : nil,
            interval: isKnown ? .init(level: level, low: estimate - reach, high: estimate + reach) : nil,
            ratio: RatioInterval(
                estimate, per: joint, variances: (sum, jointVariance ?? 0), covariance: covariance, width: width))
    }

    /// Satterthwaite's degrees of freedom where every count is known; infinite where not.
    private func degrees(_ parts: [Double]) -> Double {
        var lost = 0.0
        for (coalition, part) in parts.enumerated() where part > 0 {
            guard let count = values.entries[coalition]?.count, count > 1 else { return .infinity }
            lost += part * part / Double(count - 1)
        }
        let sum = parts.reduce(0, +)
        return lost > 0 ? sum * sum / lost : .infinity
    }

    private func value(_ coalition: Int) -> Double { values.entries[coalition]?.value ?? 0 }

    private func variance(_ coalition: Int) -> Double? {
        values.entries[coalition]?.standardError.map { $0 * $0 }
    }
}
