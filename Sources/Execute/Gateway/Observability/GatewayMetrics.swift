internal import Domain
internal import Providers

/// What an event loop has counted since the start. Loops are added up when somebody asks.
struct GatewayMetrics: Sendable {
    /// What calls are counted by.
    struct Key: Hashable, Sendable {
        let surface: String
        let provider: String
        let model: String
        let status: String
    }

    /// What is counted of calls.
    struct Sums: Sendable {
        var calls: Int64 = 0
        var estimated: Int64 = 0
        var unpriced: Int64 = 0
        var input: Int64 = 0
        var cacheRead: Int64 = 0
        var cacheWrite: Int64 = 0
        var output: Int64 = 0
        var reasoning: Int64 = 0
        var cost = NanoUSD.zero

        static func += (a: inout Sums, b: Sums) {
            a.calls += b.calls
            a.estimated += b.estimated
            a.unpriced += b.unpriced
            a.input += b.input
            a.cacheRead += b.cacheRead
            a.cacheWrite += b.cacheWrite
            a.output += b.output
            a.reasoning += b.reasoning
            a.cost = a.cost + b.cost
        }
    }

    /// Models are named by callers: past so many, calls are counted as those of "other".
    private static let mostKeys = 1_000
    var requests: Int64 = 0
    var recordsLost: Int64 = 0
    var retries: Int64 = 0
    private(set) var refusals: [String: Int64] = [:]
    private(set) var calls: [Key: Sums] = [:]
    private(set) var latency = LatencyHistogram()
    private(set) var timeToFirstByte = LatencyHistogram()
    /// The gateway's own time, in microseconds.
    private(set) var overhead = LatencyHistogram()

    mutating func count(refusal code: String) { refusals[code, default: 0] += 1 }

    /// Counts a call that has ended.
    mutating func count(_ outcome: CallOutcome, of exchange: Exchange) {
        let now = exchange.loop.now
        let target = exchange.targets.isEmpty ? nil : exchange.target
        var key = Key(
            surface: exchange.route.surface.name, provider: target?.upstream.billingProvider ?? "",
            model: target?.model ?? "", status: outcome.status.name)
        if calls.count >= Self.mostKeys, calls[key] == nil {
            key = Key(surface: key.surface, provider: key.provider, model: "other", status: key.status)
        }
        calls[key, default: Sums()] += Sums(outcome)
        retries += Int64(max(exchange.attempts.count - 1, 0))
        latency.add(Int64((now - exchange.times.start) / 1_000))
        overhead.add(Int64(exchange.times.overhead(at: now) / 1_000))
        if exchange.times.firstByte > 0 {
            timeToFirstByte.add(Int64((exchange.times.firstByte - exchange.times.start) / 1_000))
        }
    }

    /// Adds what another loop has counted.
    mutating func add(_ other: GatewayMetrics) {
        requests += other.requests
        recordsLost += other.recordsLost
        retries += other.retries
        refusals.merge(other.refusals, uniquingKeysWith: +)
        for (key, sums) in other.calls { calls[key, default: Sums()] += sums }
        latency.merge(other.latency)
        timeToFirstByte.merge(other.timeToFirstByte)
        overhead.merge(other.overhead)
    }
}

extension GatewayMetrics.Sums {
    fileprivate init(_ outcome: CallOutcome) {
        calls = 1
        estimated = outcome.usageSource == .estimated ? 1 : 0
        unpriced = outcome.costKind == .unpriced ? 1 : 0
        input = outcome.usage.uncachedInput.orZero
        cacheRead = outcome.usage.cacheRead.orZero
        cacheWrite = outcome.usage.cacheWrite5m.orZero + outcome.usage.cacheWrite1h.orZero
        output = outcome.usage.output.orZero
        reasoning = outcome.usage.reasoning.orZero
        cost = outcome.cost
    }
}
