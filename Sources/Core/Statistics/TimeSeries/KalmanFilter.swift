/// A linear model of states that move and are seen through noise: yₜ = zₜ′αₜ + ε, αₜ₊₁ = T αₜ + η.
struct StateModel {
    /// How states move, row by row: the entries that are not 0.
    var moves: [[(state: Int, factor: Double)]]
    /// The variance that each state gains in a step.
    var variances: [Double]
    /// The variance of what is seen.
    var noise: Double

    /// Moves a column of states.
    func moved(_ states: [Double]) -> [Double] {
        moves.map { row in row.reduce(0) { $0 + $1.factor * states[$1.state] } }
    }

    /// T P T′ + Q.
    func moved(_ covariance: Matrix) -> Matrix {
        let half = Matrix(
            rows: covariance.rows, columns: (0..<covariance.columns).map { moved(Array(covariance.column($0))) })
        let turned = half.transposed
        var result = Matrix(rows: turned.rows, columns: (0..<turned.columns).map { moved(Array(turned.column($0))) })
        for state in variances.indices { result[state, state] += variances[state] }
        return result
    }
}

/// What is believed about the states before the next value (Kalman, 1960).
struct KalmanFilter {
    let model: StateModel
    private(set) var states: [Double]
    private(set) var covariance: Matrix
    /// The logarithm of the likelihood of the values after the first `diffuse`, without its constant.
    private(set) var logLikelihood = 0.0
    private var pending: Int

    /// How uncertain a state is of which nothing is known, in units of the variance of what is seen.
    static let diffuse = 1e6

    /// Begins with states of which nothing is known.
    init(_ model: StateModel) {
        let count = model.variances.count
        (self.model, pending) = (model, count)
        states = [Double](repeating: 0, count: count)
        covariance = Matrix(rows: count, columns: count)
        for state in 0..<count { covariance[state, state] = Self.diffuse }
    }

    /// What is expected of the next value, and its variance with the noise.
    func expected(_ weights: [Double]) -> (mean: Double, variance: Double) {
        let spread = covariance * weights
        return (Vectors.dot(weights, states), Vectors.dot(weights, spread) + model.noise)
    }

    /// Learns a value.
    mutating func learn(_ value: Double, _ weights: [Double]) {
        let spread = covariance * weights
        let variance = Vectors.dot(weights, spread) + model.noise
        let surprise = value - Vectors.dot(weights, states)
        if pending > 0 {
            pending -= 1
        } else {
            logLikelihood -= 0.5 * (Powers.logarithm(variance) + surprise * surprise / variance)
        }
        for i in states.indices {
            states[i] += spread[i] / variance * surprise
            for j in states.indices { covariance[i, j] -= spread[i] * spread[j] / variance }
        }
    }

    /// Goes to the next point of time.
    mutating func advance() {
        states = model.moved(states)
        covariance = model.moved(covariance)
    }
}
