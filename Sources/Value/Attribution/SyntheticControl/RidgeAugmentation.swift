internal import Statistics

/// Ridge-augmented synthetic control (Ben-Michael, Feller and Rothstein, 2021): what the outcome-only weights leave
/// unexplained before is spread over the donors by a ridge regression.
enum RidgeAugmentation {
    /// The penalty is chosen by leaving out one time after the other: the largest whose error is within one standard
    /// error of the least.
    static func fit(_ problem: DonorProblem) -> SyntheticFit? {
        guard let parts = RidgeParts(problem), let ridge = penalty(parts),
            let weights = parts.weights(Array(0..<problem.preCount), ridge)
        else { return nil }
        var fit = SyntheticFit(problem, weights: weights)
        fit.ridge = ridge
        return fit
    }

    /// A fit with a stated penalty.
    static func fit(_ problem: DonorProblem, ridge: Double) -> SyntheticFit? {
        RidgeParts(problem)?.weights(Array(0..<problem.preCount), ridge).map { SyntheticFit(problem, weights: $0) }
    }

    private static func penalty(_ parts: RidgeParts) -> Double? {
        guard let largest = parts.largestSquare, largest > 0 else { return nil }
        let penalties = (0...20).map { largest * Powers.power(1e-8, Double($0) / 20) }
        // The published program stops one time short of the last, and this keeps to it.
        let errors = (0..<(parts.times - 1)).compactMap { parts.errors(leavingOut: $0, penalties) }
        let columns = penalties.indices.map { place in SampleMean(of: errors.map { $0[place] }) }
        let means = columns.map { $0?.mean ?? .infinity }
        guard let least = means.indices.min(by: { means[$0] < means[$1] }) else { return nil }
        let limit = means[least] + (columns[least]?.standardError ?? 0)
        return zip(penalties, means).first { $0.1 <= limit }?.0
    }
}

/// The outcome before, from the donors' mean at each time.
private struct RidgeParts {
    let treated: [Double]
    let donors: Matrix

    init?(_ problem: DonorProblem) {
        guard problem.preCount > 1, problem.donors.columns > 1 else { return nil }
        let before = problem.donorsBefore
        let means = (0..<before.rows).map { Vectors.mean(before.row($0)) }
        treated = zip(problem.treatedBefore, means).map { $0 - $1 }
        var centred = before
        for position in centred.values.indices { centred.values[position] -= means[position % before.rows] }
        donors = centred
    }

    var times: Int { treated.count }

    /// The square of the largest singular value.
    var largestSquare: Double? { SymmetricMatrix.eigen(products(donors))?.values.last }

    /// The products of all pairs of times.
    private func products(_ donors: Matrix) -> Matrix { donors.transposed.gram }

    /// w + (x₁ − X₀′w)(X₀′X₀ + λI)⁻¹X₀′ over some times.
    func weights(_ times: [Int], _ ridge: Double) -> [Double]? {
        let (treated, donors) = (times.map { self.treated[$0] }, self.donors.selecting(rows: times))
        guard let simplex = SimplexLeastSquares.fit(donors, to: treated) else { return nil }
        return augmented(simplex.weights, treated, donors, ridge)
    }

    private func augmented(_ weights: [Double], _ treated: [Double], _ donors: Matrix, _ ridge: Double) -> [Double]? {
        let missing = zip(treated, donors * weights).map { $0 - $1 }
        var matrix = products(donors)
        for time in treated.indices { matrix[time, time] += ridge }
        guard let spread = SymmetricMatrix.solve(matrix, missing) else { return nil }
        return zip(weights, donors.transposed * spread).map { $0 + $1 }
    }

    /// The squared errors at a time that was left out, one per penalty.
    func errors(leavingOut time: Int, _ penalties: [Double]) -> [Double]? {
        let kept = (0..<times).filter { $0 != time }
        let (treated, donors) = (kept.map { self.treated[$0] }, self.donors.selecting(rows: kept))
        guard let simplex = SimplexLeastSquares.fit(donors, to: treated) else { return nil }
        let row = self.donors.row(time)
        return penalties.map { penalty in
            guard let weights = augmented(simplex.weights, treated, donors, penalty) else { return .infinity }
            let error = self.treated[time] - Vectors.dot(row, weights)
            return error * error
        }
    }
}
