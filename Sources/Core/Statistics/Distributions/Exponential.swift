#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Waiting times between events that happen independently at a steady rate.
package struct Exponential: Sendable, Hashable {
    /// The mean waiting time, in whatever unit the caller uses.
    package let mean: Double

    /// Creates the distribution of a mean waiting time.
    package init(mean: Double) { self.mean = mean }

    /// A waiting time, by inversion: −mean × ln(u).
    package func sample(using random: inout SeededRandom) -> Double { -mean * log(random.positiveUnit()) }
}
