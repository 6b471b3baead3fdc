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
            bytes.append(text: batch.vocabulary.text(batch.extras[position].kind) ?? "")
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
        var reader = ByteReader(bytes: bytes)
        var record = UsageRecord()
        record.identity = reader.fixed()
        record.hasSourceID = true
        readNumbers(&reader, &record)
        for path in UsageRecord.termPaths {
            let text = reader.text()
            if let start = text.baseAddress { record[keyPath: path] = batch.vocabulary.term(start, count: text.count) }
        }
        record.requestID = batch.append(reader.text())
        record.responseID = batch.append(reader.text())
        record.session = batch.append(reader.text())
        record.prompt.label = batch.append(reader.text())
        record.trace = batch.append(reader.text())
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
            let kind = reader.text()
            let term = kind.baseAddress.map { batch.vocabulary.term($0, count: kind.count) } ?? .absent
            batch.extras.append(ExtraUsage(kind: term, millionths: reader.varint()))
        }
    }
}

extension TokenCount {
    fileprivate var orUnknown: Int64 { known ?? -1 }
}

extension [UInt8] {
    /// Appends a number, small ones of either sign in one byte.
    fileprivate mutating func append(varint number: Int64) {
        var rest = UInt64(bitPattern: (number << 1) ^ (number >> 63))
        while rest >= 0x80 {
            append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        append(UInt8(rest))
    }

    fileprivate mutating func append(_ term: Term, _ names: Vocabulary) {
        if term.isAbsent { append(0) } else { append(text: names.text(term) ?? "") }
    }

    fileprivate mutating func append(_ span: TextSpan, of text: [UInt8]) {
        append(varint: Int64(span.count))
        if span.isEmpty { return }
        append(contentsOf: text[Int(span.start)..<(Int(span.start) + Int(span.count))])
    }

    fileprivate mutating func append(text: String) {
        append(varint: Int64(text.utf8.count))
        append(contentsOf: text.utf8)
    }
}

/// Reads what ``RecordCoder`` wrote. What is missing reads as zero and is remembered as damage.
private struct ByteReader {
    let bytes: UnsafeBufferPointer<UInt8>
    var position = 0
    var isDamaged = false

    mutating func fixed() -> UInt64 {
        guard bytes.count - position >= 8, let base = bytes.baseAddress else { return fail(0) }
        defer { position += 8 }
        return UInt64(littleEndian: UnsafeRawPointer(base + position).loadUnaligned(as: UInt64.self))
    }

    mutating func varint() -> Int64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while position < bytes.count, shift < 64 {
            let byte = bytes[position]
            position += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1) }
            shift += 7
        }
        return fail(0)
    }

    mutating func tokens() -> TokenCount {
        let count = varint()
        return count < 0 ? .unknown : TokenCount(count)
    }

    mutating func code<Code: RawRepresentable>() -> Code? where Code.RawValue == UInt8 {
        Code(rawValue: UInt8(clamping: varint()))
    }

    mutating func text() -> UnsafeBufferPointer<UInt8> {
        let count = varint()
        guard count >= 0, count <= Int64(bytes.count - position) else {
            return fail(UnsafeBufferPointer(start: nil, count: 0))
        }
        if count == 0 { return UnsafeBufferPointer(start: nil, count: 0) }
        defer { position += Int(count) }
        return UnsafeBufferPointer(rebasing: bytes[position..<(position + Int(count))])
    }

    /// A number of elements, each of at least so many bytes.
    mutating func count(of size: Int) -> Int {
        let count = varint()
        return count >= 0 && count <= Int64((bytes.count - position) / size) ? Int(count) : fail(0)
    }

    private mutating func fail<Value>(_ value: Value) -> Value {
        isDamaged = true
        position = bytes.count
        return value
    }
}
