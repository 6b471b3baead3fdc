internal import Domain

/// Entries of an archive as bytes. Fields are only ever added at the end; another order is another kind of frame.
enum ArchiveCoder {
    /// The kinds of frames.
    enum Kind: UInt8 {
        case answer = 1
        case removedKey = 2
        case removedTag = 3
        case removedRule = 4
    }

    /// The kind and the payload of an entry's frame.
    static func encode(_ entry: ArchiveEntry) -> (kind: Kind, payload: [UInt8]) {
        var bytes: [UInt8] = []
        switch entry {
        case .answer(let answer):
            bytes.reserveCapacity(answer.bytes)
            append(answer, to: &bytes)
            return (.answer, bytes)
        case .removedKey(let rule, let key):
            bytes.append(lengthAndBytesOf: rule.utf8)
            append(key, to: &bytes)
            return (.removedKey, bytes)
        case .removedTag(let tag, let scope):
            bytes.append(lengthAndBytesOf: tag.utf8)
            bytes.append(varint: scope == nil ? 0 : 1)
            bytes.append(littleEndian: scope ?? 0)
            return (.removedTag, bytes)
        case .removedRule(let rule):
            bytes.append(lengthAndBytesOf: rule.utf8)
            return (.removedRule, bytes)
        }
    }

    /// The entry of a frame; `nil` where the payload is none.
    static func decode(_ kind: Kind, _ payload: UnsafeBufferPointer<UInt8>) -> ArchiveEntry? {
        var reader = ByteReader(payload)
        let entry: ArchiveEntry =
            switch kind {
            case .answer: .answer(answer(&reader))
            case .removedKey: .removedKey(rule: reader.string(), key(&reader))
            case .removedTag: tag(&reader)
            case .removedRule: .removedRule(reader.string())
            }
        return reader.isDamaged ? nil : entry
    }

    private static func append(_ key: AnswerKey, to bytes: inout [UInt8]) {
        bytes.append(littleEndian: key.scope)
        bytes.append(littleEndian: key.model)
        bytes.append(littleEndian: key.prompt.high)
        bytes.append(littleEndian: key.prompt.low)
    }

    private static func append(_ answer: StoredAnswer, to bytes: inout [UInt8]) {
        append(answer.key, to: &bytes)
        bytes.append(lengthAndBytesOf: answer.rule.utf8)
        bytes.append(varint: answer.storedAt.microseconds)
        bytes.append(varint: answer.timeToLive)
        bytes.append(varint: Int64(answer.tags.count))
        for tag in answer.tags { bytes.append(lengthAndBytesOf: tag.utf8) }
        bytes.append(varint: Int64(answer.status))
        bytes.append(lengthAndBytesOf: answer.contentType.utf8)
        bytes.append(lengthAndBytesOf: answer.body)
        for path in tokens { bytes.append(varint: answer.usage[keyPath: path].known ?? -1) }
        for name in [answer.provider, answer.requestedModel, answer.model] { bytes.append(lengthAndBytesOf: name.utf8) }
        bytes.append(varint: answer.cost == nil ? 0 : 1)
        bytes.append(varint: answer.cost?.nanos ?? 0)
    }

    private static func key(_ reader: inout ByteReader) -> AnswerKey {
        AnswerKey(
            scope: reader.fixed(), model: reader.fixed(), prompt: PromptHash(high: reader.fixed(), low: reader.fixed()))
    }

    private static func tag(_ reader: inout ByteReader) -> ArchiveEntry {
        let tag = reader.string()
        let isScoped = reader.varint() != 0
        let scope = reader.fixed()
        return .removedTag(tag, scope: isScoped ? scope : nil)
    }

    private static func answer(_ reader: inout ByteReader) -> StoredAnswer {
        var answer = StoredAnswer(
            key: key(&reader), rule: reader.string(), storedAt: Timestamp(microseconds: reader.varint()),
            timeToLive: reader.varint(), body: [])
        answer.tags = (0..<reader.count(of: 1)).map { _ in reader.string() }
        answer.status = UInt16(clamping: reader.varint())
        answer.contentType = reader.string()
        answer.body = Array(reader.bytes())
        for path in tokens {
            let count = reader.varint()
            answer.usage[keyPath: path] = count < 0 ? .unknown : TokenCount(count)
        }
        (answer.provider, answer.requestedModel, answer.model) = (reader.string(), reader.string(), reader.string())
        let isPriced = reader.varint() != 0
        let cost = NanoUSD(nanos: reader.varint())
        answer.cost = isPriced ? cost : nil
        return answer
    }

    private static let tokens: [any WritableKeyPath<TokenUsage, TokenCount> & Sendable] = [
        \.uncachedInput, \.cacheRead, \.cacheWrite5m, \.cacheWrite1h, \.output, \.reasoning, \.audioInput,
        \.audioOutput, \.imageInput, \.imageOutput,
    ]
}
