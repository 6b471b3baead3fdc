/// Sees that losses have risen above a floor, however long they were below it.
///
/// A plain test goes numb: every clean verdict makes it harder to convince. This one begins a test anew at every verdict
/// and adds all of them up, which takes one sum per bet: S ← (S + 1) × factor (Shiryaev–Roberts e-detector of Shin, Ramdas
/// and Rinaldo, 2022). While expected losses are at most the floor S grows by at most 1 a verdict, so on average at least
/// ``averageRunLength`` verdicts pass before an alarm that is none, and one comes within n verdicts with a probability of at
/// most n ÷ ``averageRunLength``.
package struct RollbackDetector: Sendable, Hashable {
    /// The mean loss that is allowed, a fraction.
    package let floor: Double
    /// How many verdicts pass between false alarms on average, at least.
    package let averageRunLength: Double
    /// How many verdicts were taken since it began.
    package private(set) var judged = 0
    private let bets: BetMixture
    var sums: [Double]

    /// Creates a detector.
    ///
    /// - Parameters:
    ///   - floor: a fraction; what is not within 10⁻⁶…0.999 becomes the nearest that is.
    ///   - averageRunLength: verdicts; at least 1.
    package init(floor: Double, averageRunLength: Double) {
        self.floor = min(max(floor.isNaN ? 0 : floor, 1e-6), 0.999)
        self.averageRunLength = max(averageRunLength.isNaN ? 1 : averageRunLength, 1)
        bets = .above(self.floor)
        sums = BetMixture.above.map { _ in 0 }
    }

    /// A detector that was kept; sums have to be finite.
    init(floor: Double, averageRunLength: Double, judged: Int, sums: [Double]) {
        self.init(floor: floor, averageRunLength: averageRunLength)
        (self.judged, self.sums) = (judged, sums)
    }

    /// The mean of the sums: what is compared with ``averageRunLength``.
    package var value: Double { sums.reduce(0, +) / Double(sums.count) }

    /// Whether the losses are found to be above the floor.
    package var isAlarmed: Bool { value >= averageRunLength }

    /// Takes a verdict.
    ///
    /// - Returns: whether it is alarmed.
    package mutating func take(_ loss: Loss) -> Bool {
        judged += 1
        for bet in sums.indices { sums[bet] = min((sums[bet] + 1) * bets.factor(bet, loss), 1e300) }
        return isAlarmed
    }
}
