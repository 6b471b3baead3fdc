import Statistics
import Testing

@Suite("Nearest mixtures, searches")
struct SearchTests {
    @Test("Weights are a mixture, and no single column would be a step towards something better")
    func optimality() throws {
        var random = SeededRandom(seed: 1)
        for trial in 0..<200 {
            let (rows, columns) = (1 + trial % 12, 1 + trial % 25)
            let donors = Matrix(rows: rows, columns: (0..<columns).map { _ in (0..<rows).map { _ in random.unit() } })
            let target = (0..<rows).map { _ in random.unit() * 1.5 }
            let fit = try #require(SimplexLeastSquares.fit(donors, to: target))
            #expect(fit.weights.allSatisfy { $0 >= 0 })
            #expect(abs(fit.weights.reduce(0, +) - 1) < 1e-12)
            #expect(fit.gap < 1e-12)
        }
    }

    @Test("A target among the columns gets all the weight; one between two gets both")
    func exact() throws {
        let columns = Matrix(rows: 3, columns: [[0, 0, 1], [1, 2, 3], [4, 4, 0]])
        let one = try #require(SimplexLeastSquares.fit(columns, to: [1, 2, 3]))
        #expect(one.weights[1] > 1 - 1e-12)
        let two = try #require(SimplexLeastSquares.fit(columns, to: [2.5, 3, 1.5]))
        for (found, expected) in zip(two.weights, [0, 0.5, 0.5]) { #expect(abs(found - expected) < 1e-12) }
    }

    @Test("A penalty without bound weights everybody alike")
    func penalty() throws {
        let columns = Matrix(rows: 2, columns: [[0, 0], [1, 2], [4, 4], [9, 1]])
        let fit = try #require(SimplexLeastSquares.fit(columns, to: [1, 2], penalty: 1e9))
        #expect(fit.weights.allSatisfy { abs($0 - 0.25) < 1e-6 })
    }

    @Test("Equal columns, none, and what is no number")
    func edges() throws {
        let equal = try #require(SimplexLeastSquares.fit(Matrix(rows: 2, columns: [[1, 1], [1, 1]]), to: [3, 3]))
        #expect(abs(equal.weights.reduce(0, +) - 1) < 1e-12)
        #expect(SimplexLeastSquares.fit(Matrix(rows: 2, columns: 0), to: [1, 2]) == nil)
        #expect(SimplexLeastSquares.fit(Matrix(rows: 1, columns: [[.nan], [1]]), to: [1]) == nil)
    }

    @Test("A global search finds the lowest of many minima, the same for a seed")
    func global() {
        let box = BoxSearch(lower: [-5, -5], upper: [5, 5])
        let bowls = { (point: [Double]) -> Double in
            let (x, y) = (point[0] - 1, point[1] + 2)
            return x * x + y * y + 6 * (x * x * 4).truncatingRemainder(dividingBy: 1.7)
        }
        let found = box.global(from: [4, 4], evaluations: 4000, seed: 3, bowls)
        #expect(found.value < 1e-6)
        #expect(found == box.global(from: [4, 4], evaluations: 4000, seed: 3, bowls))
    }
}
