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
        let donors = weights(before, problem.treatedBefore, penalty: donorPenalty)
        let times = weights(before.transposed, afterMeans, penalty: timePenalty)
        guard (donors + times).allSatisfy(\.isFinite), !donors.isEmpty else { return nil }
        return fit(donors: donors, times: times, gap: nil)
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

    /// Weights with a constant beside them, which is the same as weights of what is left without the means. Two rounds
    /// of steps, with weights of at most a quarter of the largest set to 0 between them; each ends where a step gains
    /// less than (10⁻⁵ noise)², as in the authors' program.
    private func weights(_ columns: Matrix, _ target: [Double], penalty: Double) -> [Double] {
        let search = FrankWolfe(
            Self.centred(columns), to: Self.centred(target), penalty: Double(columns.rows) * penalty * penalty)
        let least = 1e-10 * noise * noise
        let even = [Double](repeating: 1 / Double(columns.columns), count: columns.columns)
        let first = search.descended(from: even, least: least, most: 100)
        let limit = (first.max() ?? 0) / 4
        let sparse = first.map { $0 <= limit ? 0 : $0 }
        let sum = sparse.reduce(0, +)
        return search.descended(from: sparse.map { $0 / sum }, least: least, most: 10_000)
    }

    private static func centred(_ values: [Double]) -> [Double] {
        let mean = Vectors.mean(values)
        return values.map { $0 - mean }
    }

    private static func centred(_ columns: Matrix) -> Matrix {
        Matrix(rows: columns.rows, columns: (0..<columns.columns).map { centred(Array(columns.column($0))) })
    }
}
