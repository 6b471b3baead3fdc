/// What each of several players contributed to a value that they made together (Shapley, 1953), exactly.
///
/// Coalitions are bit sets: player i is in the coalition whose number has bit i.
package enum ShapleyValues {
    /// The most players for which every coalition is looked at.
    package static let mostPlayers = 12

    /// By how much each coalition's value counts for a player: φ = Σ weight × value, for every coalition by its number.
    ///
    /// - Parameters:
    ///   - player: from 0.
    ///   - players: how many there are, from 1 to ``mostPlayers``.
    package static func weights(of player: Int, among players: Int) -> [Double] {
        (0..<(1 << players)).map { coalition in
            let size = coalition.nonzeroBitCount
            // Orders in which exactly the others of the coalition come before the player: s! (n − s − 1)! of n!.
            return coalition & (1 << player) != 0
                ? 1 / (Double(players) * binomial(players - 1, size - 1))
                : -1 / (Double(players) * binomial(players - 1, size))
        }
    }

    /// Every player's contribution; they sum to the value of all less the value of none.
    ///
    /// - Parameter values: of every coalition, by its number.
    package static func values(of values: [Double], players: Int) -> [Double] {
        (0..<players).map { player in
            zip(weights(of: player, among: players), values).reduce(0) { $0 + $1.0 * $1.1 }
        }
    }

    private static func binomial(_ n: Int, _ k: Int) -> Double {
        (0..<k).reduce(1) { $0 * Double(n - $1) / Double($1 + 1) }.rounded()
    }
}
