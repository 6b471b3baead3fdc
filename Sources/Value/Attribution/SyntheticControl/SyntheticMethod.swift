internal import Statistics

/// How donors are weighted.
package enum SyntheticMethod: String, Sendable, CaseIterable {
    /// By the outcome before the start alone: a convex problem with one answer.
    case outcomeOnly = "outcome-only"
    /// By predictors, whose own weights are searched so that the outcome before fits best.
    case predictors
    /// Outcome only, then corrected by a ridge regression; weights may be negative.
    case ridge
    /// Synthetic difference-in-differences: weights of donors and of times, and a constant.
    case sdid

    /// Weights the donors.
    ///
    /// - Parameters:
    ///   - seed: decides where a search over predictors begins.
    ///   - starts: how often it begins.
    /// - Returns: `nil` where there are too few donors, or a number is not finite.
    package func fit(
        _ problem: DonorProblem, seed: UInt64 = 1, starts: Int = PredictorSearch.usualStarts
    ) -> SyntheticFit? {
        switch self {
        case .outcomeOnly: Self.outcomeFit(problem)
        case .predictors: PredictorSearch(problem)?.fit(seed: seed, starts: starts)
        case .ridge: RidgeAugmentation.fit(problem)
        case .sdid: SyntheticDifferences(problem).fit()
        }
    }

    /// Abadie, Diamond and Hainmueller's weights (2010) on the outcomes before.
    static func outcomeFit(_ problem: DonorProblem) -> SyntheticFit? {
        SimplexLeastSquares.fit(problem.donorsBefore, to: problem.treatedBefore).map {
            SyntheticFit(problem, weights: $0.weights, optimalityGap: $0.gap)
        }
    }
}
