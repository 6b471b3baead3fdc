/// How long to wait before the same question is asked again: twice as long each time, with jitter, so that several
/// pulls that were sent away together do not come back together.
package struct PullBackoff: Sendable {
    /// How often a question is asked before the pull gives up.
    package static let mostAttempts = 8
    /// The longest wait that is waited, in seconds. A provider that asks for more is asked another day.
    package static let longestWait = 900.0
    private static let firstWait = 1.0
    private static let longestOwnWait = 60.0

    private var attempts = 0

    /// Starts with no attempt.
    package init() {}

    /// How many attempts have failed.
    package var failures: Int { attempts }

    /// Starts anew, after an answer.
    package mutating func reset() { attempts = 0 }

    /// Counts a failed attempt.
    ///
    /// - Parameter asked: what the provider asked to wait, in seconds; never undercut.
    /// - Returns: seconds to wait; `nil` where there is no point in waiting any more.
    package mutating func wait(asked: Double?, using random: inout some RandomNumberGenerator) -> Double? {
        attempts += 1
        guard attempts < Self.mostAttempts else { return nil }
        let unit = Double(random.next() >> 11) * 0x1p-53
        var longest = Self.firstWait
        for _ in 0..<(attempts - 1) { longest = min(longest * 2, Self.longestOwnWait) }
        let seconds = max(longest * (0.5 + 0.5 * unit), asked ?? 0)
        return seconds <= Self.longestWait ? seconds : nil
    }
}
