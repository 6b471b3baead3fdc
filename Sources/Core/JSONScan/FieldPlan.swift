/// Which fields of a document are wanted, and the slot that each goes to.
///
/// A path is a list of keys. When several paths lead to one slot, the one declared first wins where both are present.
package struct FieldPlan: Sendable {
    /// One level of keys.
    struct Level: Sendable {
        var entries: [Entry] = []
        /// Open addressing over the keys' hashes: 0 is free, else an entry's position + 1.
        var slots: [UInt16] = []
    }

    /// What a key leads to.
    struct Entry: Sendable {
        let key: [UInt8]
        let hash: UInt64
        /// The slot of the value, or -1.
        var slot: Int16 = -1
        /// Declared earlier is smaller; smaller wins.
        var rank: UInt16 = 0
        /// The level of the keys inside, or -1.
        var level: Int16 = -1

        @inline(__always)
        func isNamed(_ start: UnsafePointer<UInt8>, _ count: Int) -> Bool {
            guard key.count == count else { return false }
            for position in 0..<count where key[position] != start[position] { return false }
            return true
        }
    }

    private(set) var levels: [Level] = [Level()]
    /// How many slots there are.
    package let slotCount: Int

    /// Compiles a plan.
    ///
    /// - Parameters:
    ///   - slotCount: the number of slots; every slot in `paths` is below it.
    ///   - paths: paths and their slots, the preferred ones first.
    package init(slotCount: Int, paths: [(path: [String], slot: Int)]) {
        self.slotCount = slotCount
        for (rank, (path, slot)) in paths.enumerated() { add(path, slot: slot, rank: rank) }
        for index in levels.indices { levels[index].buildSlots() }
    }

    private mutating func add(_ path: [String], slot: Int, rank: Int) {
        var level = 0
        for (depth, key) in path.enumerated() {
            let entry = levels[level].entry(for: Array(key.utf8))
            if depth == path.count - 1 {
                guard levels[level].entries[entry].slot < 0 else { return }
                levels[level].entries[entry].slot = Int16(slot)
                levels[level].entries[entry].rank = UInt16(rank)
            } else {
                if levels[level].entries[entry].level < 0 {
                    levels[level].entries[entry].level = Int16(levels.count)
                    levels.append(Level())
                }
                level = Int(levels[level].entries[entry].level)
            }
        }
    }

    /// The slots of the columns of a CSV file, -1 for columns that are not wanted.
    ///
    /// A column is found by its name, or by a path joined with dots; upper and lower case count as equal where no
    /// column matches exactly. Where several columns lead to one slot, only the preferred one keeps it.
    package func slots(ofColumns names: [String]) -> [Int16] {
        var wanted: [String: (slot: Int16, rank: UInt16)] = [:]
        collect(level: 0, prefix: "", into: &wanted)
        let folded = Dictionary(wanted.map { ($0.key.lowercased(), $0.value) }) { $0.rank < $1.rank ? $0 : $1 }
        let matches = names.map { wanted[$0] ?? folded[$0.lowercased()] }
        var best: [Int16: UInt16] = [:]
        for case let match? in matches { best[match.slot] = min(best[match.slot] ?? .max, match.rank) }
        return matches.map { match in match.map { best[$0.slot] == $0.rank ? $0.slot : -1 } ?? -1 }
    }

    private func collect(level: Int, prefix: String, into wanted: inout [String: (slot: Int16, rank: UInt16)]) {
        for entry in levels[level].entries {
            let name = prefix + String(decoding: entry.key, as: UTF8.self)
            if entry.slot >= 0 { wanted[name] = (entry.slot, entry.rank) }
            if entry.level >= 0 { collect(level: Int(entry.level), prefix: name + ".", into: &wanted) }
        }
    }

    /// Every first key of a path, for recognising a format.
    package var topLevelKeys: [String] { levels[0].entries.map { String(decoding: $0.key, as: UTF8.self) } }
}

extension FieldPlan.Level {
    mutating func entry(for key: [UInt8]) -> Int {
        if let found = entries.firstIndex(where: { $0.key == key }) { return found }
        entries.append(FieldPlan.Entry(key: key, hash: key.withUnsafeBufferPointer { keyHash($0) }))
        return entries.count - 1
    }

    mutating func buildSlots() {
        var size = 8
        while size < entries.count * 4 { size *= 2 }
        slots = Array(repeating: 0, count: size)
        for (position, entry) in entries.enumerated() {
            var slot = Int(truncatingIfNeeded: entry.hash) & (size - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
            slots[slot] = UInt16(position + 1)
        }
    }

    /// The entry of a key, -1 where it is not wanted.
    @inline(__always)
    func find(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int {
        let hash = keyHash(UnsafeBufferPointer(start: start, count: count))
        let mask = slots.count &- 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while true {
            let position = Int(slots[slot]) &- 1
            if position < 0 { return -1 }
            if entries[position].hash == hash, entries[position].isNamed(start, count) { return position }
            slot = (slot &+ 1) & mask
        }
    }
}

/// Hashes a key: its first and last eight bytes and its length tell the keys of a plan apart, middle bytes are folded in.
@inline(__always)
func keyHash(_ key: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var state: UInt64 = UInt64(truncatingIfNeeded: key.count) &* 0x9e37_79b9_7f4a_7c15
    guard let base = key.baseAddress else { return state }
    let raw = UnsafeRawPointer(base)
    var position = 0
    while position &+ 8 <= key.count {
        state = fold(state ^ raw.loadUnaligned(fromByteOffset: position, as: UInt64.self).littleEndian)
        position &+= 8
    }
    var tail: UInt64 = 0
    while position < key.count {
        tail = tail &<< 8 | UInt64(base[position])
        position &+= 1
    }
    return fold(state ^ tail)
}

@inline(__always)
private func fold(_ value: UInt64) -> UInt64 {
    let product = value.multipliedFullWidth(by: 0xe703_7ed1_a0b4_28db)
    return product.high ^ product.low
}
