package import Domain

/// Records made for tests, with names instead of terms.
package struct MadeRecords {
    /// The records so far.
    package private(set) var batch = RecordBatch()

    /// Starts without records.
    package init() {}

    /// Adds a record.
    ///
    /// - Parameters:
    ///   - at: the time in seconds since the epoch.
    ///   - cost: nano-dollars; `nil` for unpriced.
    package mutating func add(
        id: String, at seconds: Int64 = 1_790_000_000, source: String = "test", provider: String = "openai",
        model: String = "gpt-5-mini", customer: String? = nil, feature: String? = nil, input: Int64 = 100,
        output: Int64 = 10, cost: Int64? = 1000, latency: Int64 = 1_000_000, response: String? = nil,
        purpose: CallPurpose = .serve
    ) {
        var record = UsageRecord()
        record.identity = ByteHash.hash(id)
        record.hasSourceID = true
        record.requestID = batch.append(id)
        if let response { record.responseID = batch.append(response) }
        record.startedAt = Timestamp(seconds: seconds)
        record.source = batch.vocabulary.term(source)
        record.provider = batch.vocabulary.term(provider)
        record.model = batch.vocabulary.term(model)
        record.customer = batch.vocabulary.term(customer)
        record.feature = batch.vocabulary.term(feature)
        record.usage = TokenUsage(uncachedInput: TokenCount(input), output: TokenCount(output))
        record.usageSource = .partial
        record.latency = latency
        record.purpose = purpose
        if let cost {
            record.cost = NanoUSD(nanos: cost)
            record.costKind = .reported
        }
        batch.records.append(record)
    }
}
