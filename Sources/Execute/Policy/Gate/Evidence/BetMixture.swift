#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Bets against "the mean loss is the floor": for each alternative mean θ what a loss of 1, and a loss of 0, multiplies
/// the stake by.
///
/// The factors are the likelihood ratios θ ÷ floor and (1 − θ) ÷ (1 − floor); a loss between counts as the mixture of both.
/// Being linear in the loss, a factor's expectation is 1 where the mean loss is the floor, whatever the distribution
/// between 0 and 1, and below 1 on the floor's other side.
struct BetMixture: Sendable, Hashable {
    /// Alternatives below the floor, as shares of it.
    static let below = [0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8]
    /// Alternatives above the floor, as shares of what is left up to 1.
    static let above = [0.005, 0.01, 0.02, 0.04, 0.08, 0.16, 0.3]

    /// Factors of a loss of 1.
    let ifWrong: [Double]
    /// Factors of a loss of 0.
    let ifRight: [Double]

    /// Bets that win while losses stay below the floor.
    static func below(_ floor: Double) -> BetMixture { BetMixture(below.map { $0 * floor }, floor) }

    /// Bets that win while losses are above it.
    static func above(_ floor: Double) -> BetMixture { BetMixture(above.map { floor + (1 - floor) * $0 }, floor) }

    private init(_ alternatives: [Double], _ floor: Double) {
        ifWrong = alternatives.map { $0 / floor }
        ifRight = alternatives.map { (1 - $0) / (1 - floor) }
    }

    /// The factor of one bet for one loss.
    func factor(_ bet: Int, _ loss: Loss) -> Double {
        ifRight[bet] + (ifWrong[bet] - ifRight[bet]) * loss.value
    }

    /// ln of the mean of the exponentials, without overflow.
    static func logMean(_ logs: [Double]) -> Double {
        let largest = logs.max() ?? 0
        return largest + log(logs.reduce(0) { $0 + exp($1 - largest) } / Double(max(logs.count, 1)))
    }
}
