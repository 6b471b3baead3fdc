internal import Statistics

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The times of requests over the 31 days of October 2026, ascending, with a daily and a weekly rhythm.
///
/// Each hour gets its share of the requests; within an hour they lie as independent uniform times would, sorted: with k
/// of them left, the rest of the hour shrinks by the factor exp(−E / k), E exponential with mean 1.
struct ArrivalTimes {
    private static let hours = 744
    private static let millisecondsPerHour = 3_600_000
    private static let waiting = Exponential(mean: 1)

    /// Requests before each hour, and all of them at the end.
    private let before: [Int]
    private var hour = -1
    private var left = 0
    /// The fraction of the hour that is still ahead.
    private var ahead = 1.0

    init(requests: Int) {
        let weights = (0..<Self.hours).map(Self.weight(hour:))
        let sum = weights.reduce(0, +)
        var before = [0]
        var cumulative = 0.0
        for weight in weights {
            cumulative += weight
            before.append(min(Int(cumulative / sum * Double(requests)), requests))
        }
        before[Self.hours] = requests
        self.before = before
    }

    /// The next request's time in milliseconds since the month began, UTC.
    mutating func next(using random: inout SeededRandom) -> Int {
        while left == 0, hour < Self.hours - 1 {
            hour += 1
            left = before[hour + 1] - before[hour]
            ahead = 1
        }
        ahead *= exp(-Self.waiting.sample(using: &random) / Double(max(left, 1)))
        left = max(left - 1, 0)
        let within = min(Int((1 - ahead) * Double(Self.millisecondsPerHour)), Self.millisecondsPerHour - 1)
        return hour * Self.millisecondsPerHour + within
    }

    private static func weight(hour: Int) -> Double {
        // 2026-10-01 is a Thursday.
        daily[hour % 24] * weekly[(hour / 24 + 3) % 7]
    }

    /// Requests per hour of the day relative to their mean, computed from the rates of all clients of ServeGen's
    /// m-large over 14 days (alibaba/ServeGen, Apache-2.0).
    private static let daily = [
        0.99, 1.00, 0.99, 0.94, 0.91, 0.88, 0.85, 0.82, 0.79, 0.87, 1.05, 1.11, 0.97, 0.98, 1.05, 1.05, 1.11, 1.08,
        1.04,
        1.14, 1.13, 1.07, 1.10, 1.09,
    ]

    /// Monday to Sunday, assumed: ServeGen's days go from 0.54 to 1.43 without a weekly rhythm.
    private static let weekly = [1.10, 1.15, 1.15, 1.12, 1.05, 0.74, 0.69]
}
