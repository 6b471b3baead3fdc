/// Leaves an upstream alone that keeps failing.
///
/// Closed, every call passes. After so many failures in a row it opens, and refuses until a pause is over; then one call
/// may try, and its outcome closes the breaker or opens it again.
package struct CircuitBreaker: Sendable, Hashable {
    /// What the breaker does with calls.
    package enum State: Sendable, Hashable {
        /// It lets them through, after so many failures in a row.
        case closed(failures: Int)
        /// It refuses them until this time, in nanoseconds of a monotonic clock.
        case open(until: UInt64)
        /// One call is trying.
        case probing
    }

    /// What it does now.
    package private(set) var state = State.closed(failures: 0)
    private let failures: Int
    private let pause: UInt64

    /// Creates a closed breaker.
    ///
    /// - Parameters:
    ///   - failures: failures in a row that open it; 0 keeps it closed for ever.
    ///   - pause: nanoseconds until one call may try.
    package init(failures: Int, pause: UInt64) { (self.failures, self.pause) = (failures, pause) }

    /// Whether a call may be made; a call that may has to report how it went.
    package mutating func allows(at now: UInt64) -> Bool {
        switch state {
        case .closed: return true
        case .probing: return false
        case .open(let until):
            guard now >= until else { return false }
            state = .probing
            return true
        }
    }

    /// Reports how a call went.
    package mutating func report(success: Bool, at now: UInt64) {
        if success {
            state = .closed(failures: 0)
            return
        }
        switch state {
        case .closed(let count) where failures == 0 || count + 1 < failures:
            state = .closed(failures: min(count + 1, failures))
        case .closed, .probing, .open: state = .open(until: now + pause)
        }
    }

    /// Gives a probe back whose outcome says nothing of the upstream: the caller left.
    package mutating func abandon() {
        if state == .probing { state = .open(until: 0) }
    }
}
