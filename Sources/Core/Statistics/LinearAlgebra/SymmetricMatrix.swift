internal import CLapacke

/// What LAPACK does with symmetric matrices.
package enum SymmetricMatrix {
    private static let order = LAPACK_COL_MAJOR
    private static let lower = CChar(UInt8(ascii: "L"))

    /// Solves `matrix` × x = `right` for a positive definite matrix, by Cholesky's factors.
    ///
    /// - Returns: `nil` where the matrix is not positive definite.
    package static func solve(_ matrix: Matrix, _ right: Matrix) -> Matrix? {
        var (factors, solution) = (matrix, right)
        let (size, count) = (Int32(matrix.rows), Int32(right.columns))
        if size == 0 || count == 0 { return solution }
        let failure = OneAtATime.call {
            LAPACKE_dposv(order, lower, size, count, &factors.values, size, &solution.values, size)
        }
        return failure == 0 && solution.values.allSatisfy(\.isFinite) ? solution : nil
    }

    /// The same for one column.
    package static func solve(_ matrix: Matrix, _ right: [Double]) -> [Double]? {
        solve(matrix, Matrix(rows: right.count, columns: [right]))?.values
    }

    /// Eigenvalues in ascending order, and the eigenvectors as columns.
    ///
    /// - Returns: `nil` where the matrix holds what is no number.
    package static func eigen(_ matrix: Matrix) -> (values: [Double], vectors: Matrix)? {
        guard matrix.values.allSatisfy(\.isFinite) else { return nil }
        var vectors = matrix
        var values = [Double](repeating: 0, count: matrix.rows)
        let size = Int32(matrix.rows)
        if size == 0 { return (values, vectors) }
        let failure = OneAtATime.call {
            LAPACKE_dsyevd(order, CChar(UInt8(ascii: "V")), lower, size, &vectors.values, size, &values)
        }
        return failure == 0 ? (values, vectors) : nil
    }
}
