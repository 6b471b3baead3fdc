internal import Domain

extension RecordBuilder {
    /// Keeps a record that a cache answered: it used nothing and cost nothing, as reported; what the call would have
    /// cost by the price book is its baseline.
    mutating func finishCacheHit(_ record: inout UsageRecord, semantic: Bool = false) {
        record.action = semantic ? .semanticCacheHit : .exactCacheHit
        // Priced first, so that the baseline is found where all prices are found.
        record.costKind = .unpriced
        record.cost = .zero
        finish(&record)
        guard let position = batch.records.indices.last else { return }
        if batch.records[position].costKind == .priced {
            batch.records[position].baseline = batch.records[position].cost
            batch.records[position].baselineMethod = term("as_asked")
        }
        batch.records[position].cost = .zero
        batch.records[position].costKind = .reported
        batch.records[position].usage = TokenUsage(
            uncachedInput: .zero, cacheRead: .zero, cacheWrite5m: .zero, cacheWrite1h: .zero, output: .zero)
        batch.records[position].usageSource = .reported
    }
}
