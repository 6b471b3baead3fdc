/// The weighted mean of some columns that comes nearest to a target: weights of at least 0 that sum to 1.
///
/// Found by Wolfe's algorithm for the nearest point of a polytope (1976): it visits finitely many sets of columns and
/// ends at the exact minimum, up to rounding. No step length, no tolerance that shows in the second digit.
package struct SimplexLeastSquares: Sendable, Hashable {
    /// One weight per column.
    package let weights: [Double]
    /// How far the minimum can be at most (Frank and Wolfe's gap), as a share of the largest squared distance of a
    /// column from the target.
    package let gap: Double
    /// The squared distance from the target, the penalty included.
    package let objective: Double

    /// Finds the weights.
    ///
    /// - Parameters:
    ///   - columns: what is mixed.
    ///   - target: what it should equal, row by row.
    ///   - penalty: is multiplied with the sum of the squared weights and added to the squared distance.
    /// - Returns: `nil` where there is no column, or a number is not finite.
    package static func fit(_ columns: Matrix, to target: [Double], penalty: Double = 0) -> SimplexLeastSquares? {
        // Since the weights sum to 1, the distance is that of the mixed differences from 0.
        var differences = columns
        for position in differences.values.indices {
            differences.values[position] -= target[position % columns.rows]
        }
        var gram = differences.gram
        for column in 0..<columns.columns { gram[column, column] += penalty }
        return nearest(gram)
    }

    /// The same from the products of all pairs of differences between a column and the target.
    package static func nearest(_ gram: Matrix) -> SimplexLeastSquares? {
        guard gram.columns > 0, gram.values.allSatisfy(\.isFinite) else { return nil }
        var search = NearestPoint(gram)
        return search.solve()
    }
}

/// Wolfe's search over sets of columns.
private struct NearestPoint {
    let gram: Matrix
    let scale: Double
    var chosen: [Int]
    var weights: [Double]

    init(_ gram: Matrix) {
        self.gram = gram
        let diagonal = (0..<gram.columns).map { gram[$0, $0] }
        scale = max(diagonal.max() ?? 0, .leastNormalMagnitude)
        chosen = [diagonal.indices.min { diagonal[$0] < diagonal[$1] } ?? 0]
        weights = [1]
    }

    mutating func solve() -> SimplexLeastSquares {
        var best = certificate()
        for _ in 0..<(20 * gram.columns + 100) {
            let (gradient, value) = slopes()
            guard let next = gradient.indices.min(by: { gradient[$0] < gradient[$1] }) else { break }
            if value - gradient[next] <= 1e-15 * scale || chosen.contains(next) { break }
            chosen.append(next)
            weights.append(0)
            settle()
            let found = certificate()
            // Rounding can make the last step turn in place.
            guard found.objective < best.objective else { break }
            best = found
        }
        return best
    }

    /// The product of every column with the present point, and the point's squared length.
    private func slopes() -> (gradient: [Double], value: Double) {
        var gradient = [Double](repeating: 0, count: gram.columns)
        for (column, weight) in zip(chosen, weights) {
            let start = column * gram.rows
            for row in gradient.indices { gradient[row] += weight * gram.values[start + row] }
        }
        return (gradient, zip(chosen, weights).reduce(0) { $0 + $1.1 * gradient[$1.0] })
    }

    /// Goes to the nearest point of the chosen columns, leaving out those whose weight reaches 0 on the way.
    private mutating func settle() {
        while let goal = flatMinimum() {
            if goal.allSatisfy({ $0 > 1e-14 }) {
                weights = goal
                return
            }
            var step = 1.0
            for (weight, goal) in zip(weights, goal) where goal <= 1e-14 { step = min(step, weight / (weight - goal)) }
            weights = zip(weights, goal).map { $0 + step * ($1 - $0) }
            let lowest = weights.min() ?? 0
            let kept = weights.indices.filter { weights[$0] > max(1e-14, lowest) }
            if kept.isEmpty || kept.count == chosen.count { return }
            chosen = kept.map { chosen[$0] }
            weights = kept.map { weights[$0] }
            let sum = weights.reduce(0, +)
            weights = weights.map { $0 / sum }
        }
    }

    /// The weights, perhaps negative, of the nearest point of the flat through the chosen columns.
    private func flatMinimum() -> [Double]? {
        let count = chosen.count
        if count == 1 { return [1] }
        for ridge in [0, 1e-14, 1e-11] {
            var matrix = Matrix(rows: count, columns: count, repeating: scale)
            for i in 0..<count {
                for j in 0..<count { matrix[i, j] += gram[chosen[i], chosen[j]] }
                matrix[i, i] += ridge * scale
            }
            if let solution = SymmetricMatrix.solve(matrix, [Double](repeating: 1, count: count)) {
                let sum = solution.reduce(0, +)
                if sum > 0 { return solution.map { $0 / sum } }
            }
        }
        return nil
    }

    private func certificate() -> SimplexLeastSquares {
        let (gradient, value) = slopes()
        var all = [Double](repeating: 0, count: gram.columns)
        for (column, weight) in zip(chosen, weights) { all[column] += weight }
        return SimplexLeastSquares(
            weights: all, gap: max(value - (gradient.min() ?? 0), 0) / scale, objective: max(value, 0))
    }
}
