package import Policy
internal import Statistics

/// A router whose threshold is proven on labels that its gains were not learnt from.
package struct RouterCalibration: Sendable {
    /// The router.
    package let router: GainRouter
    /// What it came to on the labels it was calibrated with, each scored by gains learnt from the others.
    package let outcome: RoutingOutcome
    /// The share of the strong model's accuracy that has to be kept.
    package let target: Double
    /// The confidence that it is, a fraction.
    package let confidence: Double
    /// Whether no threshold was proven, so that everything goes to the strong model.
    package let isUnproven: Bool

    private static let folds = 5

    /// Calibrates.
    ///
    /// Gains are learnt on four fifths and applied to the fifth, in turn. Requests are sent to the weak model from the
    /// least gain upwards, as far as the lower bound of routed − target × strong stays above zero: the bound, not the
    /// mean, and on labels that the gains have not seen. Fitting both on the same labels misses the target on nearly
    /// every other sample.
    ///
    /// - Parameters:
    ///   - target: the share of the strong model's accuracy to keep, a fraction.
    ///   - confidence: one-sided, a fraction.
    ///   - seed: for the folds.
    package init(_ labels: [RoutingLabel], target: Double, confidence: Double, seed: UInt64 = 1) {
        (self.target, self.confidence) = (target, confidence)
        let scores = Self.crossFitted(labels, seed: seed)
        let order = labels.indices.sorted { (scores[$0], $0) < (scores[$1], $1) }
        let weakCount = Self.provenCount(labels, order, target: target, z: StandardNormal.quantile(confidence))
        var router = RouterFit.fit(labels)
        let gains = labels.map { router.gain(group: $0.group, length: $0.length) }.sorted()
        // As large a share of requests lies below the threshold as was proven.
        router.threshold = weakCount == 0 ? -.infinity : weakCount < gains.count ? gains[weakCount] : .infinity
        self.router = router
        isUnproven = weakCount == 0
        let isWeak = Set(order.prefix(weakCount))
        outcome = RoutingOutcome(
            labels.indices.map { (labels[$0], usesStrong: !isWeak.contains($0)) }, target: target,
            confidence: confidence)
    }

    private static func crossFitted(_ labels: [RoutingLabel], seed: UInt64) -> [Double] {
        var random = SeededRandom(seed: seed)
        let shuffled = labels.indices.shuffled(using: &random)
        var scores = [Double](repeating: 0, count: labels.count)
        for fold in 0..<folds {
            let inside = stride(from: fold, to: shuffled.count, by: folds).map { shuffled[$0] }
            let held = Set(inside)
            let router = RouterFit.fit(labels.indices.filter { !held.contains($0) }.map { labels[$0] })
            for position in inside {
                scores[position] = router.gain(group: labels[position].group, length: labels[position].length)
            }
        }
        return scores
    }

    /// How many requests, from the least gain upwards, may go to the weak model.
    private static func provenCount(
        _ labels: [RoutingLabel], _ order: [Int], target: Double, z: Double
    ) -> Int {
        let count = Double(labels.count)
        // With everything at the strong model each request is worth (1 − target) × strong.
        var sum = labels.reduce(0) { $0 + (1 - target) * $1.strong }
        var squares = labels.reduce(0) { $0 + (1 - target) * $1.strong * ((1 - target) * $1.strong) }
        var best = 0
        for (place, position) in order.enumerated() {
            let label = labels[position]
            let (before, after) = ((1 - target) * label.strong, label.weak - target * label.strong)
            sum += after - before
            squares += after * after - before * before
            let mean = sum / count
            let variance = max(squares / count - mean * mean, 0)
            // In a fixed order, up to the first that is not proven: looking on would be choosing the luckiest of many.
            guard mean - z * (variance / count).squareRoot() >= 0 else { return best }
            best = place + 1
        }
        return best
    }
}

/// What routing came to on labelled requests.
package struct RoutingOutcome: Sendable, Hashable {
    /// How many requests.
    package let count: Int
    /// The share that the strong model answers.
    package let strongShare: Double
    /// Accuracy of the routed answers, a fraction.
    package let accuracy: Double
    /// Accuracy of the strong model on the same requests.
    package let strongAccuracy: Double
    /// Accuracy of the weak model on the same requests.
    package let weakAccuracy: Double
    /// The lower bound of the share of the gap that is recovered, one-sided; `nil` where there is no gap.
    package let gapRecoveredLow: Double?

    init(_ routed: [(label: RoutingLabel, usesStrong: Bool)], target: Double, confidence: Double) {
        let n = Double(max(routed.count, 1))
        count = routed.count
        strongShare = Double(routed.count { $0.usesStrong }) / n
        let answers = routed.map { $0.usesStrong ? $0.label.strong : $0.label.weak }
        accuracy = answers.reduce(0, +) / n
        strongAccuracy = routed.reduce(0) { $0 + $1.label.strong } / n
        weakAccuracy = routed.reduce(0) { $0 + $1.label.weak } / n
        gapRecoveredLow = Self.lowerBound(routed.map(\.label), answers, z: StandardNormal.quantile(confidence))
    }

    /// Accuracy as a share of the strong model's.
    package var keptShare: Double? { strongAccuracy > 0 ? accuracy / strongAccuracy : nil }

    /// The share of the quality gap that is recovered: (routed − weak) / (strong − weak); `nil` where there is no gap.
    package var gapRecovered: Double? {
        strongAccuracy > weakAccuracy ? (accuracy - weakAccuracy) / (strongAccuracy - weakAccuracy) : nil
    }

    /// The largest p for which the lower bound of routed − weak − p (strong − weak) is not below zero (Fieller, 1954).
    private static func lowerBound(_ labels: [RoutingLabel], _ answers: [Double], z: Double) -> Double? {
        guard labels.reduce(0, { $0 + $1.gain }) > 0 else { return nil }
        return Bisection.root(from: -1, to: 2) { p in
            let values = zip(labels, answers).map { $1 - $0.weak - p * $0.gain }
            guard let sample = SampleMean(of: values), let error = sample.standardError else { return -1 }
            return sample.mean - z * error
        }
    }
}

extension GainRouter {
    /// What the router comes to on other labels.
    package func outcome(on labels: [RoutingLabel], target: Double, confidence: Double) -> RoutingOutcome {
        RoutingOutcome(
            labels.map { ($0, usesStrong: gain(group: $0.group, length: $0.length) >= threshold) }, target: target,
            confidence: confidence)
    }
}
