/// What a group of records comes to: counts, tokens and money. Exact sums.
package struct UsageMeasures: Sendable, Hashable {
    /// Requests: records that answered a caller.
    package var requests: Int64 = 0
    /// All calls, retries, shadows and judges included.
    package var calls: Int64 = 0
    /// Calls that failed.
    package var failed: Int64 = 0
    /// Calls that were refused by a limit.
    package var refused: Int64 = 0
    /// Calls that repeat a failed one.
    package var retries: Int64 = 0
    /// Input tokens neither read from nor written to a cache.
    package var uncachedInput: Int64 = 0
    /// Input tokens read from a cache.
    package var cacheRead: Int64 = 0
    /// Input tokens written to a cache for 5 minutes.
    package var cacheWrite5m: Int64 = 0
    /// Input tokens written to a cache for an hour.
    package var cacheWrite1h: Int64 = 0
    /// Output tokens.
    package var output: Int64 = 0
    /// Of the output: reasoning.
    package var reasoning: Int64 = 0
    /// Cost that the provider stated, in nano-dollars.
    package var billed: Int64 = 0
    /// Cost that the exporting tool stated, in nano-dollars.
    package var reported: Int64 = 0
    /// Cost by the price book, in nano-dollars.
    package var priced: Int64 = 0
    /// Cost of failed calls and of retries, in nano-dollars; part of the sums above.
    package var failedCost: Int64 = 0
    /// What the calls would have cost as they were asked for, in nano-dollars: no cache of ours, the model that the caller
    /// named; without shadows, judges and embeddings, which are ours.
    package var baseline: Int64 = 0
    /// Records without a price.
    package var unpricedRequests: Int64 = 0
    /// Tokens without a price.
    package var unpricedTokens: Int64 = 0

    /// Creates measures of nothing.
    package init() {}

    /// The cost of all records that have one.
    package var cost: NanoUSD { NanoUSD(nanos: billed &+ reported &+ priced) }

    /// Input tokens of all four buckets.
    package var totalInput: Int64 { uncachedInput &+ cacheRead &+ cacheWrite5m &+ cacheWrite1h }

    /// All tokens.
    package var totalTokens: Int64 { totalInput &+ output }

    /// Takes in a record.
    package mutating func add(_ record: UsageRecord) {
        calls &+= 1
        if record.countsAsRequest { requests &+= 1 } else if record.purpose == .retry { retries &+= 1 }
        if record.status != .ok || record.purpose == .retry { addTrouble(record) }
        uncachedInput &+= record.usage.uncachedInput.orZero
        cacheRead &+= record.usage.cacheRead.orZero
        cacheWrite5m &+= record.usage.cacheWrite5m.orZero
        cacheWrite1h &+= record.usage.cacheWrite1h.orZero
        output &+= record.usage.output.orZero
        reasoning &+= record.usage.reasoning.orZero
        baseline &+= record.baselineShare.nanos
        switch record.costKind {
        case .billed: billed &+= record.cost.nanos
        case .reported: reported &+= record.cost.nanos
        case .priced: priced &+= record.cost.nanos
        case .unpriced:
            unpricedRequests &+= 1
            unpricedTokens &+= record.usage.total
        }
    }

    private mutating func addTrouble(_ record: UsageRecord) {
        if record.status == .failed { failed &+= 1 }
        if record.status == .refused { refused &+= 1 }
        failedCost &+= record.cost.nanos
    }

    /// Takes in another group's measures.
    package static func += (a: inout UsageMeasures, b: UsageMeasures) {
        for path in fields { a[keyPath: path.path] &+= b[keyPath: path.path] }
    }

    /// The fields and their names in ledgers, in a fixed order.
    package static let fields: [(name: String, path: any WritableKeyPath<UsageMeasures, Int64> & Sendable)] = [
        ("requests", \.requests), ("calls", \.calls), ("failed", \.failed), ("refused", \.refused),
        ("retries", \.retries), ("uncached_input", \.uncachedInput), ("cache_read", \.cacheRead),
        ("cache_write_5m", \.cacheWrite5m), ("cache_write_1h", \.cacheWrite1h), ("output", \.output),
        ("reasoning", \.reasoning), ("billed", \.billed), ("reported", \.reported), ("priced", \.priced),
        ("failed_cost", \.failedCost), ("unpriced_requests", \.unpricedRequests),
        ("unpriced_tokens", \.unpricedTokens), ("baseline", \.baseline),
    ]
}
