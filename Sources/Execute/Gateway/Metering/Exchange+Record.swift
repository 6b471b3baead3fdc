internal import Domain
internal import Ledger
internal import NIOCore
internal import Pricing
internal import Providers

extension Exchange {
    /// The name of this source of records.
    private static let source = "payback"

    /// Identifies the request in the journal.
    private var journalKey: UInt64 { id.low ^ id.high }

    /// Writes what the call will be taken for if nothing more is heard of it.
    func appendIntent() { append(.intent, CallOutcome(intentOf: self)) }

    /// Takes a record in. Where it cannot be written it waits in memory, and new requests are refused until it is: a
    /// crash meanwhile settles the request at its reservation.
    func append(_ kind: JournalFrame.Kind, _ outcome: CallOutcome) {
        loop.batch.removeRecords()
        let record = record(of: outcome, kind)
        loop.journal.append(kind, key: journalKey, record, of: loop.batch)
    }

    /// Writes the record of one answer of a batch. The ledger's key is time and identity: both come from the answer.
    func append(batchResult outcome: CallOutcome, identity: UInt64, at moment: Timestamp) {
        loop.batch.removeRecords()
        var record = record(of: outcome, .record)
        (record.identity, record.startedAt, record.latency, record.timeToFirstToken) = (identity, moment, -1, -1)
        record.requestID = outcome.responseID.map { loop.batch.append($0) } ?? .empty
        loop.journal.append(.record, key: identity, record, of: loop.batch)
    }

    private func record(of outcome: CallOutcome, _ kind: JournalFrame.Kind) -> UsageRecord {
        var record = UsageRecord()
        record.identity = ByteHash.mix(id.high ^ UInt64(outcome.attempt), id.low)
        record.hasSourceID = true
        record.requestID = loop.batch.append((errand?.requestID ?? id).text)
        record.startedAt = startedAt
        name(&record, outcome)
        attribute(&record)
        measure(&record, outcome, kind)
        if kind != .intent {
            record.trace = loop.batch.append(String(decoding: trace(outcome), as: UTF8.self))
        }
        return record
    }

    private func name(_ record: inout UsageRecord, _ outcome: CallOutcome) {
        let target = targets.isEmpty ? nil : self.target
        record.source = term(Self.source)
        record.provider = term(target?.upstream.billingProvider)
        record.requestedModel = term(facts.model)
        record.model = term(outcome.model ?? target?.recordedModel ?? facts.model)
        record.serviceTier = term(outcome.serviceTier)
        record.region = term(outcome.region)
        record.actionReason = term(outcome.reason ?? course?.reason)
        record.action = course?.action ?? .pass
        if let responseID = outcome.responseID { record.responseID = loop.batch.append(responseID) }
    }

    private func attribute(_ record: inout UsageRecord) {
        record.customer = term(caller.customer)
        record.feature = term(caller.feature)
        record.team = term(caller.team)
        record.environment = term(snapshot.configuration.environment)
        record.credential = term(caller.key?.id)
        record.experimentArm = term(course?.arm)
        if !caller.tags.isEmpty { record.tags = term(caller.canonicalTags) }
        if let session = caller.session { record.session = loop.batch.append(session) }
        record.prompt = prompt
        record.prompt.prefix = ItemSpan(start: UInt32(loop.batch.prefixHashes.count), count: UInt32(promptBlocks.count))
        loop.batch.prefixHashes += promptBlocks
    }

    private func measure(_ record: inout UsageRecord, _ outcome: CallOutcome, _ kind: JournalFrame.Kind) {
        record.attempt = UInt16(clamping: outcome.attempt)
        // Counts of requests count one record of each: its last.
        record.purpose =
            outcome.purpose ?? errand?.purpose ?? (kind == .record && outcome.status == .failed ? .retry : .serve)
        record.status = outcome.status
        record.httpStatus = UInt16(clamping: outcome.httpStatus)
        record.usage = outcome.usage
        record.usageSource = outcome.usageSource
        record.cost = outcome.cost
        record.costKind = outcome.costKind
        if outcome.costKind == .priced {
            record.priceBookVersion = term(snapshot.prices.version)
            record.baseline = outcome.baseline ?? outcome.cost
            record.baselineMethod = term(outcome.baselineMethod)
        }
        record.extras = ItemSpan(start: UInt32(loop.batch.extras.count), count: UInt32(outcome.pieces.count))
        for piece in outcome.pieces {
            loop.batch.extras.append(ExtraUsage(kind: term(piece.kind), millionths: piece.millionths))
        }
        guard kind != .intent else { return }
        record.latency = Int64((loop.now - times.start) / 1_000)
        if times.firstByte > 0 { record.timeToFirstToken = Int64((times.firstByte - times.start) / 1_000) }
    }

    private func term(_ text: String?) -> Term { loop.batch.vocabulary.term(text) }
}
