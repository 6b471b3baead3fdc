#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The test of a loss against a floor that may be read after every verdict.
///
/// Two e-processes of mixed bets, one for each side of the floor. Where every expected loss, given the past, is at least the
/// floor, the evidence below it exceeds 1/α at any time with a probability of at most α (Ville, 1939); likewise above. It
/// keeps 16 numbers, however many verdicts it takes.
package struct LossProcess: Sendable, Hashable {
    /// The mean loss that is tested, a fraction.
    package let floor: Double
    /// How many verdicts were taken.
    package private(set) var judged = 0
    /// The sum of their losses.
    package private(set) var lossSum = 0.0
    private let falling: BetMixture
    private let rising: BetMixture
    var fallingLogs: [Double]
    var risingLogs: [Double]

    /// Creates a test without verdicts.
    ///
    /// - Parameter floor: a fraction; what is not within 10⁻⁶…0.999 becomes the nearest that is.
    package init(floor: Double) {
        self.floor = min(max(floor.isNaN ? 0 : floor, 1e-6), 0.999)
        falling = .below(self.floor)
        rising = .above(self.floor)
        fallingLogs = BetMixture.below.map { _ in 0 }
        risingLogs = BetMixture.above.map { _ in 0 }
    }

    /// A test that was kept; counts and logarithms have to be finite.
    init(floor: Double, judged: Int, lossSum: Double, fallingLogs: [Double], risingLogs: [Double]) {
        self.init(floor: floor)
        (self.judged, self.lossSum) = (judged, lossSum)
        (self.fallingLogs, self.risingLogs) = (fallingLogs, risingLogs)
    }

    /// Takes a verdict.
    package mutating func take(_ loss: Loss) {
        judged += 1
        lossSum += loss.value
        for bet in fallingLogs.indices { fallingLogs[bet] += log(falling.factor(bet, loss)) }
        for bet in risingLogs.indices { risingLogs[bet] += log(rising.factor(bet, loss)) }
    }

    /// The mean loss so far, a fraction; `nil` before the first verdict.
    package var meanLoss: Double? { judged > 0 ? lossSum / Double(judged) : nil }

    /// ln of the evidence (e-value) that the loss is below the floor.
    package var logEvidenceBelow: Double { BetMixture.logMean(fallingLogs) }

    /// ln of the evidence (e-value) that the loss is above the floor.
    package var logEvidenceAbove: Double { BetMixture.logMean(risingLogs) }

    /// Whether the loss is proven to be above the floor, with an error of at most `level` at any time.
    package func isAboveFloor(level: Double) -> Bool { logEvidenceAbove >= -log(level) }

    /// The upper bound of the mean loss, a fraction: the least floor that the bets below it refute at the level. It holds
    /// at every step at once with a probability of 1 − `level`.
    ///
    /// Losses between 0 and 1 enter by their sum, which can only make the bound larger.
    package func upperBound(level: Double) -> Double {
        let (wrong, right) = (lossSum, Double(judged) - lossSum)
        guard right > 0, level > 0, level < 1 else { return 1 }
        return Bisection.root(between: 0, and: 1) { mean in
            let logs = BetMixture.below.map { share in
                wrong * log(share) + right * (log1p(-share * mean) - log1p(-mean))
            }
            return BetMixture.logMean(logs) + log(level)
        }
    }

    /// Between what the mean loss lies, both sides; see ``LossInterval``.
    package func interval(level: Double, tightestAt count: Double = 500) -> ClosedRange<Double> {
        LossInterval.bounds(lossSum: lossSum, judged: judged, level: level, tightestAt: count)
    }
}
