/// How much a cache keeps, and what goes first.
package struct CacheBounds: Sendable, Hashable {
    /// What goes first when there is no more room.
    package enum Eviction: String, Sendable, CaseIterable {
        /// What was not used for the longest time. Replays count with this one.
        case leastRecentlyUsed = "least_recently_used"
        /// What was never used again, the oldest first, and only then what was: a run of questions that nobody repeats
        /// does not drive out those that are (segmented LRU, Karedla, Love and Wherry 1994).
        case segmented
    }

    /// The most answers.
    package var entries: Int
    /// The most bytes of all answers together.
    package var bytes: Int
    /// What goes first.
    package var eviction: Eviction

    /// Creates bounds.
    package init(entries: Int, bytes: Int = .max, eviction: Eviction = .leastRecentlyUsed) {
        self.entries = max(min(entries, Int(Int32.max)), 1)
        (self.bytes, self.eviction) = (max(bytes, 0), eviction)
    }

    /// The share of a segmented cache that what was used again may fill: four fifths.
    var protectedEntries: Int { entries - entries / 5 }
    var protectedBytes: Int { bytes - bytes / 5 }
}
