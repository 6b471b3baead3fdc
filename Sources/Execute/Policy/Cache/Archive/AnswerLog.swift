package import Domain

/// What is left of an archive: its entries taken in the order in which they were written.
package struct AnswerLog: Sendable {
    private struct Place: Hashable {
        let rule: String
        let key: AnswerKey
    }

    private var answers: [Place: StoredAnswer] = [:]
    private var tagged: [String: Set<Place>] = [:]
    /// Bytes that were no entries, and were stepped over: torn ends and damage.
    package private(set) var damagedBytes = 0
    /// Answers that were read, those that did not last included.
    package private(set) var read = 0

    /// Creates an empty log.
    package init() {}

    /// Takes a segment in; the oldest first.
    package mutating func take(segment bytes: UnsafeBufferPointer<UInt8>) {
        let start = ArchiveFrame.header.count + 8
        guard bytes.count >= start, bytes.starts(with: ArchiveFrame.header), let base = bytes.baseAddress else {
            damagedBytes += bytes.count
            return
        }
        let secret = UInt64(
            littleEndian: UnsafeRawPointer(base + ArchiveFrame.header.count).loadUnaligned(as: UInt64.self))
        var position = start
        while position < bytes.count {
            switch ArchiveFrame.read(bytes, at: position, secret: secret) {
            case .entry(let entry, let next):
                take(entry)
                position = next
            case .damaged(let next):
                damagedBytes += next - position
                position = next
            case .nothing:
                // The next whole entry is looked for byte by byte.
                damagedBytes += 1
                position += 1
            }
        }
    }

    /// Takes an entry in.
    package mutating func take(_ entry: ArchiveEntry) {
        switch entry {
        case .answer(let answer):
            read += 1
            let place = Place(rule: answer.rule, key: answer.key)
            forget(place)
            for tag in answer.tags { tagged[tag, default: []].insert(place) }
            answers[place] = answer
        case .removedKey(let rule, let key): forget(Place(rule: rule, key: key))
        case .removedTag(let tag, let scope):
            for place in tagged[tag] ?? [] where scope == nil || place.key.scope == scope { forget(place) }
        case .removedRule(let rule):
            for place in answers.keys where place.rule == rule { forget(place) }
        }
    }

    private mutating func forget(_ place: Place) {
        for tag in answers.removeValue(forKey: place)?.tags ?? [] { tagged[tag]?.remove(place) }
    }

    /// The answers that can still be served, the oldest first.
    ///
    /// The newest entry of a key counts even where an older one would last longer: it took the older one's place.
    package func survivors(at now: Timestamp) -> [StoredAnswer] {
        answers.values.filter { !$0.isExpired(at: now) }.sorted {
            ($0.storedAt, $0.key.prompt.high, $0.key.prompt.low) < ($1.storedAt, $1.key.prompt.high, $1.key.prompt.low)
        }
    }
}
