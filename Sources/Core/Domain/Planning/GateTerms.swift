/// What a gate demands before a lever acts, and while it does.
package struct GateTerms: Sendable, Hashable {
    /// The mean loss that is still allowed, a fraction: the quality floor.
    package var floor = 0.02
    /// The probability that a lever is ever promoted whose loss is not below the floor, a fraction.
    package var level = 0.05
    /// How many judged answers pass on average between roll-backs without cause, at least.
    package var averageRunLength = 1_000.0
    /// Not promoted before so many verdicts.
    package var leastJudged = 100
    /// So many verdicts on a canary before the lever acts for all.
    package var canaryJudged = 100
    /// The share of requests that a canary serves, a fraction.
    package var canaryShare = 0.1
    /// The share of answers that is judged while the lever is in shadow or a canary, a fraction.
    package var trialJudgedShare = 1.0
    /// The share of answers that is judged while the lever acts for all, a fraction.
    package var servingJudgedShare = 0.2
    /// Not promoted while a larger share of judgements failed, a fraction: what cannot be judged may be what is wrong.
    package var mostFailedShare = 0.1
    /// After so many failed judgements in a row the lever stops serving until one succeeds.
    package var mostFailuresInRow = 20

    /// Creates the usual terms.
    package init() {}

    /// A term that is a fraction or another number: its key in files, where it stands, and what it may be.
    package typealias Number = (
        key: String, path: any WritableKeyPath<GateTerms, Double> & Sendable, range: ClosedRange<Double>
    )
    /// A term that is counted.
    package typealias Count = (
        key: String, path: any WritableKeyPath<GateTerms, Int> & Sendable, range: ClosedRange<Int>
    )

    /// All numbers.
    package static let numbers: [Number] = [
        ("floor", \.floor, 1e-6...0.5), ("level", \.level, 1e-6...0.5),
        ("average_run_length", \.averageRunLength, 20...1e9), ("canary_share", \.canaryShare, 0.001...1),
        ("trial_judged_share", \.trialJudgedShare, 0.001...1),
        ("serving_judged_share", \.servingJudgedShare, 0.001...1), ("most_failed_share", \.mostFailedShare, 0...0.5),
    ]
    /// All counts.
    package static let counts: [Count] = [
        ("least_judged", \.leastJudged, 0...1_000_000_000), ("canary_judged", \.canaryJudged, 0...1_000_000_000),
        ("most_failures_in_row", \.mostFailuresInRow, 1...1_000_000_000),
    ]

    /// What is wrong with the terms, in words; empty where nothing is.
    package var complaints: [String] {
        Self.numbers.filter { !$0.range.contains(self[keyPath: $0.path]) }.map {
            "\($0.key) is \(self[keyPath: $0.path]); a number in \($0.range) was expected"
        }
            + Self.counts.filter { !$0.range.contains(self[keyPath: $0.path]) }.map {
                "\($0.key) is \(self[keyPath: $0.path]); a whole number in \($0.range) was expected"
            }
    }
}
