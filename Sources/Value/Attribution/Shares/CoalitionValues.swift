/// What was measured with some of several changes in force: one value for each set of changes that was seen.
package struct CoalitionValues: Sendable, Hashable {
    /// What was measured for a coalition.
    package struct Entry: Sendable, Hashable {
        /// The value, in a unit of its own.
        package var value: Double
        /// Its standard error; `nil` where it is not known.
        package var standardError: Double?
        /// The observations behind it; `nil` where that is not known.
        package var count: Int?

        /// Creates an entry.
        package init(_ value: Double, standardError: Double? = nil, count: Int? = nil) {
            (self.value, self.standardError, self.count) = (value, standardError, count)
        }
    }

    /// The changes, by name.
    package let players: [String]
    /// The entries by coalition: the change at position i is in it where bit i is set.
    package let entries: [Int: Entry]
    /// Whether nothing was measured without any change, so that it counts as 0.
    package let assumesNothing: Bool
    /// Coalitions that were not measured, smallest first.
    package let missing: [String]

    /// Creates values.
    ///
    /// - Parameter measured: the names of the changes in force, and what was measured with them.
    /// - Throws: ``StudyError`` where a coalition stands twice or has a name twice, where the value of all is missing, a
    ///   value is no number, or changes are too many.
    package init(_ measured: [(names: [String], entry: Entry)]) throws(StudyError) {
        let players = Set(measured.flatMap(\.names)).sorted()
        guard (1...Self.mostPlayers).contains(players.count) else {
            throw StudyError(
                .badInput, "There are \(players.count) changes; from 1 to \(Self.mostPlayers) can be shared among.")
        }
        self.players = players
        var entries: [Int: Entry] = [:]
        for (names, entry) in measured {
            let (coalition, label) = (try Self.number(names, players), Self.label(names))
            guard entries[coalition] == nil else {
                throw StudyError(.badInput, "The coalition \(label) stands twice; give each one row, or raw values.")
            }
            guard entry.value.isFinite, entry.standardError.map({ $0 >= 0 && $0.isFinite }) ?? true else {
                throw StudyError(.badInput, "The coalition \(label) has a value or standard error that is no number.")
            }
            entries[coalition] = entry
        }
        assumesNothing = entries[0] == nil
        if assumesNothing { entries[0] = Entry(0, standardError: 0) }
        self.entries = entries
        missing = (0..<1 << players.count).filter { entries[$0] == nil }
            .sorted { ($0.nonzeroBitCount, $0) < ($1.nonzeroBitCount, $1) }.map { Self.label($0, players) }
        guard entries[all] != nil else {
            throw StudyError(
                .badInput, "There is no value with all changes; add a row for \(players.joined(separator: "+")).")
        }
    }

    private static let mostPlayers = 12

    /// The coalition of all changes.
    var all: Int { (1 << players.count) - 1 }

    /// Whether there is only one value before and one after several changes.
    package var isBeforeAfter: Bool { players.count > 1 && entries.count == 2 }

    /// The names of a coalition: `A+B`.
    func label(_ coalition: Int) -> String { Self.label(coalition, players) }

    private static func label(_ coalition: Int, _ players: [String]) -> String {
        label(players.indices.filter { coalition & (1 << $0) != 0 }.map { players[$0] })
    }

    private static func label(_ names: [String]) -> String { names.isEmpty ? "(none)" : names.joined(separator: "+") }

    private static func number(_ names: [String], _ players: [String]) throws(StudyError) -> Int {
        var number = 0
        for name in names {
            guard let place = players.firstIndex(of: name), number & (1 << place) == 0 else {
                throw StudyError(.badInput, "The coalition \(label(names)) names \"\(name)\" twice.")
            }
            number |= 1 << place
        }
        return number
    }
}
