/// Which positions bear which tags.
struct TagIndex: Sendable {
    private var positions: [String: Set<Int32>] = [:]

    /// The positions with a tag.
    subscript(_ tag: String) -> Set<Int32> { positions[tag] ?? [] }

    /// Whether no position has a tag.
    var isEmpty: Bool { positions.isEmpty }

    /// Notes the tags of a position.
    mutating func add(_ tags: [String], of position: Int32) {
        for tag in tags { positions[tag, default: []].insert(position) }
    }

    /// Forgets the tags of a position.
    mutating func remove(_ tags: [String], of position: Int32) {
        for tag in tags {
            positions[tag]?.remove(position)
            if positions[tag]?.isEmpty ?? false { positions[tag] = nil }
        }
    }
}
