internal import Domain

/// The answers of one scope.
///
/// A full shelf drops what is too old, then what was served or stored least recently: repetitions come in bursts, and one
/// policy for both caches is one to explain. A scan looks at every row as it is, so the search for the stalest costs little.
struct EmbeddingShelf<Answer: Sendable>: Sendable {
    private struct Entry: Sendable {
        let answer: Answer
        let question: Conversation
        let tags: Set<String>
        let storedAt: Timestamp
        let identity: UInt64
        let vectorHash: UInt64
        var usedAt: Timestamp
    }

    private var table: EmbeddingTable
    private var entries: [Entry] = []
    /// The row of a question.
    private var rows: [Conversation: Int] = [:]
    /// How many rows have a vector, by its hash.
    private var vectors: [UInt64: Int] = [:]
    private let dimensions: Int
    private let capacity: Int
    private let timeToLive: Int64
    private var nextIdentity: UInt64 = 0
    /// No entry is older.
    private var oldest = Timestamp(microseconds: .max)
    private(set) var usedAt = Timestamp.unknown

    init(dimensions: Int, capacity: Int, timeToLive: Int64) {
        (self.dimensions, self.capacity, self.timeToLive) = (dimensions, capacity, timeToLive)
        table = EmbeddingTable(dimensions: dimensions)
    }

    var count: Int { entries.count }

    /// An encoder that cannot tell half of twenty questions apart is none.
    var isDegenerate: Bool { entries.count >= 20 && vectors.count * 2 <= entries.count }

    mutating func store(
        _ answer: Answer, for question: Conversation, vector: [Float], tags: Set<String>, at moment: Timestamp
    ) -> Bool {
        guard vector.count == dimensions else { return false }
        removeExpired(at: moment)
        let hash = vector.reduce(0) { ByteHash.mix($0 ^ UInt64($1.bitPattern), 0x9e37_79b9_7f4a_7c15) &+ 1 }
        if let row = rows[question] { remove(row) }
        if entries.count >= capacity { removeStalest() }
        nextIdentity += 1
        rows[question] = entries.count
        vectors[hash, default: 0] += 1
        entries.append(
            Entry(
                answer: answer, question: question, tags: tags, storedAt: moment, identity: nextIdentity,
                vectorHash: hash, usedAt: moment))
        table.append(vector)
        (oldest, usedAt) = (min(oldest, moment), max(usedAt, moment))
        return true
    }

    mutating func nearest(
        to vector: [Float], atLeast least: Float, most: Int, at now: Timestamp
    ) -> [EmbeddingMatch<Answer>] {
        guard vector.count == dimensions else { return [] }
        removeExpired(at: now)
        usedAt = max(usedAt, now)
        return table.matches(to: vector, atLeast: least, most: most).map { match in
            let entry = entries[match.row]
            return EmbeddingMatch(
                answer: entry.answer, question: entry.question, similarity: Double(match.similarity),
                storedAt: entry.storedAt, identity: entry.identity)
        }
    }

    mutating func used(_ identity: UInt64, at now: Timestamp) {
        guard let row = entries.firstIndex(where: { $0.identity == identity }) else { return }
        entries[row].usedAt = max(entries[row].usedAt, now)
    }

    mutating func removeAll(where isMeant: (Set<String>) -> Bool) -> Int {
        let rows = entries.indices.filter { isMeant(entries[$0].tags) }
        for row in rows.reversed() { remove(row) }
        return rows.count
    }

    private mutating func removeStalest() {
        if let stalest = entries.indices.min(by: { entries[$0].usedAt < entries[$1].usedAt }) { remove(stalest) }
    }

    private mutating func removeExpired(at now: Timestamp) {
        guard isExpired(oldest, at: now) else { return }
        for row in entries.indices.reversed() where isExpired(entries[row].storedAt, at: now) { remove(row) }
        oldest = entries.map(\.storedAt).min() ?? Timestamp(microseconds: .max)
    }

    private func isExpired(_ moment: Timestamp, at now: Timestamp) -> Bool {
        let (age, isOverflown) = now.microseconds.subtractingReportingOverflow(moment.microseconds)
        return !isOverflown && age > timeToLive
    }

    private mutating func remove(_ row: Int) {
        let gone = entries[row]
        rows[gone.question] = nil
        vectors[gone.vectorHash] = vectors[gone.vectorHash].flatMap { $0 > 1 ? $0 - 1 : nil }
        entries.swapAt(row, entries.count - 1)
        entries.removeLast()
        if row < entries.count { rows[entries[row].question] = row }
        table.remove(row)
    }
}
