/// Positions in the order of their last use.
struct RecencyList: Sendable {
    /// The neighbours of a position in its list; -1 for none.
    struct Links: Sendable {
        var older: Int32 = -1
        var newer: Int32 = -1
    }

    private(set) var newest: Int32 = -1
    private(set) var oldest: Int32 = -1
    private(set) var count = 0

    /// Adds a position as the newest.
    mutating func add(_ position: Int32, _ links: inout [Links]) {
        links[Int(position)] = Links(older: newest, newer: -1)
        if newest >= 0 { links[Int(newest)].newer = position }
        newest = position
        if oldest < 0 { oldest = position }
        count += 1
    }

    /// Takes a position of this list out.
    mutating func remove(_ position: Int32, _ links: inout [Links]) {
        let (older, newer) = (links[Int(position)].older, links[Int(position)].newer)
        if older >= 0 { links[Int(older)].newer = newer } else { oldest = newer }
        if newer >= 0 { links[Int(newer)].older = older } else { newest = older }
        count -= 1
    }
}
