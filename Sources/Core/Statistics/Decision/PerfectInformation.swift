/// What it would be worth to know the future before deciding.
package enum PerfectInformation {
    /// The expected value of perfect information: the mean of the best outcome minus the best of the means.
    ///
    /// - Parameters:
    ///   - payoffs: for each alternative its outcome in each state, in USD.
    ///   - probabilities: of the states, summing to 1; equal where absent (draws of a simulation).
    /// - Returns: USD, at least 0; `nil` without alternatives or states.
    package static func value(payoffs: [[Double]], probabilities: [Double]? = nil) -> Double? {
        guard let states = payoffs.first?.count, states > 0 else { return nil }
        let weights = probabilities ?? Array(repeating: 1 / Double(states), count: states)
        var means = [Double](repeating: 0, count: payoffs.count)
        var knowing = 0.0
        for state in 0..<states {
            var best = -Double.infinity
            for (alternative, outcomes) in payoffs.enumerated() {
                means[alternative] += weights[state] * outcomes[state]
                best = max(best, outcomes[state])
            }
            knowing += weights[state] * best
        }
        return means.max().map { max(knowing - $0, 0) }
    }
}
