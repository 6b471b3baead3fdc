internal import Domain

/// Records as bytes that stand by themselves: names and texts are written out.
///
/// Numbers are zigzag varints (Protocol Buffers' `sint64`), hashes fixed, texts behind their length. Fields are only
/// ever added at the end.
enum RecordCoder {
    /// Appends a record of a batch. Field by field in plain code: this runs twice for every call.
    static func append(_ record: UsageRecord, of batch: RecordBatch, to bytes: inout [UInt8]) {
        bytes.append(littleEndian: record.identity)
        appendNumbers(record, to: &bytes)
        appendTokens(record.usage, to: &bytes)
        appendTerms(record, batch.vocabulary, to: &bytes)
        appendTexts(record, batch, to: &bytes)
        let prompt = record.prompt
        bytes.append(littleEndian: prompt.exact.high)
        bytes.append(littleEndian: prompt.exact.low)
        bytes.append(littleEndian: prompt.normalised.high)
        bytes.append(littleEndian: prompt.normalised.low)
        bytes.append(varint: Int64(prompt.prefix.count))
        for position in prompt.prefix.range { bytes.append(littleEndian: batch.prefixHashes[position]) }
        bytes.append(varint: Int64(record.extras.count))
        for position in record.extras.range {
            bytes.append(lengthAndBytesOf: (batch.vocabulary.text(batch.extras[position].kind) ?? "").utf8)
            bytes.append(varint: batch.extras[position].millionths)
        }
    }

    private static func appendNumbers(_ record: UsageRecord, to bytes: inout [UInt8]) {
        bytes.append(varint: record.startedAt.microseconds)
        bytes.append(varint: record.latency)
        bytes.append(varint: record.timeToFirstToken)
        bytes.append(varint: Int64(record.purpose.rawValue))
        bytes.append(varint: Int64(record.attempt))
        bytes.append(varint: Int64(record.status.rawValue))
        bytes.append(varint: Int64(record.httpStatus))
        bytes.append(varint: Int64(record.usageSource.rawValue))
        bytes.append(varint: record.cost.nanos)
        bytes.append(varint: Int64(record.costKind.rawValue))
        bytes.append(varint: record.baseline.nanos)
        bytes.append(varint: Int64(record.action.rawValue))
        bytes.append(varint: Int64(record.prompt.prefixBlockTokens))
    }

    private static func appendTokens(_ usage: TokenUsage, to bytes: inout [UInt8]) {
        bytes.append(varint: usage.uncachedInput.orUnknown)
        bytes.append(varint: usage.cacheRead.orUnknown)
        bytes.append(varint: usage.cacheWrite5m.orUnknown)
        bytes.append(varint: usage.cacheWrite1h.orUnknown)
        bytes.append(varint: usage.output.orUnknown)
        bytes.append(varint: usage.reasoning.orUnknown)
        bytes.append(varint: usage.audioInput.orUnknown)
        bytes.append(varint: usage.audioOutput.orUnknown)
        bytes.append(varint: usage.imageInput.orUnknown)
        bytes.append(varint: usage.imageOutput.orUnknown)
    }

    /// In the order of ``UsageRecord/termPaths``, by which they are read.
    private static func appendTerms(_ record: UsageRecord, _ names: Vocabulary, to bytes: inout [UInt8]) {
        bytes.append(record.source, names)
        bytes.append(record.provider, names)
        bytes.append(record.hostProvider, names)
        bytes.append(record.requestedModel, names)
        bytes.append(record.model, names)
        bytes.append(record.serviceTier, names)
        bytes.append(record.region, names)
        bytes.append(record.customer, names)
        bytes.append(record.feature, names)
        bytes.append(record.team, names)
        bytes.append(record.environment, names)
        bytes.append(record.credential, names)
        bytes.append(record.tags, names)
        bytes.append(record.experimentArm, names)
        bytes.append(record.priceBookVersion, names)
        bytes.append(record.baselineMethod, names)
        bytes.append(record.template, names)
        bytes.append(record.actionReason, names)
    }

    private static func appendTexts(_ record: UsageRecord, _ batch: RecordBatch, to bytes: inout [UInt8]) {
        bytes.append(record.requestID, of: batch.text)
        bytes.append(record.responseID, of: batch.text)
        bytes.append(record.session, of: batch.text)
        bytes.append(record.prompt.label, of: batch.text)
        bytes.append(record.trace, of: batch.text)
    }

    /// Reads a record into a batch; `nil` where the bytes are not one.
    static func read(_ bytes: UnsafeBufferPointer<UInt8>, into batch: inout RecordBatch) -> UsageRecord? {
        var reader = ByteReader(bytes)
        var record = UsageRecord()
        record.identity = reader.fixed()
        record.hasSourceID = true
        readNumbers(&reader, &record)
        for path in UsageRecord.termPaths {
            let text = reader.bytes()
            if let start = text.baseAddress { record[keyPath: path] = batch.vocabulary.term(start, count: text.count) }
        }
        record.requestID = batch.append(reader.bytes())
        record.responseID = batch.append(reader.bytes())
        record.session = batch.append(reader.bytes())
        record.prompt.label = batch.append(reader.bytes())
        record.trace = batch.append(reader.bytes())
        record.prompt.exact = PromptHash(high: reader.fixed(), low: reader.fixed())
        record.prompt.normalised = PromptHash(high: reader.fixed(), low: reader.fixed())
        readLists(&reader, &record, &batch)
        return reader.isDamaged ? nil : record
    }

    private static func readNumbers(_ reader: inout ByteReader, _ record: inout UsageRecord) {
        record.startedAt = Timestamp(microseconds: reader.varint())
        record.latency = reader.varint()
        record.timeToFirstToken = reader.varint()
        record.purpose = reader.code() ?? .serve
        record.attempt = UInt16(clamping: reader.varint())
        record.status = reader.code() ?? .failed
        record.httpStatus = UInt16(clamping: reader.varint())
        record.usageSource = reader.code() ?? .absent
        record.cost = NanoUSD(nanos: reader.varint())
        record.costKind = reader.code() ?? .unpriced
        record.baseline = NanoUSD(nanos: reader.varint())
        record.action = reader.code() ?? .pass
        record.prompt.prefixBlockTokens = UInt32(clamping: reader.varint())
        record.usage = TokenUsage(
            uncachedInput: reader.tokens(), cacheRead: reader.tokens(), cacheWrite5m: reader.tokens(),
            cacheWrite1h: reader.tokens(), output: reader.tokens(), reasoning: reader.tokens())
        record.usage.audioInput = reader.tokens()
        record.usage.audioOutput = reader.tokens()
        record.usage.imageInput = reader.tokens()
        record.usage.imageOutput = reader.tokens()
    }

    private static func readLists(_ reader: inout ByteReader, _ record: inout UsageRecord, _ batch: inout RecordBatch) {
        let hashes = reader.count(of: 8)
        record.prompt.prefix = ItemSpan(start: UInt32(batch.prefixHashes.count), count: UInt32(hashes))
        for _ in 0..<hashes { batch.prefixHashes.append(reader.fixed()) }
        let extras = reader.count(of: 2)
        record.extras = ItemSpan(start: UInt32(batch.extras.count), count: UInt32(extras))
        for _ in 0..<extras {
            let kind = reader.bytes()
            let term = kind.baseAddress.map { batch.vocabulary.term($0, count: kind.count) } ?? .absent
            batch.extras.append(ExtraUsage(kind: term, millionths: reader.varint()))
        }
    }
}

extension TokenCount {
    fileprivate var orUnknown: Int64 { known ?? -1 }
}

extension [UInt8] {
    fileprivate mutating func append(_ term: Term, _ names: Vocabulary) {
        if term.isAbsent { append(0) } else { append(lengthAndBytesOf: (names.text(term) ?? "").utf8) }
    }

    fileprivate mutating func append(_ span: TextSpan, of text: [UInt8]) {
        append(lengthAndBytesOf: span.isEmpty ? [] : text[Int(span.start)..<(Int(span.start) + Int(span.count))])
    }
}

extension ByteReader {
    fileprivate mutating func tokens() -> TokenCount {
        let count = varint()
        return count < 0 ? .unknown : TokenCount(count)
    }

    fileprivate mutating func code<Code: RawRepresentable>() -> Code? where Code.RawValue == UInt8 {
        Code(rawValue: UInt8(clamping: varint()))
    }
}
