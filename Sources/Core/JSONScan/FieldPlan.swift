/// Which fields of a document are wanted, and the slot that each goes to.
///
/// A path is a list of keys. When several paths lead to one slot, the one declared first wins where both are present.
package final class FieldPlan: Sendable {
    /// One level of keys.
    struct Level {
        var entries: [Entry] = []
    }

    /// What a key leads to.
    struct Entry {
        let key: [UInt8]
        /// The slot of the value, or -1.
        var slot: Int16 = -1
        /// Declared earlier is smaller; smaller wins.
        var rank: UInt16 = 0
        /// The level of the keys inside, or -1.
        var level: Int16 = -1
    }

    /// How many slots there are.
    package let slotCount: Int
    let levels: [Level]

    /// Compiles a plan.
    ///
    /// - Parameters:
    ///   - slotCount: the number of slots; every slot in `paths` is below it.
    ///   - paths: paths and their slots, the preferred ones first.
    package init(slotCount: Int, paths: [(path: [String], slot: Int)]) {
        self.slotCount = slotCount
        var levels = [Level()]
        for (rank, (path, slot)) in paths.enumerated() { Self.add(path, slot: slot, rank: rank, to: &levels) }
        self.levels = levels
    }

    private static func add(_ path: [String], slot: Int, rank: Int, to levels: inout [Level]) {
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
        entries.append(FieldPlan.Entry(key: key))
        return entries.count - 1
    }
}
