/// Mixtures of columns by Frank and Wolfe's steps (1956): from one mixture towards the best single column, again and
/// again, until a step gains too little.
///
/// ``SimplexLeastSquares`` is exact; this is for estimators that are defined by where their program stops.
package struct FrankWolfe: Sendable {
    /// The products of all pairs of differences between a column and the target.
    private let gram: Matrix
    private let penalty: Double
    private let rows: Int

    /// Prepares steps.
    ///
    /// - Parameters:
    ///   - columns: what is mixed.
    ///   - target: what the mixture should equal, row by row.
    ///   - penalty: is multiplied with the sum of the squared weights and added to the squared distance.
    package init(_ columns: Matrix, to target: [Double], penalty: Double) {
        var differences = columns
        for position in differences.values.indices {
            differences.values[position] -= target[position % columns.rows]
        }
        (gram, self.penalty, rows) = (differences.gram, penalty, columns.rows)
    }

    /// Steps from some weights on until the objective, per row, falls by no more than `least`, or `most` were taken.
    package func descended(from start: [Double], least: Double, most: Int) -> [Double] {
        var weights = start
        // The products with the present mixture, which a step changes by as little as the weights.
        var products = gram * start
        var last = Double.infinity
        for step in 0..<most {
            let value = advance(&weights, &products) / Double(max(rows, 1))
            if step > 0, last - value <= least { break }
            last = value
        }
        return weights
    }

    /// One step towards the column with the steepest descent, as far as is best; the objective behind it.
    private func advance(_ weights: inout [Double], _ products: inout [Double]) -> Double {
        var (best, lowest, length, size) = (0, Double.infinity, 0.0, 0.0)
        for place in weights.indices {
            let slope = products[place] + penalty * weights[place]
            if slope < lowest { (best, lowest) = (place, slope) }
            length += weights[place] * products[place]
            size += weights[place] * weights[place]
        }
        let fall = length + penalty * size - lowest
        let curve = gram[best, best] - 2 * products[best] + length + penalty * (1 - 2 * weights[best] + size)
        let step = curve > 0 ? min(1, max(0, fall / curve)) : 0
        for place in weights.indices {
            weights[place] *= 1 - step
            products[place] += step * (gram[place, best] - products[place])
        }
        weights[best] += step
        return length + penalty * size - 2 * step * fall + step * step * curve
    }
}
