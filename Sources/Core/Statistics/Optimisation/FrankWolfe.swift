/// Mixtures of columns by Frank and Wolfe's steps (1956): from one mixture towards the best single column, again and
/// again, until a step gains too little.
///
/// ``SimplexLeastSquares`` is exact; this is for estimators that are defined by where their program stops.
package struct FrankWolfe: Sendable {
    /// What is mixed.
    let columns: Matrix
    /// What the mixture should equal.
    let target: [Double]
    /// Is multiplied with the sum of the squared weights and added to the squared distance.
    let penalty: Double

    /// Prepares steps.
    package init(_ columns: Matrix, to target: [Double], penalty: Double) {
        (self.columns, self.target, self.penalty) = (columns, target, penalty)
    }

    /// Steps from some weights on until the objective, per row, falls by no more than `least`, or `most` were taken.
    package func descended(from start: [Double], least: Double, most: Int) -> [Double] {
        var weights = start
        var errors = zip(columns * weights, target).map { $0 - $1 }
        var last = Double.infinity
        for step in 0..<most {
            advance(&weights, &errors)
            let value = objective(weights, errors)
            if step > 0, last - value <= least { break }
            last = value
        }
        return weights
    }

    private func objective(_ weights: [Double], _ errors: [Double]) -> Double {
        (penalty * Vectors.dot(weights, weights) + Vectors.dot(errors, errors)) / Double(columns.rows)
    }

    /// One step towards the column with the steepest descent, as far as is best.
    private func advance(_ weights: inout [Double], _ errors: inout [Double]) {
        let slopes = weights.indices.map { Vectors.dot(columns.column($0), errors) + penalty * weights[$0] }
        guard let best = slopes.indices.min(by: { slopes[$0] < slopes[$1] }) else { return }
        let direction = weights.indices.map { ($0 == best ? 1 : 0) - weights[$0] }
        // The mixture is errors + target, so this is how the errors change with a whole step.
        let change = zip(columns.column(best), zip(errors, target)).map { $0 - $1.0 - $1.1 }
        let curve = Vectors.dot(change, change) + penalty * Vectors.dot(direction, direction)
        guard curve > 0 else { return }
        let length = min(1, max(0, -Vectors.dot(slopes, direction) / curve))
        for position in weights.indices { weights[position] += length * direction[position] }
        for row in errors.indices { errors[row] += length * change[row] }
    }
}
