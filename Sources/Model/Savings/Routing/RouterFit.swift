internal import Policy
internal import Statistics

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A request that both models answered, and whether each was right.
package struct RoutingLabel: Sendable, Hashable {
    /// Its task or template.
    package var group: String
    /// The length of its prompt.
    package var length: Double
    /// Whether the strong model was right, 1 or 0, or its score.
    package var strong: Double
    /// Whether the weak model was.
    package var weak: Double

    /// Creates a label.
    package init(group: String, length: Double, strong: Double, weak: Double) {
        (self.group, self.length, self.strong, self.weak) = (group, length, strong, weak)
    }

    /// What the strong model gains.
    var gain: Double { strong - weak }
}

/// Learns gains from labels.
enum RouterFit {
    /// Means of the groups, drawn towards the mean of all by how little they differ beyond chance (empirical Bayes, with
    /// the moments of DerSimonian and Laird, 1986), and one slope over the length within groups.
    static func fit(_ labels: [RoutingLabel]) -> GainRouter {
        let usual = SampleMean(of: labels.map(\.gain))?.mean ?? 0
        let centre = SampleMean(of: labels.map { log(max($0.length, 1)) })?.mean ?? 0
        let groups = Dictionary(grouping: labels) { $0.group }.compactMapValues { SampleMean(of: $0.map(\.gain)) }
        let between = variance(between: Array(groups.values), within: SampleMean(of: labels.map(\.gain))?.variance ?? 0)
        let within = SampleMean(of: labels.map(\.gain))?.variance ?? 0
        let gains = groups.mapValues { group -> Double in
            let weight = between > 0 ? between / (between + within / Double(group.count)) : 0
            return usual + weight * (group.mean - usual)
        }
        return GainRouter(
            gains: gains, usualGain: usual, lengthSlope: slope(labels, groups), lengthCentre: centre, threshold: 0)
    }

    private static func variance(between groups: [SampleMean], within: Double) -> Double {
        let total = groups.reduce(0.0) { $0 + Double($1.count) }
        guard groups.count > 1, within > 0, total > 0 else { return 0 }
        let mean = groups.reduce(0) { $0 + Double($1.count) * $1.mean } / total
        let spread = groups.reduce(0) { $0 + Double($1.count) * ($1.mean - mean) * ($1.mean - mean) }
        let squares = groups.reduce(0.0) { $0 + Double($1.count * $1.count) }
        return max((spread - within * Double(groups.count - 1)) / (total - squares / total), 0)
    }

    private static func slope(_ labels: [RoutingLabel], _ groups: [String: SampleMean]) -> Double {
        let lengths = Dictionary(grouping: labels) { $0.group }.compactMapValues {
            SampleMean(of: $0.map { log(max($0.length, 1)) })?.mean
        }
        var (products, squares) = (0.0, 0.0)
        for label in labels {
            guard let length = lengths[label.group], let gain = groups[label.group]?.mean else { continue }
            let x = log(max(label.length, 1)) - length
            products += x * (label.gain - gain)
            squares += x * x
        }
        return squares > 0 ? products / squares : 0
    }
}
