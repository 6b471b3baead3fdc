package import Domain

/// What a decision sees of a request: no text, no clock, no socket.
package struct PolicyRequest: Sendable {
    /// When it came.
    package var at: Timestamp
    /// When its answer would be complete, if it is called.
    package var answeredAt: Timestamp
    /// Names, as terms of the vocabulary that the engine is asked with.
    package var provider, model, customer, credential, feature, team, environment, template: Term
    /// The prompt's identity.
    package var exact, normalised: PromptHash
    /// Chained hashes of its leading blocks.
    package var prefix: ArraySlice<UInt64>
    /// Tokens per prefix block; 0 where unknown: the input is then spread evenly over the blocks.
    package var prefixBlockTokens: Int64
    /// Total input tokens.
    package var inputTokens: Int64
    /// What shares are drawn by: the same number always decides alike.
    package var unit: UInt64
    /// What holdouts are drawn by: the session, so that a conversation stays on one side.
    package var holdoutUnit: UInt64

    /// What a record's request looked like when it came.
    ///
    /// - Parameter batch: the batch that the record belongs to.
    package init(_ record: UsageRecord, in batch: RecordBatch) {
        at = record.startedAt
        answeredAt = Timestamp(microseconds: record.startedAt.microseconds &+ max(record.latency, 0))
        provider = record.provider
        model = record.requestedModel.isAbsent ? record.model : record.requestedModel
        (customer, credential, feature) = (record.customer, record.credential, record.feature)
        (team, environment, template) = (record.team, record.environment, record.template)
        (exact, normalised) = (record.prompt.exact, record.prompt.normalised)
        prefix = batch.prefixHashes[record.prompt.prefix.range]
        prefixBlockTokens = Int64(record.prompt.prefixBlockTokens)
        inputTokens = record.usage.totalInput
        unit = exact.isAbsent ? record.identity : exact.high ^ exact.low
        let session = Int(record.session.start)..<(Int(record.session.start) + Int(record.session.count))
        holdoutUnit = session.isEmpty ? unit : Self.hash(batch.text[session])
    }

    private static func hash(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.withUnsafeBufferPointer { $0.baseAddress.map { ByteHash.hash($0, count: bytes.count) } ?? 0 }
    }
}
