internal import Statistics

/// Conformal inference (Chernozhukov, Wüthrich and Zhu, 2021): if the assumed effect is the true one, the gaps after the
/// start look like those before, so moving them round in a circle changes little.
package struct ConformalTest: Sendable {
    /// An interval of effects that are not refuted, and how finely it was searched.
    package struct Interval: Sendable, Hashable {
        /// The ends; `nil` where every effect that was tried is believable on that side.
        package let low, high: Double?
        /// The distance between the effects that were tried, in the outcome's unit.
        package let step: Double
    }

    private let problem: DonorProblem
    private let fit: @Sendable (DonorProblem) -> SyntheticFit?

    /// Prepares a test of a method, which is fitted anew on all times for every effect that is assumed.
    init(_ problem: DonorProblem, fit: @escaping @Sendable (DonorProblem) -> SyntheticFit?) {
        (self.problem, self.fit) = (problem, fit)
    }

    /// Prepares a test of the outcome-only weights.
    package init(_ problem: DonorProblem) {
        self.init(problem, fit: SyntheticMethod.outcomeFit)
    }

    /// The share of the circle's turns, standing still among them, after which the gaps in the place of those after
    /// the start are at least as large.
    ///
    /// - Parameters:
    ///   - effect: what is assumed, in the outcome's unit.
    ///   - power: 1 sums sizes, 2 sums squares.
    package func p(effect: Double, power: Int = 1) -> Double? {
        guard let gaps = fit(problem.assuming(effect: effect))?.gaps else { return nil }
        let sizes = gaps.map { power == 1 ? abs($0) : $0 * $0 }
        let (count, width) = (sizes.count, problem.timeCount - problem.preCount)
        let sums = (0..<count).map { shift in
            (0..<width).reduce(0.0) { $0 + sizes[(count - width + $1 + shift) % count] }
        }
        // Sums of the same numbers in another order may differ in their last digit.
        let least = sums[0] * (1 - 1e-12)
        return Double(sums.count { $0 >= least }) / Double(count)
    }

    /// The effects that are not refuted, from the lowest to the highest.
    ///
    /// - Parameters:
    ///   - middle: where to begin, the estimate.
    ///   - unit: the size of ordinary gaps, from which the step is taken.
    ///   - level: a fraction; 0.95.
    /// - Returns: no ends where so few times cannot refute anything at this level.
    package func interval(around middle: Double, unit: Double, level: Double) -> Interval {
        let limit = 1 - level
        let step = max(unit, abs(middle) * 1e-6, .leastNormalMagnitude) / 5
        guard Double(problem.timeCount) * limit >= 1 else { return Interval(low: nil, high: nil, step: step) }
        let isBelievable = { (effect: Double) in (p(effect: effect) ?? 1) > limit + 1e-12 }
        return Interval(
            low: end(from: middle, step: -step, isBelievable), high: end(from: middle, step: step, isBelievable),
            step: step)
    }

    /// The farthest believable effect on one side: believed ones may have refuted ones between them, so the search goes
    /// on until twenty in a row are refuted.
    private func end(from middle: Double, step: Double, _ isBelievable: (Double) -> Bool) -> Double? {
        var (last, refuted) = (middle, 0)
        for count in 0..<400 {
            let effect = middle + Double(count) * step
            if isBelievable(effect) { (last, refuted) = (effect, 0) } else { refuted += 1 }
            if refuted == 20 { return last }
        }
        return nil
    }
}
