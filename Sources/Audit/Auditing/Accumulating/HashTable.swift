/// Numbers 64-bit hashes in the order of their arrival, in little memory.
///
/// Open addressing in shards that grow by half, one at a time: at most 16 bytes per further hash, and no moment in which
/// everything is copied. Two different things share a hash with a probability of
/// n² / 2⁶⁵: one in 370,000 for ten million things.
struct HashSet64: Sendable {
    private struct Shard: Sendable {
        var slots: [UInt64] = []
        var count = 0
    }

    private var shards = [Shard](repeating: Shard(), count: 64)
    /// How many different hashes there are.
    private(set) var count = 0

    /// Takes in a hash.
    ///
    /// - Returns: whether it is new.
    mutating func insert(_ hash: UInt64) -> Bool {
        let hash = hash == 0 ? 1 : hash
        let shard = Int(truncatingIfNeeded: hash & 63)
        if shards[shard].count &* 5 >= shards[shard].slots.count &* 4 { grow(shard) }
        let isNew = shards[shard].slots.withUnsafeMutableBufferPointer { slots in
            var position = Int(
                truncatingIfNeeded: hash.multipliedFullWidth(by: UInt64(truncatingIfNeeded: slots.count)).high)
            while true {
                if slots[position] == hash { return false }
                if slots[position] == 0 {
                    slots[position] = hash
                    return true
                }
                position &+= 1
                if position == slots.count { position = 0 }
            }
        }
        if isNew {
            shards[shard].count &+= 1
            count &+= 1
        }
        return isNew
    }

    /// Loads the slot of a hash into the processor's cache. A few dozen such loads run side by side, where the
    /// insertions that follow would wait for memory one by one.
    func warm(_ hash: UInt64) -> UInt64 {
        shards[Int(truncatingIfNeeded: hash & 63)].slots.withUnsafeBufferPointer { slots in
            if slots.isEmpty { return 0 }
            return slots[
                Int(truncatingIfNeeded: hash.multipliedFullWidth(by: UInt64(truncatingIfNeeded: slots.count)).high)]
        }
    }

    private mutating func grow(_ shard: Int) {
        let old = shards[shard].slots
        shards[shard].slots = [UInt64](repeating: 0, count: max(old.count * 3 / 2, 64))
        shards[shard].slots.withUnsafeMutableBufferPointer { slots in
            for hash in old where hash != 0 {
                var position = Int(truncatingIfNeeded: hash.multipliedFullWidth(by: UInt64(slots.count)).high)
                while slots[position] != 0 {
                    position += 1
                    if position == slots.count { position = 0 }
                }
                slots[position] = hash
            }
        }
    }
}

/// 64-bit hashes with a small value each; shards grow by three tenths.
struct HashMap64<Value: Sendable>: Sendable {
    struct Entry: Sendable {
        var hash: UInt64
        var value: Value
    }

    private struct Shard: Sendable {
        var slots: [Entry] = []
        var count = 0
    }

    private var shards = [Shard](repeating: Shard(), count: 64)
    private let empty: Value
    /// How many different hashes there are.
    private(set) var count = 0

    init(empty: Value) { self.empty = empty }

    /// Calls `body` with the value of a hash and whether it was there already; a new one starts as `empty`.
    mutating func update<Result>(_ hash: UInt64, _ body: (inout Value, Bool) -> Result) -> Result {
        let hash = hash == 0 ? 1 : hash
        let shard = Int(truncatingIfNeeded: hash & 63)
        if shards[shard].count &* 5 >= shards[shard].slots.count &* 4 { grow(shard) }
        var isNew = false
        let result = shards[shard].slots.withUnsafeMutableBufferPointer { slots in
            var position = Int(
                truncatingIfNeeded: hash.multipliedFullWidth(by: UInt64(truncatingIfNeeded: slots.count)).high)
            while slots[position].hash != hash, slots[position].hash != 0 {
                position &+= 1
                if position == slots.count { position = 0 }
            }
            isNew = slots[position].hash == 0
            slots[position].hash = hash
            return body(&slots[position].value, !isNew)
        }
        if isNew {
            shards[shard].count &+= 1
            count &+= 1
        }
        return result
    }

    /// Loads the slot of a hash into the processor's cache; see ``HashSet64/warm(_:)``.
    func warm(_ hash: UInt64) -> UInt64 {
        shards[Int(truncatingIfNeeded: hash & 63)].slots.withUnsafeBufferPointer { slots in
            if slots.isEmpty { return 0 }
            return slots[
                Int(truncatingIfNeeded: hash.multipliedFullWidth(by: UInt64(truncatingIfNeeded: slots.count)).high)
            ].hash
        }
    }

    /// Calls `body` with every entry, in no particular order.
    func forEach(_ body: (Entry) -> Void) {
        for shard in shards {
            for entry in shard.slots where entry.hash != 0 { body(entry) }
        }
    }

    private mutating func grow(_ shard: Int) {
        let old = shards[shard].slots
        shards[shard].slots = [Entry](repeating: Entry(hash: 0, value: empty), count: max(old.count * 13 / 10, 64))
        shards[shard].slots.withUnsafeMutableBufferPointer { slots in
            for entry in old where entry.hash != 0 {
                var position = Int(truncatingIfNeeded: entry.hash.multipliedFullWidth(by: UInt64(slots.count)).high)
                while slots[position].hash != 0 {
                    position += 1
                    if position == slots.count { position = 0 }
                }
                slots[position] = entry
            }
        }
    }
}
