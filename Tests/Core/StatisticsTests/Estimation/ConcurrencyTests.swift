import Statistics
import Testing

@Suite("Linear algebra on several threads")
struct ConcurrencyTests {
    @Test("Eight threads at once calculate what one does alone")
    func threads() async {
        var random = SeededRandom(seed: 1)
        let problems = (0..<64).map { _ in
            (
                columns: Matrix(rows: 12, columns: (0..<9).map { _ in (0..<12).map { _ in random.unit() } }),
                target: (0..<12).map { _ in random.unit() }
            )
        }
        let alone = problems.map { SimplexLeastSquares.fit($0.columns, to: $0.target) }
        let fits = problems.map { LeastSquares($0.columns, $0.target)?.coefficients }
        let wrong = await withTaskGroup(of: Int.self) { group in
            for thread in 0..<8 {
                group.addTask {
                    (0..<4000).count { round in
                        let place = (round * 7 + thread) % problems.count
                        let (columns, target) = problems[place]
                        let isSame = SimplexLeastSquares.fit(columns, to: target) == alone[place]
                        return !isSame || LeastSquares(columns, target)?.coefficients != fits[place]
                    }
                }
            }
            return await group.reduce(0, +)
        }
        #expect(wrong == 0)
    }
}
