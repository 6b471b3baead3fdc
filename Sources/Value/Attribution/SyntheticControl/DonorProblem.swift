package import Statistics

/// A treated unit's outcome and its donors', from the first time on.
package struct DonorProblem: Sendable {
    /// The outcome of the treated, by time.
    package var treated: [Double]
    /// The outcome of the donors: a row per time, a column per donor.
    package var donors: Matrix
    /// How many times lie before the treatment.
    package var preCount: Int
    /// Predictors: a row each; the first column is the treated, the others are the donors.
    package var predictors: Matrix?
    /// How many units are treated; where they are several, their mean is the outcome.
    package var treatedCount = 1

    /// Creates a problem.
    package init(treated: [Double], donors: Matrix, preCount: Int, predictors: Matrix? = nil) {
        (self.treated, self.donors, self.preCount, self.predictors) = (treated, donors, preCount, predictors)
    }

    /// How many times there are.
    var timeCount: Int { treated.count }
    /// The outcome of the treated before.
    var treatedBefore: [Double] { Array(treated[..<preCount]) }
    /// The outcome of the donors before.
    var donorsBefore: Matrix { donors.selecting(rows: Array(0..<preCount)) }

    /// Donors in the place of the treated, who leave.
    package func placebo(_ group: [Int]) -> DonorProblem {
        var problem = without(Set(group))
        problem.treated = (0..<timeCount).map { time in Vectors.mean(group.map { donors[time, $0] }) }
        if let predictors, let kept = problem.predictors {
            let own = (0..<predictors.rows).map { row in Vectors.mean(group.map { predictors[row, $0 + 1] }) }
            let others = (1..<kept.columns).map { Array(kept.column($0)) }
            problem.predictors = Matrix(rows: predictors.rows, columns: [own] + others)
        }
        problem.treatedCount = group.count
        return problem
    }

    /// Without some donors.
    func without(_ left: Set<Int>) -> DonorProblem {
        let kept = (0..<donors.columns).filter { !left.contains($0) }
        var problem = self
        problem.donors = donors.selecting(columns: kept)
        problem.predictors = predictors?.selecting(columns: [0] + kept.map { $0 + 1 })
        return problem
    }

    /// How far donors are apart at a time before: the root of the mean variance over them.
    var spread: Double {
        let variances = (0..<preCount).compactMap { SampleMean(of: donors.row($0))?.variance }
        return Vectors.mean(variances).squareRoot()
    }

    /// As if the treatment had begun earlier, and the data ended where it really began.
    func earlier(preCount fake: Int) -> DonorProblem {
        let times = Array(0..<preCount)
        var problem = self
        problem.treated = treatedBefore
        problem.donors = donors.selecting(rows: times)
        problem.preCount = fake
        return problem
    }

    /// With an effect taken off the outcome after the start, and all times taken for the fit.
    func assuming(effect: Double) -> DonorProblem {
        var problem = self
        for time in preCount..<timeCount { problem.treated[time] -= effect }
        problem.preCount = timeCount
        return problem
    }
}
