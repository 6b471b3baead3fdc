internal import CLapacke

/// A linear regression, solved by Householder's QR factors (LAPACK): no squared condition number.
package struct LeastSquares: Sendable {
    /// The columns that explain.
    package let design: Matrix
    /// One coefficient per column.
    package let coefficients: [Double]
    /// Observed minus fitted, one per row.
    package let residuals: [Double]
    /// (X′X)⁻¹, from which every covariance of the coefficients is made.
    package let inverseGram: Matrix

    /// Fits `outcome` by the columns of `design`.
    ///
    /// - Returns: `nil` where there are fewer rows than columns, or a column is a combination of others.
    package init?(_ design: Matrix, _ outcome: [Double]) {
        guard design.rows >= design.columns, design.columns > 0, design.rows == outcome.count,
            let factors = TriangularFactors(design)
        else { return nil }
        let coefficients = factors.coefficients(outcome)
        let fitted = design * coefficients
        guard coefficients.allSatisfy(\.isFinite) else { return nil }
        (self.design, self.coefficients) = (design, coefficients)
        residuals = zip(outcome, fitted).map { $0 - $1 }
        inverseGram = factors.inverseGram
    }

    /// Rows minus columns.
    package var degrees: Int { design.rows - design.columns }

    /// The variance of the residuals, with n − k; `nil` where no degree of freedom is left.
    package var residualVariance: Double? {
        degrees > 0 ? Vectors.dot(residuals, residuals) / Double(degrees) : nil
    }

    /// The covariance of the coefficients if residuals are independent and of one variance.
    package var classicalCovariance: Matrix? {
        residualVariance.map { variance in
            var covariance = inverseGram
            for position in covariance.values.indices { covariance.values[position] *= variance }
            return covariance
        }
    }
}

/// The factors of a matrix: an orthogonal one that is kept as reflections, and a triangle.
private struct TriangularFactors {
    private var factors: Matrix
    private var scales: [Double]

    /// Below this share of its column's length, what is left of a column is rounding.
    private static let smallest = 1e-11

    init?(_ design: Matrix) {
        factors = design
        let (rows, columns) = (Int32(design.rows), Int32(design.columns))
        scales = [Double](repeating: 0, count: design.columns)
        let failure = OneAtATime.call {
            LAPACKE_dgeqrf(LAPACK_COL_MAJOR, rows, columns, &factors.values, rows, &scales)
        }
        guard failure == 0 else { return nil }
        for column in 0..<design.columns {
            let length = Vectors.dot(design.column(column), design.column(column)).squareRoot()
            guard abs(factors[column, column]) > Self.smallest * length else { return nil }
        }
    }

    func coefficients(_ outcome: [Double]) -> [Double] {
        var right = outcome
        let (rows, columns) = (Int32(factors.rows), Int32(factors.columns))
        let (left, transposed) = (CChar(UInt8(ascii: "L")), CChar(UInt8(ascii: "T")))
        _ = OneAtATime.call {
            LAPACKE_dormqr(
                LAPACK_COL_MAJOR, left, transposed, rows, 1, columns, factors.values, rows, scales, &right, rows)
        }
        for row in (0..<factors.columns).reversed() {
            for column in (row + 1)..<max(factors.columns, row + 1) {
                right[row] -= factors[row, column] * right[column]
            }
            right[row] /= factors[row, row]
        }
        return Array(right[..<factors.columns])
    }

    /// R⁻¹ R⁻ᵀ.
    var inverseGram: Matrix {
        let size = factors.columns
        var inverse = Matrix(rows: size, columns: size)
        for column in 0..<size { for row in 0...column { inverse[row, column] = factors[row, column] } }
        let (upper, full) = (CChar(UInt8(ascii: "U")), CChar(UInt8(ascii: "N")))
        _ = OneAtATime.call {
            LAPACKE_dtrtri(LAPACK_COL_MAJOR, upper, full, Int32(size), &inverse.values, Int32(size))
        }
        return inverse * inverse.transposed
    }
}
