package import Domain

/// What a decision sees of a request: no text, no clock, no socket.
package struct PolicyRequest: Sendable {
    /// When it came.
    package var at: Timestamp
    /// When its answer would be complete, if it is called.
    package var answeredAt: Timestamp
    /// Names, as terms of the vocabulary that the engine is asked with.
    package var provider, model, customer, credential, feature, team, environment, template, tags: Term
    /// The prompt's identity.
    package var exact, normalised: PromptHash
    /// Where the chained hashes of its leading blocks stand in the batch's list.
    package var prefix: Range<Int>
    /// Tokens per prefix block; 0 where unknown: the input is then spread evenly over the blocks.
    package var prefixBlockTokens: Int64
    /// Total input tokens.
    package var inputTokens: Int64
    /// How many tools the request offers; `nil` where nobody knows, as in a recording.
    package var tools: Int64?
    /// What shares are drawn by: the same number always decides alike.
    package var unit: UInt64
    /// What holdouts are drawn by: the session, so that a conversation stays on one side.
    package var holdoutUnit: UInt64

    /// What a record's request looked like when it came.
    ///
    /// A function and not an initializer: an initializer would own, and so copy, the batch for every record.
    ///
    /// - Parameter batch: the batch that the record belongs to.
    package static func of(_ record: UsageRecord, in batch: RecordBatch) -> PolicyRequest {
        let prompt = record.prompt.exact
        let unit = prompt.isAbsent ? record.identity : prompt.high ^ prompt.low
        let session = Int(record.session.start)..<(Int(record.session.start) + Int(record.session.count))
        return PolicyRequest(
            at: record.startedAt,
            answeredAt: Timestamp(microseconds: record.startedAt.microseconds &+ max(record.latency, 0)),
            provider: record.provider, model: record.requestedModel.isAbsent ? record.model : record.requestedModel,
            customer: record.customer, credential: record.credential, feature: record.feature, team: record.team,
            environment: record.environment, template: record.template, tags: record.tags, exact: prompt,
            normalised: record.prompt.normalised, prefix: record.prompt.prefix.range,
            prefixBlockTokens: Int64(record.prompt.prefixBlockTokens), inputTokens: record.usage.totalInput, unit: unit,
            holdoutUnit: session.isEmpty ? unit : hash(batch.text[session]))
    }

    private static func hash(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.withUnsafeBufferPointer { $0.baseAddress.map { ByteHash.hash($0, count: bytes.count) } ?? 0 }
    }
}
