package import Domain

/// Which limit a request ran into, and when to come back.
package struct RateRefusal: Error, Sendable, Hashable {
    /// What is limited.
    package enum Kind: String, Sendable {
        /// Requests per minute.
        case requests
        /// Tokens per minute.
        case tokens
        /// Requests at one time.
        case concurrency
    }

    /// What is limited.
    package let kind: Kind
    /// The limit.
    package let limit: Int64
    /// Seconds after which the request would fit; 1 where that depends on others.
    package let retryAfter: Int64
}

/// Requests and tokens per minute, and requests at one time, of one key.
///
/// A minute slides: the last whole minute counts by the part of it that still lies within the last sixty seconds.
package struct RateLimiter: Sendable {
    private var minute: Int64 = 0
    private var requests = SlidingCount()
    private var tokens = SlidingCount()
    private(set) package var inFlight: Int64 = 0

    /// Creates a limiter that has seen nothing.
    package init() {}

    /// Admits a request that is estimated to use so many tokens, or says why not.
    package mutating func admit(
        estimatedTokens: Int64, limits: RateLimits, at moment: Timestamp
    ) -> Result<Void, RateRefusal> {
        let (minute, passed) = Self.split(moment)
        if let most = limits.concurrentRequests, inFlight >= most {
            return .failure(RateRefusal(kind: .concurrency, limit: most, retryAfter: 1))
        }
        for (kind, limit, amount) in [
            (RateRefusal.Kind.requests, limits.requestsPerMinute, Int64(1)),
            (.tokens, limits.tokensPerMinute, estimatedTokens),
        ] {
            guard let limit else { continue }
            let count = kind == .requests ? requests : tokens
            guard count.sum(minute: minute, passed: passed) + amount > limit else { continue }
            let wait = count.wait(for: amount, limit: limit, minute: minute, passed: passed)
            return .failure(RateRefusal(kind: kind, limit: limit, retryAfter: wait))
        }
        requests.add(1, minute: minute)
        tokens.add(estimatedTokens, minute: minute)
        inFlight += 1
        return .success(())
    }

    /// Ends a request: what it really used replaces the estimate.
    package mutating func finish(estimatedTokens: Int64, actualTokens: Int64, at moment: Timestamp) {
        inFlight = max(inFlight - 1, 0)
        tokens.add(actualTokens - estimatedTokens, minute: Self.split(moment).minute)
    }

    /// The minute, and how many microseconds of it have passed.
    private static func split(_ moment: Timestamp) -> (minute: Int64, passed: Int64) {
        let minute = moment.microseconds.floorDivided(by: SlidingCount.length)
        return (minute, moment.microseconds - minute * SlidingCount.length)
    }
}

/// A count over the last sixty seconds, from two minutes.
private struct SlidingCount {
    static let length: Int64 = 60_000_000
    private var minute: Int64 = .min
    private var current: Int64 = 0
    private var previous: Int64 = 0

    mutating func add(_ amount: Int64, minute: Int64) {
        if minute != self.minute {
            previous = minute == self.minute &+ 1 ? current : 0
            current = 0
            self.minute = minute
        }
        current = max(current + amount, 0)
    }

    func sum(minute: Int64, passed: Int64) -> Int64 {
        let (current, previous) = counts(minute)
        return current + weighted(previous, passed)
    }

    /// Seconds until an amount fits, at most a minute.
    func wait(for amount: Int64, limit: Int64, minute: Int64, passed: Int64) -> Int64 {
        let (current, previous) = counts(minute)
        guard previous > 0, current + amount <= limit else {
            return max((Self.length - passed + 999_999) / 1_000_000, 1)
        }
        // The earlier minute's share has to sink to what is free.
        let free = limit - current - amount
        let needed = Self.length - Int64(Double(free) / Double(previous) * Double(Self.length))
        return max((needed - passed + 999_999) / 1_000_000, 1)
    }

    private func counts(_ minute: Int64) -> (current: Int64, previous: Int64) {
        if minute == self.minute { return (current, previous) }
        return minute == self.minute &+ 1 ? (0, current) : (0, 0)
    }

    private func weighted(_ count: Int64, _ passed: Int64) -> Int64 {
        Int64((Double(count) * Double(Self.length - passed) / Double(Self.length)).rounded(.up))
    }
}
