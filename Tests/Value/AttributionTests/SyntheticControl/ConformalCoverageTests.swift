import Attribution
import Statistics
import Testing

@Suite("Conformal coverage")
struct ConformalCoverageTests {
    @Test("The true effect is refuted at 5 % in at most 5 % of 2,000 panels", arguments: [1, 2])
    func coverage(_ power: Int) throws {
        var random = SeededRandom(seed: 20)
        var refuted = 0
        for _ in 0..<2000 {
            let donors = Matrix(rows: 24, columns: (0..<6).map { _ in (0..<24).map { _ in random.gaussian() } })
            let mean = donors * [0.5, 0.3, 0.2, 0, 0, 0]
            let treated = mean.enumerated().map { $0.element + 0.5 * random.gaussian() + ($0.offset >= 20 ? 2 : 0) }
            let test = ConformalTest(DonorProblem(treated: treated, donors: donors, preCount: 20))
            if try #require(test.p(effect: 2, power: power)) <= 0.05 { refuted += 1 }
        }
        // 24 times: only 1/24 is below 0.05, so theory says 4.17 %; three standard errors above that.
        #expect(Double(refuted) / 2000 <= 0.055)
        #expect(refuted > 40)
    }
}
