/// The keys of a plan laid out for the scanner: plain memory, no references to count on the way through a document.
///
/// Rows of one export have their keys in one order, so each entry remembers which entry came after it last time; a
/// guess that holds saves the hash.
struct KeyTable: ~Copyable {
    /// What a key leads to.
    struct Entry {
        var keyStart: Int32
        var keyCount: Int32
        var slot: Int16
        var rank: UInt16
        var level: Int16
        /// The entry that followed last time, for guessing.
        var successor: Int32
    }

    /// The slots of one level in `buckets`.
    struct Level {
        var bucketStart: Int32
        var bucketMask: Int32
        /// The entry that came first last time.
        var first: Int32
    }

    let entries: UnsafeMutablePointer<Entry>
    let levels: UnsafeMutablePointer<Level>
    private let keys: UnsafeMutablePointer<UInt8>
    /// 0 is free, else an entry's position + 1.
    private let buckets: UnsafeMutablePointer<Int32>

    init(_ plan: FieldPlan) {
        let all = plan.levels.flatMap(\.entries)
        let sizes = plan.levels.map { Self.bucketCount(for: $0.entries.count) }
        entries = .allocate(capacity: max(all.count, 1))
        levels = .allocate(capacity: plan.levels.count)
        keys = .allocate(capacity: all.reduce(1) { $0 + $1.key.count })
        buckets = .allocate(capacity: sizes.reduce(0, +))
        buckets.initialize(repeating: 0, count: sizes.reduce(0, +))
        var keyStart = 0
        var bucketStart = 0
        var position = 0
        for (number, level) in plan.levels.enumerated() {
            levels[number] = Level(bucketStart: Int32(bucketStart), bucketMask: Int32(sizes[number] - 1), first: -1)
            for entry in level.entries {
                for (offset, byte) in entry.key.enumerated() { keys[keyStart + offset] = byte }
                entries[position] = Entry(
                    keyStart: Int32(keyStart), keyCount: Int32(entry.key.count), slot: entry.slot, rank: entry.rank,
                    level: entry.level, successor: -1)
                place(position, inLevel: number)
                keyStart += entry.key.count
                position += 1
            }
            bucketStart += sizes[number]
        }
    }

    deinit {
        entries.deallocate()
        levels.deallocate()
        keys.deallocate()
        buckets.deallocate()
    }

    private static func bucketCount(for entries: Int) -> Int {
        var size = 8
        while size < entries * 4 { size *= 2 }
        return size
    }

    private func place(_ position: Int, inLevel level: Int) {
        let mask = Int(levels[level].bucketMask)
        let start = Int(levels[level].bucketStart)
        let entry = entries[position]
        var bucket = Int(truncatingIfNeeded: Self.hash(keys + Int(entry.keyStart), Int(entry.keyCount))) & mask
        while buckets[start + bucket] != 0 { bucket = (bucket + 1) & mask }
        buckets[start + bucket] = Int32(position + 1)
    }

    /// The entry of a key; -1 where it is not wanted.
    @inline(__always)
    func find(_ start: UnsafePointer<UInt8>, _ count: Int, level: Int, after previous: Int) -> Int {
        let guess = Int(previous < 0 ? levels[level].first : entries[previous].successor)
        if guess >= 0, isNamed(guess, start, count) { return guess }
        let found = search(start, count, level: level)
        if found >= 0 {
            if previous < 0 {
                levels[level].first = Int32(truncatingIfNeeded: found)
            } else {
                entries[previous].successor = Int32(truncatingIfNeeded: found)
            }
        }
        return found
    }

    private func search(_ start: UnsafePointer<UInt8>, _ count: Int, level: Int) -> Int {
        let mask = Int(levels[level].bucketMask)
        let base = Int(levels[level].bucketStart)
        var bucket = Int(truncatingIfNeeded: Self.hash(start, count)) & mask
        while buckets[base &+ bucket] != 0 {
            let position = Int(buckets[base &+ bucket]) &- 1
            if isNamed(position, start, count) { return position }
            bucket = (bucket &+ 1) & mask
        }
        return -1
    }

    @inline(__always)
    private func isNamed(_ position: Int, _ start: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        guard Int(entries[position].keyCount) == count else { return false }
        let key = UnsafeRawPointer(keys + Int(entries[position].keyStart))
        let other = UnsafeRawPointer(start)
        var offset = 0
        while offset &+ 8 <= count {
            if key.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                != other.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            {
                return false
            }
            offset &+= 8
        }
        while offset < count {
            if key.load(fromByteOffset: offset, as: UInt8.self) != other.load(fromByteOffset: offset, as: UInt8.self) {
                return false
            }
            offset &+= 1
        }
        return true
    }

    private static func hash(_ start: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
        var state = UInt64(truncatingIfNeeded: count) &* 0x9e37_79b9_7f4a_7c15
        for position in 0..<count {
            state = (state ^ UInt64(start[position])) &* 0x0000_0100_0000_01b3
        }
        return state ^ state &>> 29
    }
}
