package import Domain

/// Who shares an answer, and to what: the scope is compared exactly, never folded into the prompt.
package struct AnswerKey: Sendable, Hashable {
    /// The customer or credential; equal for all where everybody shares.
    package var scope: UInt64
    /// The model asked for: another model gives another answer.
    package var model: UInt64
    /// The prompt.
    package var prompt: PromptHash

    /// Creates a key.
    package init(scope: UInt64, model: UInt64, prompt: PromptHash) {
        (self.scope, self.model, self.prompt) = (scope, model, prompt)
    }

    /// Prompts are keyed hashes already, so a few of their bits part keys well; equality compares all.
    package func hash(into hasher: inout Hasher) { hasher.combine(prompt.high ^ scope ^ model) }
}

/// What a look-up found.
package enum CacheOutcome: Sendable, Hashable {
    /// The answer is there.
    case hit
    /// It never was, or was evicted.
    case miss
    /// It was there, and is too old.
    case expired
    /// The request has no prompt identity to look up.
    case unidentified
    /// The request does not say whose it is, so nobody may share its answer.
    case unscoped
    /// What means the same cannot be told without embeddings.
    case needsEmbedding
}

/// Answers by their key, for so long and so many; the least recently used goes first.
package struct AnswerCache<Answer: Sendable>: Sendable {
    private struct Entry: Sendable {
        var key: AnswerKey
        var answer: Answer
        var storedAt: Timestamp
        var older: Int32 = -1
        var newer: Int32 = -1
    }

    private var positions: [AnswerKey: Int32] = [:]
    private var entries: [Entry] = []
    private var free: [Int32] = []
    private var newest: Int32 = -1
    private var oldest: Int32 = -1
    /// How long an answer is served, in microseconds.
    package let timeToLive: Int64
    /// How many answers are kept.
    package let capacity: Int

    /// Creates an empty cache.
    package init(timeToLive: Int64, capacity: Int) {
        (self.timeToLive, self.capacity) = (timeToLive, max(min(capacity, Int(Int32.max)), 1))
    }

    /// How many answers there are, those that are too old included.
    package var count: Int { positions.count }

    /// Looks an answer up; a hit makes it the most recently used.
    package mutating func find(_ key: AnswerKey, at now: Timestamp) -> (outcome: CacheOutcome, answer: Answer?) {
        guard let position = positions[key] else { return (.miss, nil) }
        let entry = entries[Int(position)]
        // Not complete yet: whoever asks meanwhile has to be answered by a call of their own.
        if entry.storedAt > now { return (.miss, nil) }
        if now.microseconds - entry.storedAt.microseconds > timeToLive {
            remove(position)
            return (.expired, nil)
        }
        touch(position)
        return (.hit, entry.answer)
    }

    /// Keeps an answer from a moment on; one that is there already stays the older of the two moments that still serve.
    package mutating func store(_ answer: Answer, for key: AnswerKey, at moment: Timestamp) {
        if let position = positions[key] {
            entries[Int(position)].answer = answer
            // Two calls of one prompt at once: the first to be complete serves.
            let known = entries[Int(position)].storedAt
            entries[Int(position)].storedAt =
                moment.microseconds - known.microseconds > timeToLive ? moment : min(known, moment)
            return touch(position)
        }
        if positions.count >= capacity, oldest >= 0 { remove(oldest) }
        let entry = Entry(key: key, answer: answer, storedAt: moment)
        let position: Int32
        if let spare = free.popLast() {
            position = spare
            entries[Int(spare)] = entry
        } else {
            position = Int32(entries.count)
            entries.append(entry)
        }
        positions[key] = position
        link(position)
    }

    private mutating func touch(_ position: Int32) {
        if position == newest { return }
        unlink(position)
        link(position)
    }

    private mutating func link(_ position: Int32) {
        entries[Int(position)].older = newest
        entries[Int(position)].newer = -1
        if newest >= 0 { entries[Int(newest)].newer = position }
        newest = position
        if oldest < 0 { oldest = position }
    }

    private mutating func unlink(_ position: Int32) {
        let (older, newer) = (entries[Int(position)].older, entries[Int(position)].newer)
        if older >= 0 { entries[Int(older)].newer = newer } else { oldest = newer }
        if newer >= 0 { entries[Int(newer)].older = older } else { newest = older }
    }

    private mutating func remove(_ position: Int32) {
        unlink(position)
        positions[entries[Int(position)].key] = nil
        free.append(position)
    }
}
