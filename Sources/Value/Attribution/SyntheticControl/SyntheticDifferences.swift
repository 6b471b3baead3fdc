internal import Statistics

/// Synthetic difference-in-differences (Arkhangelsky, Athey, Hirshberg, Imbens and Wager, 2021): weights of donors that
/// make them run parallel to the treated before, and weights of times that make the past like the present.
struct SyntheticDifferences {
    private let problem: DonorProblem
    /// The standard deviation of the donors' first differences before.
    let noise: Double

    init(_ problem: DonorProblem) {
        self.problem = problem
        let before = problem.donorsBefore
        let steps = (0..<before.columns).flatMap { column -> [Double] in
            let values = Array(before.column(column))
            return zip(values.dropFirst(), values).map { $0 - $1 }
        }
        noise = SampleMean(of: steps)?.deviation ?? 0
    }

    /// ζ of the donors' weights: (N₁ T₁)^¼ × noise.
    var donorPenalty: Double {
        Powers.power(Double(problem.treatedCount * (problem.timeCount - problem.preCount)), 0.25) * noise
    }

    /// ζ of the times' weights: as good as none.
    var timePenalty: Double { 1e-6 * noise }

    /// Weights and fit; `nil` where a number is not finite.
    func fit() -> SyntheticFit? {
        let before = problem.donorsBefore
        guard let donors = Self.weights(before, problem.treatedBefore, penalty: donorPenalty),
            let times = Self.weights(before.transposed, afterMeans, penalty: timePenalty)
        else { return nil }
        return fit(donors: donors.weights, times: times.weights, gap: max(donors.gap, times.gap))
    }

    /// A fit with given weights.
    func fit(donors: [Double], times: [Double], gap: Double?) -> SyntheticFit {
        let gaps = zip(problem.treatedBefore, problem.donorsBefore * donors).map { $0 - $1 }
        var fit = SyntheticFit(problem, weights: donors, shift: Vectors.dot(times, gaps), optimalityGap: gap)
        fit.timeWeights = times
        return fit
    }

    /// Each donor's mean after.
    private var afterMeans: [Double] {
        (0..<problem.donors.columns).map { Vectors.mean(problem.donors.column($0).dropFirst(problem.preCount)) }
    }

    /// Weights with a constant beside them: the same as weights of what is left without the means.
    private static func weights(_ columns: Matrix, _ target: [Double], penalty: Double) -> SimplexLeastSquares? {
        let centre = Vectors.mean(target)
        let centred = Matrix(
            rows: columns.rows,
            columns: (0..<columns.columns).map { column in
                let values = columns.column(column)
                let mean = Vectors.mean(values)
                return values.map { $0 - mean }
            })
        return SimplexLeastSquares.fit(
            centred, to: target.map { $0 - centre }, penalty: Double(columns.rows) * penalty * penalty)
    }
}
