/// How many units a comparison needs before it is begun.
package enum SampleSize {
    /// Units in each of two arms of equal size for a t test of a difference of `effect` standard deviations, not rounded:
    /// the least n at which the noncentral t distribution reaches the power.
    ///
    /// - Parameters:
    ///   - effect: difference ÷ standard deviation, not zero.
    ///   - alpha: two-sided chance of a false alarm, a fraction.
    ///   - power: chance to find the effect, a fraction.
    /// - Returns: `nil` where the arguments have no answer.
    package static func perArm(effect: Double, alpha: Double = 0.05, power: Double = 0.8) -> Double? {
        guard effect != 0, effect.isFinite, (1e-12..<1).contains(alpha), power > alpha, power < 1 else { return nil }
        let normal = StandardNormal.quantile(1 - alpha / 2) + StandardNormal.quantile(power)
        let guess = 2 * normal * normal / (effect * effect)
        // Far above where t and normal differ, the noncentral distribution has no more digits to give.
        guard guess < 1e6 else { return guess }
        var (low, high) = (1.000_001, guess + 100)
        for _ in 0..<200 where high - low > 1e-11 * high {
            let middle = (low + high) / 2
            if Self.power(effect: effect, perArm: middle, alpha: alpha) < power { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }

    /// The chance that a two-sided t test finds a difference of `effect` standard deviations.
    package static func power(effect: Double, perArm n: Double, alpha: Double = 0.05) -> Double {
        let (degrees, shift) = (2 * n - 2, abs(effect) * (n / 2).squareRoot())
        let critical = StudentsT.quantile(1 - alpha / 2, degrees: degrees)
        let above = 1 - StudentsT.cumulative(critical, degrees: degrees, shift: shift)
        return above + StudentsT.cumulative(-critical, degrees: degrees, shift: shift)
    }

    /// Units in each of two arms of equal size to tell two shares apart by the score test (Fleiss, Levin and Paik, 2003,
    /// without correction for continuity), not rounded; `nil` where they are equal or no fractions.
    package static func perArm(share a: Double, against b: Double, alpha: Double = 0.05, power: Double = 0.8) -> Double?
    {
        guard a != b, (0...1).contains(a), (0...1).contains(b), (1e-12..<1).contains(alpha), power > 0, power < 1 else {
            return nil
        }
        let middle = (a + b) / 2
        let root =
            StandardNormal.quantile(1 - alpha / 2) * (2 * middle * (1 - middle)).squareRoot()
            + StandardNormal.quantile(power) * (a * (1 - a) + b * (1 - b)).squareRoot()
        return root * root / ((a - b) * (a - b))
    }
}
