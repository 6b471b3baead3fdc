#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Sends a request to the strong model where it was measured to gain from it, else to the weak one.
///
/// It knows a request's group (its task or template) and its length, nothing else: on public labels, classifiers that
/// read the prompt do no better, and what counts is that the *gain* is learnt, not the weak model's errors.
package struct GainRouter: Sendable, Hashable {
    /// What the strong model gains on each group, a fraction of answers.
    package var gains: [String: Double]
    /// What it gains on groups that were not measured.
    package var usualGain: Double
    /// What a prompt e times as long adds to the gain.
    package var lengthSlope: Double
    /// The mean of the logarithms of lengths.
    package var lengthCentre: Double
    /// Requests with a gain of at least this go to the strong model.
    package var threshold: Double

    /// Creates a router.
    package init(
        gains: [String: Double], usualGain: Double, lengthSlope: Double, lengthCentre: Double, threshold: Double
    ) {
        (self.gains, self.usualGain) = (gains, usualGain)
        (self.lengthSlope, self.lengthCentre, self.threshold) = (lengthSlope, lengthCentre, threshold)
    }

    /// What the strong model is expected to gain on a request.
    ///
    /// - Parameter length: of the prompt, in any unit that was calibrated with.
    package func gain(group: String, length: Double) -> Double {
        (gains[group] ?? usualGain) + lengthSlope * (log(max(length, 1)) - lengthCentre)
    }

    /// A decision, and why.
    package struct Decision: Sendable, Hashable {
        /// Whether the strong model answers.
        package let usesStrong: Bool
        /// Why, for a person.
        package let reason: String
    }

    /// Decides a request.
    package func decide(group: String, length: Double) -> Decision {
        let gain = gain(group: group, length: length)
        let known = gains[group] == nil ? "not measured; the usual gain" : "measured gain"
        let word = gain >= threshold ? "at or above" : "below"
        return Decision(
            usesStrong: gain >= threshold,
            reason: "\(group): \(known) of \(Self.points(gain)) points, \(word) the limit of \(Self.points(threshold))")
    }

    private static func points(_ share: Double) -> Double { (share * 1_000).rounded() / 10 }
}
