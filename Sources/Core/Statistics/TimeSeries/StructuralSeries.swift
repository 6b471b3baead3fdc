/// A structural time series (Harvey, 1989): a level that wanders, perhaps with a slope, a season and regressors.
package struct StructuralSeries: Sendable {
    /// What the series is made of.
    package struct Shape: Sendable, Hashable {
        /// Whether the level has a slope that wanders too.
        package var hasSlope: Bool
        /// How many points make a season; `nil` without one.
        package var season: Int?

        /// Creates a shape.
        package init(hasSlope: Bool = false, season: Int? = nil) { (self.hasSlope, self.season) = (hasSlope, season) }
    }

    /// How the variances are told from the data.
    package enum Variances: Sendable, Hashable {
        /// The ones that make the values likeliest.
        case likeliest
        /// The likeliest after an inverse-gamma prior on the level's variance: a guess of its standard deviation, in
        /// standard deviations of the values, that counts as so many values.
        case prior(guess: Double, count: Double)
    }

    /// Standard deviations per step, in the unit of the values.
    package struct Deviations: Sendable, Hashable {
        /// Of what is seen.
        package var noise: Double
        /// Of the level.
        package var level: Double
        /// Of the slope; `nil` without one.
        package var slope: Double?
        /// Of the season; `nil` without one.
        package var season: Double?
    }

    /// What was learnt about the spread.
    package let deviations: Deviations
    private let shape: Shape
    private let scaled: ScaledSeries
    private let model: StateModel

    /// Learns from values and regressors (one column each).
    ///
    /// - Returns: `nil` where the values are too few for the states, or all equal.
    package init?(_ values: [Double], regressors: Matrix, shape: Shape, variances: Variances) {
        guard let scaled = ScaledSeries(values, regressors) else { return nil }
        let states = 1 + (shape.hasSlope ? 1 : 0) + ((shape.season ?? 1) - 1) + regressors.columns
        guard values.count >= states + 3 else { return nil }
        (self.shape, self.scaled) = (shape, scaled)
        let logs = Self.search(shape, scaled, variances)
        model = Self.model(shape, regressors.columns, logs)
        let sizes = logs.map { Powers.exponential($0 / 2) * scaled.deviation }
        deviations = Deviations(
            noise: sizes[0], level: sizes[1], slope: shape.hasSlope ? sizes[2] : nil,
            season: shape.season == nil ? nil : sizes.last)
    }

    /// What would have come after the values, with the covariance of its errors.
    ///
    /// - Parameter regressors: a row for each point that is asked for.
    package func forecast(_ regressors: Matrix) -> Forecast {
        var filter = Self.filtered(shape, model, scaled)
        var (means, variances, crosses) = ([Double](), [Double](), [[Double]]())
        var carried: [[Double]] = []
        for step in 0..<regressors.rows {
            let weights = scaled.weights(shape, row: regressors.row(step))
            let (mean, variance) = filter.expected(weights)
            means.append(scaled.unscaled(mean))
            variances.append(variance)
            crosses.append(carried.map { Vectors.dot($0, weights) })
            carried.append(filter.covariance * weights)
            filter.advance()
            carried = carried.map(model.moved)
        }
        return Forecast(means: means, variances: variances, crosses: crosses, unit: scaled.deviation)
    }
}

extension StructuralSeries {
    /// The likeliest logarithms of the variances: noise, level, slope, season.
    private static func search(_ shape: Shape, _ scaled: ScaledSeries, _ variances: Variances) -> [Double] {
        let count = 2 + (shape.hasSlope ? 1 : 0) + (shape.season == nil ? 0 : 1)
        let box = BoxSearch(
            lower: [Double](repeating: -23, count: count), upper: [Double](repeating: 3, count: count))
        let starts = [-1.0, -5, -9].map { [-1.0, $0] + [Double](repeating: -8, count: count - 2) }
        let found = starts.map { start in
            box.local(from: start, evaluations: 400) { logs in
                let filter = filtered(shape, model(shape, scaled.regressors.columns, logs), scaled)
                return -filter.logLikelihood - Self.prior(variances, level: logs[1])
            }
        }
        return found.min { $0.value < $1.value }?.point ?? starts[0]
    }

    /// The logarithm of the prior's density at a level's variance.
    private static func prior(_ variances: Variances, level: Double) -> Double {
        guard case .prior(let guess, let count) = variances else { return 0 }
        return -(count / 2 + 1) * level - count * guess * guess / 2 / Powers.exponential(level)
    }

    private static func filtered(_ shape: Shape, _ model: StateModel, _ scaled: ScaledSeries) -> KalmanFilter {
        var filter = KalmanFilter(model)
        for (row, value) in scaled.values.enumerated() {
            filter.learn(value, scaled.weights(shape, row: row))
            filter.advance()
        }
        return filter
    }

    /// States in this order: regressors, level, slope, season.
    private static func model(_ shape: Shape, _ regressors: Int, _ logs: [Double]) -> StateModel {
        let variances = logs.map(Powers.exponential)
        var moves: [[(state: Int, factor: Double)]] = (0..<regressors).map { [($0, 1)] }
        var gains = [Double](repeating: 0, count: regressors)
        let level = regressors
        moves.append(shape.hasSlope ? [(level, 1), (level + 1, 1)] : [(level, 1)])
        gains.append(variances[1])
        if shape.hasSlope {
            moves.append([(level + 1, 1)])
            gains.append(variances[2])
        }
        if let season = shape.season, season > 1 {
            let first = moves.count
            // The effects of a whole season sum to 0, up to what it gains.
            moves.append((0..<(season - 1)).map { (first + $0, -1) })
            gains.append(variances[variances.count - 1])
            for past in 1..<max(season - 1, 1) {
                moves.append([(first + past - 1, 1)])
                gains.append(0)
            }
        }
        return StateModel(moves: moves, variances: gains, noise: variances[0])
    }
}
