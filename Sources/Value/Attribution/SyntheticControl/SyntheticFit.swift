internal import Statistics

/// A weighted mean of donors that stands for the treated without the treatment.
package struct SyntheticFit: Sendable {
    /// One weight per donor.
    package let weights: [Double]
    /// What the treated would have had, by time.
    package let counterfactual: [Double]
    /// The treated minus the counterfactual, by time.
    package let gaps: [Double]
    /// How many times lie before.
    package let preCount: Int
    /// How far the weights can be from the best ones at most; see ``Statistics/SimplexLeastSquares/gap``. `nil` where
    /// the method has no such measure.
    package var optimalityGap: Double?
    /// The weight of each predictor, a fraction; empty without predictors.
    package var predictorWeights: [Double] = []
    /// The weight of each time before, a fraction; empty where times have none.
    package var timeWeights: [Double] = []
    /// The penalty of the ridge; `nil` without.
    package var ridge: Double?

    /// A fit with given weights.
    ///
    /// - Parameter shift: is added to the weighted mean at every time.
    package init(_ problem: DonorProblem, weights: [Double], shift: Double = 0, optimalityGap: Double? = nil) {
        self.weights = weights
        counterfactual = (problem.donors * weights).map { $0 + shift }
        gaps = zip(problem.treated, counterfactual).map { $0 - $1 }
        (preCount, self.optimalityGap) = (problem.preCount, optimalityGap)
    }

    /// The mean squared gap before.
    package var preMSPE: Double { Vectors.meanSquare(gaps[..<preCount]) }
    /// Its root, in the outcome's unit.
    package var preRMSPE: Double { preMSPE.squareRoot() }
    /// The mean squared gap after.
    package var postMSPE: Double { Vectors.meanSquare(gaps[preCount...]) }
    /// The mean squared gap after, divided by the one before; infinite where the fit is exact.
    package var ratio: Double { preMSPE > 0 ? postMSPE / preMSPE : postMSPE > 0 ? .infinity : 0 }
    /// The mean gap after: the effect.
    package var meanGap: Double { Vectors.mean(gaps[preCount...]) }
    /// The gaps after.
    package var postGaps: [Double] { Array(gaps[preCount...]) }
}
