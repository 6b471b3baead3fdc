/// Linear equations with a symmetric, positive definite matrix of a few unknowns (Cholesky): the coefficients of a
/// handful of covariates. Larger designs belong to a linear algebra library.
package enum SymmetricSystem {
    /// Solves `matrix` × x = `right`; `nil` where a column depends on the others, or nearly so.
    package static func solve(_ matrix: [[Double]], _ right: [Double]) -> [Double]? {
        guard let factor = factor(matrix) else { return nil }
        var solution = right
        for row in right.indices {
            for column in 0..<row { solution[row] -= factor[row][column] * solution[column] }
            solution[row] /= factor[row][row]
        }
        for row in right.indices.reversed() {
            for below in (row + 1)..<max(right.count, row + 1) { solution[row] -= factor[below][row] * solution[below] }
            solution[row] /= factor[row][row]
        }
        return solution
    }

    /// The lower triangle whose square is the matrix.
    private static func factor(_ matrix: [[Double]]) -> [[Double]]? {
        var factor = matrix
        for row in matrix.indices {
            for column in 0...row {
                var rest = matrix[row][column]
                for place in 0..<column { rest -= factor[row][place] * factor[column][place] }
                if row == column {
                    guard rest > 1e-10 * matrix[row][row], rest.isFinite else { return nil }
                    factor[row][row] = rest.squareRoot()
                } else {
                    factor[row][column] = rest / factor[column][column]
                }
            }
        }
        return factor
    }
}
