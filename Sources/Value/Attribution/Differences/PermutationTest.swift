internal import Statistics

/// Whether the treated changed more than as many units drawn at random would have.
struct PermutationTest: Sendable {
    /// The share of draws, the real one among them, whose difference is at least as large.
    let p: Double
    /// How many, the real one among them.
    let count: Int

    /// Takes each control once where one unit is treated, and draws 999 groups otherwise; `nil` without controls.
    init?(treated: [Double], controls: [Double], seed: UInt64) {
        let all = treated + controls
        guard controls.count > 1, let real = Self.difference(all, Set(treated.indices)) else { return nil }
        var random = SeededRandom(seed: seed)
        let groups: [Set<Int>] =
            treated.count == 1
            ? (1..<all.count).map { [$0] }
            : (0..<999).map { _ in
                var left = Array(all.indices)
                return Set(treated.map { _ in left.remove(at: random.below(left.count)) })
            }
        let found = groups.compactMap { Self.difference(all, $0) }
        let least = abs(real) * (1 - 1e-12)
        count = found.count + 1
        p = Double(found.count { abs($0) >= least } + 1) / Double(count)
    }

    private static func difference(_ changes: [Double], _ group: Set<Int>) -> Double? {
        guard group.count < changes.count else { return nil }
        let (inside, sum) = (group.reduce(0) { $0 + changes[$1] }, changes.reduce(0, +))
        return inside / Double(group.count) - (sum - inside) / Double(changes.count - group.count)
    }
}
