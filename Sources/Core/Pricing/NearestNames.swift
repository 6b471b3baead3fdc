extension PriceBook {
    /// The names of models that look most like a name that the book does not have.
    package func nearestNames(to name: String, count: Int) -> [String] {
        let wanted = Array(name.lowercased().utf8)
        var distances: [String: Int] = [:]
        for model in models where distances[model.model] == nil {
            distances[model.model] = Self.distance(wanted, Array(model.model.lowercased().utf8))
        }
        let sorted = distances.sorted { ($0.value, $0.key) < ($1.value, $1.key) }
        return sorted.prefix(count).map(\.key)
    }

    /// How many letters have to be put in, taken out or replaced (Levenshtein).
    private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
        var row = Array(0...b.count)
        for (line, letter) in a.enumerated() {
            var diagonal = row[0]
            row[0] = line + 1
            for (column, other) in b.enumerated() {
                let replaced = diagonal + (letter == other ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(replaced, diagonal + 1, row[column] + 1)
            }
        }
        return row[b.count]
    }
}
