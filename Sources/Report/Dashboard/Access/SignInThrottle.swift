internal import Domain

/// Slows guessing down: after five failures within fifteen minutes, by name or by address, nobody gets in that way until
/// the oldest of them is fifteen minutes old.
struct SignInThrottle: Sendable {
    private static let most = 5
    private static let window: Int64 = 15 * 60 * 1_000_000
    /// Beyond this many names and addresses the oldest are forgotten, so that guessing cannot fill the memory.
    private static let mostSubjects = 10_000
    private var failures: [String: [Timestamp]] = [:]

    /// Seconds to wait; `nil` where one may try.
    func wait(_ subjects: [String], at now: Timestamp) -> Int? {
        let waits = subjects.compactMap { subject -> Int64? in
            let recent = (failures[subject] ?? []).filter { now.microseconds - $0.microseconds < Self.window }
            guard recent.count >= Self.most, let first = recent.min() else { return nil }
            return first.microseconds + Self.window - now.microseconds
        }
        return waits.max().map { Int(($0 + 999_999) / 1_000_000) }
    }

    /// Takes note of a failure.
    mutating func note(failureOf subjects: [String], at now: Timestamp) {
        for subject in subjects {
            let recent = (failures[subject] ?? []).filter { now.microseconds - $0.microseconds < Self.window }
            failures[subject] = recent.suffix(Self.most - 1) + [now]
        }
        if failures.count > Self.mostSubjects {
            failures = failures.filter { _, times in
                times.last.map { now.microseconds - $0.microseconds < Self.window } ?? false
            }
        }
    }

    /// Forgets failures after a success.
    mutating func clear(_ subjects: [String]) { for subject in subjects { failures[subject] = nil } }
}
