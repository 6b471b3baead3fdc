package import Domain

/// Answers by their key, for so long and so many.
package struct AnswerCache<Answer: Sendable>: Sendable {
    private struct Entry: Sendable {
        var key: AnswerKey
        /// Gone once the place is free: what was taken back is not held any longer.
        var answer: Answer?
        var storedAt: Timestamp
        var timeToLive: Int64
        var bytes: Int
        var tags: [String]
        var isProtected = false

        /// Whether it is too old to be served.
        func isExpired(at now: Timestamp) -> Bool { now.microseconds - storedAt.microseconds > timeToLive }
    }

    private var positions: [AnswerKey: Int32] = [:]
    private var entries: [Entry] = []
    private var links: [RecencyList.Links] = []
    private var free: [Int32] = []
    /// What was not used again yet; without segments, everything.
    private var probation = RecencyList()
    /// What was used again.
    private var protected = RecencyList()
    private var protectedBytes = 0
    private var tagged = TagIndex()
    /// How long an answer is served, in microseconds.
    package let timeToLive: Int64
    /// How much is kept.
    package let bounds: CacheBounds
    /// Bytes of the answers, as they were told when these were stored.
    package private(set) var bytes = 0

    /// Creates an empty cache.
    package init(timeToLive: Int64, bounds: CacheBounds) { (self.timeToLive, self.bounds) = (timeToLive, bounds) }

    /// Creates an empty cache that keeps so many answers, the most recently used ones.
    package init(timeToLive: Int64, capacity: Int) {
        self.init(timeToLive: timeToLive, bounds: CacheBounds(entries: capacity))
    }

    /// How many answers there are, those that are too old included.
    package var count: Int { positions.count }

    /// Looks an answer up; a hit makes it the most recently used.
    ///
    /// - Parameter mostAge: the oldest answer that will do, in microseconds; older ones stay for others.
    package mutating func find(
        _ key: AnswerKey, at now: Timestamp, mostAge: Int64 = .max
    ) -> (outcome: CacheOutcome, answer: Answer?) {
        guard let position = positions[key] else { return (.miss, nil) }
        let entry = entries[Int(position)]
        // Not complete yet: whoever asks meanwhile has to be answered by a call of their own.
        if entry.storedAt > now { return (.miss, nil) }
        if entry.isExpired(at: now) {
            remove(position)
            return (.expired, nil)
        }
        if now.microseconds - entry.storedAt.microseconds > mostAge { return (.expired, nil) }
        use(position)
        return (.hit, entry.answer)
    }

    /// Keeps an answer from a moment on; one that is there already stays the older of the two moments that still serve.
    ///
    /// - Parameters:
    ///   - timeToLive: how long this answer is served, in microseconds; never longer than the cache's own.
    ///   - bytes: what it counts towards the bound in bytes.
    ///   - tags: what it can be taken back by.
    ///   - replacing: whether an answer that is there gives way altogether, as to a caller who wanted a new one.
    /// - Returns: whether it is kept; an answer larger than the whole cache is not.
    @discardableResult
    package mutating func store(
        _ answer: Answer, for key: AnswerKey, at moment: Timestamp, timeToLive: Int64 = .max, bytes: Int = 0,
        tags: [String] = [], replacing: Bool = false
    ) -> Bool {
        guard bytes <= bounds.bytes else { return false }
        var entry = Entry(
            key: key, answer: answer, storedAt: moment, timeToLive: min(timeToLive, self.timeToLive), bytes: bytes,
            tags: tags)
        if let position = positions[key] {
            let known = entries[Int(position)]
            // Two calls of one prompt at once: the first to be complete serves.
            if !replacing, moment.microseconds - known.storedAt.microseconds <= known.timeToLive {
                entry.storedAt = min(known.storedAt, moment)
                entry.timeToLive = min(known.timeToLive, entry.timeToLive)
            }
            replace(position, by: entry)
        } else {
            while positions.count >= bounds.entries || self.bytes > bounds.bytes - bytes, evict() {}
            insert(entry)
        }
        return true
    }

    // MARK: Taking back

    /// Removes an answer.
    ///
    /// - Returns: whether it was there.
    @discardableResult
    package mutating func remove(_ key: AnswerKey) -> Bool {
        guard let position = positions[key] else { return false }
        remove(position)
        return true
    }

    /// Removes all answers with a tag.
    ///
    /// - Parameter scope: whose answers; `nil` for everybody's.
    /// - Returns: how many there were.
    @discardableResult
    package mutating func removeAll(tagged tag: String, scope: UInt64? = nil) -> Int {
        let found = tagged[tag].filter { scope == nil || entries[Int($0)].key.scope == scope }
        for position in found { remove(position) }
        return found.count
    }

    /// Removes everything.
    package mutating func removeAll() { self = Self(timeToLive: timeToLive, bounds: bounds) }

    // MARK: Places

    private mutating func insert(_ entry: Entry) {
        let position: Int32
        if let spare = free.popLast() {
            position = spare
            entries[Int(spare)] = entry
        } else {
            position = Int32(entries.count)
            entries.append(entry)
            links.append(RecencyList.Links())
        }
        positions[entry.key] = position
        bytes += entry.bytes
        tagged.add(entry.tags, of: position)
        probation.add(position, &links)
    }

    private mutating func replace(_ position: Int32, by entry: Entry) {
        let known = entries[Int(position)]
        tagged.remove(known.tags, of: position)
        tagged.add(entry.tags, of: position)
        entries[Int(position)] = entry
        entries[Int(position)].isProtected = known.isProtected
        bytes += entry.bytes - known.bytes
        if known.isProtected { protectedBytes += entry.bytes - known.bytes }
        use(position)
        // What was just used is the last to go, and fits by itself.
        while bytes > bounds.bytes, evict() {}
    }

    private mutating func use(_ position: Int32) {
        if entries[Int(position)].isProtected {
            protected.remove(position, &links)
            protected.add(position, &links)
            shrinkProtected()
        } else if bounds.eviction == .leastRecentlyUsed {
            if position == probation.newest { return }
            probation.remove(position, &links)
            probation.add(position, &links)
        } else {
            protect(position)
        }
    }

    private mutating func protect(_ position: Int32) {
        probation.remove(position, &links)
        protected.add(position, &links)
        entries[Int(position)].isProtected = true
        protectedBytes += entries[Int(position)].bytes
        shrinkProtected()
    }

    /// Where too much is protected, the least recently used of it has to prove itself anew.
    private mutating func shrinkProtected() {
        while protected.count > 1,
            protected.count > bounds.protectedEntries || protectedBytes > bounds.protectedBytes
        {
            let least = protected.oldest
            protected.remove(least, &links)
            probation.add(least, &links)
            entries[Int(least)].isProtected = false
            protectedBytes -= entries[Int(least)].bytes
        }
    }

    private mutating func evict() -> Bool {
        let position = probation.oldest >= 0 ? probation.oldest : protected.oldest
        if position < 0 { return false }
        remove(position)
        return true
    }

    private mutating func remove(_ position: Int32) {
        let entry = entries[Int(position)]
        if entry.isProtected {
            protected.remove(position, &links)
            protectedBytes -= entry.bytes
        } else {
            probation.remove(position, &links)
        }
        bytes -= entry.bytes
        if !entry.tags.isEmpty { tagged.remove(entry.tags, of: position) }
        positions[entry.key] = nil
        (entries[Int(position)].answer, entries[Int(position)].tags) = (nil, [])
        free.append(position)
    }
}
