import Statistics
import Testing

@Suite("Least squares")
struct LeastSquaresTests {
    private let design = Matrix(rows: 5, columns: [[1, 1, 1, 1, 1], [0, 1, 2, 3, 4], [0, 0, 1, 0, 1]])

    @Test("Exact data give their coefficients, and residuals of 0")
    func exact() throws {
        let fit = try #require(LeastSquares(design, [1, 3, 10, 7, 14]))
        for (found, expected) in zip(fit.coefficients, [1.0, 2, 5]) { #expect(abs(found - expected) < 1e-12) }
        #expect(fit.residuals.allSatisfy { abs($0) < 1e-12 })
        #expect(fit.degrees == 2)
    }

    @Test("The inverse of the products times the products is one")
    func inverse() throws {
        let fit = try #require(LeastSquares(design, [1, 3, 10, 7, 14]))
        let product = fit.inverseGram * design.gram
        for row in 0..<3 {
            for column in 0..<3 { #expect(abs(product[row, column] - (row == column ? 1 : 0)) < 1e-12) }
        }
    }

    @Test("A column that is a combination of others has no coefficient")
    func dependent() {
        let columns = Matrix(rows: 4, columns: [[1, 1, 1, 1], [1, 2, 3, 4], [3, 5, 7, 9]])
        #expect(LeastSquares(columns, [1, 2, 3, 5]) == nil)
        #expect(LeastSquares(Matrix(rows: 1, columns: [[1], [2]]), [1]) == nil)
    }

    @Test("With lag 0, Newey-West is White's covariance; for a mean, the variance with n ÷ n")
    func white() throws {
        let values: [Double] = [1, 4, 2, 8, 5]
        let fit = try #require(LeastSquares(Matrix(rows: 5, columns: [[1, 1, 1, 1, 1]]), values))
        let white = RobustCovariance.neweyWest(fit, lag: 0)[0, 0]
        let sum = fit.residuals.reduce(0) { $0 + $1 * $1 }
        #expect(abs(white - sum / 25) < 1e-12)
        let alone = RobustCovariance.clustered(fit, clusters: [0, 1, 2, 3, 4], correction: 1)[0, 0]
        #expect(abs(alone - white) < 1e-12)
    }

    @Test("Eigenvectors make the matrix again")
    func eigen() throws {
        let gram = design.gram
        let (values, vectors) = try #require(SymmetricMatrix.eigen(gram))
        var scaled = vectors
        for column in 0..<3 { for row in 0..<3 { scaled[row, column] *= values[column] } }
        let again = scaled * vectors.transposed
        for (found, expected) in zip(again.values, gram.values) { #expect(abs(found - expected) < 1e-12) }
    }
}
