internal import Statistics

/// Between what values that were not measured lie if every change moves them the way all together did, or not at all:
/// not before any part of the coalition, not beyond any coalition that contains it.
struct MonotoneBounds {
    private let low: [Double]
    private let high: [Double]
    private let players: Int
    /// −1 where all changes together lower the value.
    private let sign: Double

    /// `nil` where measured values contradict it.
    init?(_ values: CoalitionValues) {
        let coalitions = Array(0...values.all)
        let sign = (values.entries[values.all]?.value ?? 0) < (values.entries[0]?.value ?? 0) ? -1.0 : 1
        let known = values.entries.map { ($0.key, $0.value.value * sign) }
        self.sign = sign
        low = coalitions.map { coalition in
            known.filter { $0.0 & ~coalition == 0 }.map(\.1).max() ?? 0
        }
        high = coalitions.map { coalition in
            known.filter { coalition & ~$0.0 == 0 }.map(\.1).min() ?? 0
        }
        players = values.players.count
        guard zip(low, high).allSatisfy({ $0 <= $1 }) else { return nil }
    }

    /// The Shapley value at the ends of every value, each at the end that helps.
    func bounds(of player: Int) -> ClosedRange<Double> {
        let weights = ShapleyValues.weights(of: player, among: players)
        var (least, most) = (0.0, 0.0)
        for (coalition, weight) in weights.enumerated() {
            least += weight * (weight > 0 ? low[coalition] : high[coalition])
            most += weight * (weight > 0 ? high[coalition] : low[coalition])
        }
        // No change works the other way, so no share does; and none is beyond the joint effect.
        let joint = max(low[low.count - 1] - high[0], 0)
        let end = min(max(most, 0), joint)
        let start = min(max(least, 0), end)
        return sign < 0 ? (-end)...(-start) : start...end
    }
}
