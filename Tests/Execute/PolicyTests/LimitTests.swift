import Domain
import Policy
import Testing

@Suite("Rate limits, breakers, retries")
struct LimitTests {
    private func second(_ seconds: Double) -> Timestamp { Timestamp(microseconds: Int64(seconds * 1e6)) }

    @Test("Requests per minute slide: a full minute is forgotten bit by bit")
    func requestsPerMinute() {
        var limiter = RateLimiter()
        let limits = RateLimits(requestsPerMinute: 10)
        for _ in 0..<10 {
            #expect(throws: Never.self) { try limiter.admit(estimatedTokens: 0, limits: limits, at: second(30)).get() }
        }
        let refusal = #expect(throws: RateRefusal.self) {
            try limiter.admit(estimatedTokens: 0, limits: limits, at: second(31)).get()
        }
        #expect(refusal?.kind == .requests && refusal?.limit == 10)
        #expect(throws: RateRefusal.self) {
            try limiter.admit(estimatedTokens: 0, limits: limits, at: second(61)).get()
        }
        #expect(throws: Never.self) { try limiter.admit(estimatedTokens: 0, limits: limits, at: second(70)).get() }
    }

    @Test("When a refusal says to come back, the request fits")
    func retryAfter() throws {
        var limiter = RateLimiter()
        let limits = RateLimits(requestsPerMinute: 60, tokensPerMinute: 1_000)
        for _ in 0..<9 { try limiter.admit(estimatedTokens: 100, limits: limits, at: second(10)).get() }
        let refusal = try #require(
            #expect(throws: RateRefusal.self) {
                try limiter.admit(estimatedTokens: 500, limits: limits, at: second(15)).get()
            })
        #expect(refusal.kind == .tokens)
        var now = 15 + Double(refusal.retryAfter)
        // The answer is computed anew where the minute has turned meanwhile.
        while case .failure(let next) = limiter.admit(estimatedTokens: 500, limits: limits, at: second(now)) {
            now += Double(next.retryAfter)
            try #require(now < 200)
        }
    }

    @Test("What was really used replaces the estimate")
    func settledTokens() {
        var limiter = RateLimiter()
        let limits = RateLimits(tokensPerMinute: 1_000)
        #expect(throws: Never.self) { try limiter.admit(estimatedTokens: 900, limits: limits, at: second(1)).get() }
        limiter.finish(estimatedTokens: 900, actualTokens: 100, at: second(2))
        #expect(throws: Never.self) { try limiter.admit(estimatedTokens: 900, limits: limits, at: second(3)).get() }
    }

    @Test("Requests at one time")
    func concurrency() {
        var limiter = RateLimiter()
        let limits = RateLimits(concurrentRequests: 2)
        for _ in 0..<2 {
            #expect(throws: Never.self) { try limiter.admit(estimatedTokens: 0, limits: limits, at: second(1)).get() }
        }
        let refusal = #expect(throws: RateRefusal.self) {
            try limiter.admit(estimatedTokens: 0, limits: limits, at: second(1)).get()
        }
        #expect(refusal?.kind == .concurrency)
        limiter.finish(estimatedTokens: 0, actualTokens: 0, at: second(1))
        #expect(throws: Never.self) { try limiter.admit(estimatedTokens: 0, limits: limits, at: second(1)).get() }
    }

    @Test("A breaker opens after failures in a row, lets one probe through, and closes when that succeeds")
    func breaker() {
        var breaker = CircuitBreaker(failures: 3, pause: 100)
        for _ in 0..<2 { breaker.report(success: false, at: 0) }
        breaker.report(success: true, at: 0)
        for _ in 0..<3 {
            let isAllowed = breaker.allows(at: 0)
            #expect(isAllowed)
            breaker.report(success: false, at: 0)
        }
        var allowed = breaker.allows(at: 99)
        #expect(!allowed)
        allowed = breaker.allows(at: 100)
        #expect(allowed)
        allowed = breaker.allows(at: 100)
        #expect(!allowed, "only one probe at a time")
        breaker.report(success: false, at: 100)
        allowed = breaker.allows(at: 150)
        #expect(!allowed)
        allowed = breaker.allows(at: 200)
        #expect(allowed)
        breaker.abandon()
        allowed = breaker.allows(at: 201)
        #expect(allowed, "a probe without an outcome is given back")
        breaker.report(success: true, at: 201)
        #expect(breaker.state == .closed(failures: 0))
    }

    @Test("Pauses double, are jittered, honour what the server asks for, and end")
    func retryPolicy() {
        let policy = RetryPolicy(attempts: 4, baseDelay: 100, longestDelay: 300)
        #expect(policy.delay(after: 1, retryAfter: nil, draw: 0.5) == 50)
        #expect(policy.delay(after: 2, retryAfter: nil, draw: 0.5) == 100)
        #expect(policy.delay(after: 3, retryAfter: nil, draw: 0.999) == 299)
        #expect(policy.delay(after: 1, retryAfter: 250, draw: 0) == 250)
        #expect(policy.delay(after: 1, retryAfter: 301, draw: 0) == nil, "too long to wait: the caller is told instead")
        #expect(policy.delay(after: 4, retryAfter: nil, draw: 0) == nil)
    }

    @Test("Retries stay a share of the traffic")
    func retryBudget() {
        var purse = RetryBudget(share: 0.1)
        var taken = 0
        for _ in 0..<1_000 {
            purse.pay()
            if purse.take() { taken += 1 }
        }
        #expect((100...120).contains(taken))
    }
}
