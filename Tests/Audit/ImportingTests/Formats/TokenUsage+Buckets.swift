import Domain

extension TokenUsage {
    /// The five buckets in their order: uncached, read, written for 5 minutes, for an hour, output.
    var buckets: [Int64?] { [uncachedInput, cacheRead, cacheWrite5m, cacheWrite1h, output].map(\.known) }
}
