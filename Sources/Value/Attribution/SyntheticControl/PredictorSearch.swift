internal import Statistics

/// Predictor weights V by global search (Abadie, Diamond and Hainmueller, 2010): V decides the donors' weights, and those
/// decide how well the outcome before fits. The second is not convex in the first.
package struct PredictorSearch: Sendable {
    /// How often a search begins anew where nothing else is said: one alone ends in a lesser minimum now and then.
    package static let usualStarts = 12
    /// How often placebos' searches begin.
    static let placeboStarts = 2
    /// How many weights each start tries, once across the whole range and once nearby.
    private static let effort = 1000

    private let problem: DonorProblem
    /// For each predictor the products of all pairs of differences between a donor and the treated, in standard
    /// deviations over all units.
    private let products: [Matrix]

    /// Prepares a search; `nil` without predictors.
    init?(_ problem: DonorProblem) {
        guard let predictors = problem.predictors, predictors.rows > 0 else { return nil }
        self.problem = problem
        products = (0..<predictors.rows).map { row in
            let values = predictors.row(row)
            let deviation = SampleMean(of: values)?.deviation ?? 0
            let differences = values.dropFirst().map { deviation > 0 ? ($0 - values[0]) / deviation : 0 }
            return Matrix(rows: 1, columns: differences.map { [$0] }).gram
        }
    }

    /// The donors' weights that predictor weights lead to.
    func donorWeights(_ predictorWeights: [Double]) -> SimplexLeastSquares? {
        var gram = Matrix(rows: problem.donors.columns, columns: problem.donors.columns)
        for (weight, product) in zip(predictorWeights, products) {
            for position in gram.values.indices { gram.values[position] += weight * product.values[position] }
        }
        return SimplexLeastSquares.nearest(gram)
    }

    /// Searches, and fits with what was found.
    func fit(seed: UInt64, starts: Int) -> SyntheticFit? {
        let weights = products.count == 1 ? [1] : best(seed: seed, starts: starts)
        guard let found = donorWeights(weights) else { return nil }
        var fit = SyntheticFit(problem, weights: found.weights, optimalityGap: found.gap)
        fit.predictorWeights = weights
        return fit
    }

    /// The predictor weights with the least loss.
    private func best(seed: UInt64, starts: Int) -> [Double] {
        // Weights go over many powers of ten, so their logarithms are searched.
        let box = BoxSearch(lower: products.map { _ in -10 }, upper: products.map { _ in 0 })
        let (gram, pull) = lossParts
        var random = SeededRandom(seed: seed)
        let minima = (0..<max(starts, 1)).map { _ in
            box.global(from: products.map { _ in -1 }, evaluations: Self.effort, seed: random.next()) { logs in
                guard let found = donorWeights(Self.weights(logs)) else { return .infinity }
                return Vectors.dot(found.weights, gram * found.weights) - 2 * Vectors.dot(found.weights, pull)
            }
        }
        return Self.weights(minima.min { $0.value < $1.value }?.point ?? products.map { _ in 0 })
    }

    /// The outcome before, as products: the loss is w′Gw − 2w′p and a constant.
    private var lossParts: (Matrix, [Double]) {
        // Taken from the treated's mean, so that little is lost to rounding.
        let centre = Vectors.mean(problem.treatedBefore)
        var donors = problem.donorsBefore
        for position in donors.values.indices { donors.values[position] -= centre }
        let treated = problem.treatedBefore.map { $0 - centre }
        return (donors.gram, donors.transposed * treated)
    }

    /// Powers of ten that sum to 1.
    private static func weights(_ logs: [Double]) -> [Double] {
        let powers = logs.map { Powers.power(10, $0) }
        let sum = powers.reduce(0, +)
        return powers.map { $0 / sum }
    }
}
