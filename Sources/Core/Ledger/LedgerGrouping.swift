package import Domain

/// Sums records up as a query asks: how an engine answers without roll-ups.
package struct LedgerGrouping {
    private struct Key: Hashable {
        let start: Timestamp?
        let codes: [Int64]
    }

    private let query: LedgerQuery
    private var sums: [Key: (measures: UsageMeasures, latency: LatencyHistogram)] = [:]
    private var texts: [Key: [String?]] = [:]

    /// Creates empty sums for a query.
    package init(query: LedgerQuery) { self.query = query }

    /// Takes in a record, if it belongs to the query's period and passes its filter.
    package mutating func add(_ record: UsageRecord, vocabulary: Vocabulary) {
        guard query.period.contains(record.startedAt) else { return }
        for (dimension, allowed) in query.filter {
            guard allowed.contains(dimension.text(of: record, in: vocabulary)) else { return }
        }
        let codes = query.dimensions.map { $0.code(of: record) { Int64($0.index) } }
        let key = Key(start: query.grain.start(of: record.startedAt), codes: codes)
        if texts[key] == nil { texts[key] = query.dimensions.map { $0.text(of: record, in: vocabulary) } }
        sums[key, default: (UsageMeasures(), LatencyHistogram())].measures.add(record)
        if record.countsAsRequest { sums[key]?.latency.add(record.latency) }
    }

    /// The sums.
    package var rows: [LedgerRow] {
        sums.map { key, sum in
            LedgerRow(start: key.start, values: texts[key] ?? [], measures: sum.measures, latency: sum.latency)
        }
    }
}
