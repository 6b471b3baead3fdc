internal import Domain

/// Records as bytes that stand by themselves: names and texts are written out.
///
/// Numbers are zigzag varints (Protocol Buffers' `sint64`), hashes fixed, texts behind their length. Fields are only
/// ever added at the end.
enum RecordCoder {
    /// Appends a record of a batch.
    static func append(_ record: UsageRecord, of batch: RecordBatch, to bytes: inout [UInt8]) {
        bytes.append(littleEndian: record.identity)
        for number in numbers(of: record) { bytes.append(varint: number) }
        for path in UsageRecord.termPaths { bytes.append(text: batch.vocabulary.text(record[keyPath: path]) ?? "") }
        batch.text.withUnsafeBufferPointer { text in
            for span in [record.requestID, record.responseID, record.session, record.prompt.label, record.trace] {
                bytes.append(varint: Int64(span.count))
                bytes += text[Int(span.start)..<(Int(span.start) + Int(span.count))]
            }
        }
        let prompt = record.prompt
        for half in [prompt.exact.high, prompt.exact.low, prompt.normalised.high, prompt.normalised.low] {
            bytes.append(littleEndian: half)
        }
        bytes.append(varint: Int64(prompt.prefix.count))
        for hash in batch.prefixHashes[prompt.prefix.range] { bytes.append(littleEndian: hash) }
        bytes.append(varint: Int64(record.extras.count))
        for extra in batch.extras[record.extras.range] {
            bytes.append(text: batch.vocabulary.text(extra.kind) ?? "")
            bytes.append(varint: extra.millionths)
        }
    }

    private static func numbers(of record: UsageRecord) -> [Int64] {
        let usage = record.usage
        return [
            record.startedAt.microseconds, record.latency, record.timeToFirstToken, Int64(record.purpose.rawValue),
            Int64(record.attempt), Int64(record.status.rawValue), Int64(record.httpStatus),
            Int64(record.usageSource.rawValue), record.cost.nanos, Int64(record.costKind.rawValue),
            record.baseline.nanos, Int64(record.action.rawValue), Int64(record.prompt.prefixBlockTokens),
            usage.uncachedInput.orUnknown, usage.cacheRead.orUnknown, usage.cacheWrite5m.orUnknown,
            usage.cacheWrite1h.orUnknown, usage.output.orUnknown, usage.reasoning.orUnknown,
            usage.audioInput.orUnknown, usage.audioOutput.orUnknown, usage.imageInput.orUnknown,
            usage.imageOutput.orUnknown,
        ]
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
