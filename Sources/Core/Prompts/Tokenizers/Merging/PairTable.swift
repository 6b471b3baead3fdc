/// Which two neighbouring tokens become one, and in what order: an open-addressing table.
struct PairTable: Sendable {
    /// A merge as one number that sorts as merges are done: its rank above the number of the token that it makes.
    typealias Merge = UInt64
    /// Where two tokens are not merged; sorts behind every merge.
    static let none = Merge.max

    private var keys: [UInt64]
    private var merges: [Merge]
    private var count = 0

    /// Creates an empty table, sized for some merges.
    init(capacity: Int) {
        var size = 16
        while size < capacity * 2 { size *= 2 }
        keys = Array(repeating: .max, count: size)
        merges = Array(repeating: Self.none, count: size)
    }

    /// The number of the token that a merge makes.
    static func token(of merge: Merge) -> UInt32 { UInt32(truncatingIfNeeded: merge) }

    /// The rank of a merge; the lowest is done first.
    static func rank(of merge: Merge) -> UInt32 { UInt32(truncatingIfNeeded: merge >> 32) }

    /// The merge of two neighbouring tokens; ``none`` where they are not merged.
    @inline(__always)
    func merge(_ left: UInt32, _ right: UInt32) -> Merge { merges[search(Self.key(left, right))] }

    /// Sets what two tokens become.
    mutating func set(_ left: UInt32, _ right: UInt32, rank: UInt32, token: UInt32) {
        if count * 2 >= keys.count { grow() }
        put(Self.key(left, right), Merge(rank) << 32 | Merge(token))
    }

    private mutating func put(_ key: UInt64, _ merge: Merge) {
        let bucket = search(key)
        if keys[bucket] != key { count += 1 }
        (keys[bucket], merges[bucket]) = (key, merge)
    }

    private mutating func grow() {
        let old = self
        self = PairTable(capacity: old.keys.count)
        for (bucket, key) in old.keys.enumerated() where key != .max { put(key, old.merges[bucket]) }
    }

    /// No pair has the key of free buckets: that would take twice the number that no token has.
    private static func key(_ left: UInt32, _ right: UInt32) -> UInt64 { UInt64(left) << 32 | UInt64(right) }

    @inline(__always)
    private func search(_ key: UInt64) -> Int {
        let mask = keys.count - 1
        let hash = key &* 0x9e37_79b9_7f4a_7c15
        var bucket = Int(truncatingIfNeeded: hash ^ hash >> 32) & mask
        while keys[bucket] != key, keys[bucket] != .max { bucket = (bucket + 1) & mask }
        return bucket
    }
}
