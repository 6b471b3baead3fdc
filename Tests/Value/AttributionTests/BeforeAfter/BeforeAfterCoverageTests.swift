import Statistics
import Testing

@testable import Attribution

@Suite("Coverage of interrupted time series")
struct BeforeAfterCoverageTests {
    private func coverage(correlation: Double, count: Int, before: Int, seed: UInt64) throws -> Double {
        var random = SeededRandom(seed: seed)
        var covered = 0
        for _ in 0..<2000 {
            let noise = random.related(count, correlation: correlation)
            let values = noise.enumerated().map {
                20 + 0.1 * Double($0.offset) + $0.element + ($0.offset >= before ? 2 : 0)
            }
            let series = ObservedSeries(
                values: values, covariates: Matrix(rows: count, columns: 0), covariateNames: [],
                labels: (0..<count).map(String.init), preCount: before, phases: [])
            let fit = try #require(InterruptedSeries(series, lag: nil))
            let change = fit.levelChange
            let width = try #require(TestDistributions.tQuantile(0.975, degrees: Double(fit.degrees)))
            if abs(change.estimate - 2) <= width * change.standardError { covered += 1 }
        }
        return Double(covered) / 2000
    }

    @Test("Independent errors, 100 times: close to 95 %, a little below as Newey-West is")
    func independent() throws {
        let share = try coverage(correlation: 0, count: 100, before: 60, seed: 1)
        #expect((0.90...0.965).contains(share), "\(share)")
    }

    @Test("Related errors: the interval covers too seldom, and less so in longer series")
    func related() throws {
        let short = try coverage(correlation: 0.5, count: 40, before: 25, seed: 2)
        let long = try coverage(correlation: 0.5, count: 400, before: 250, seed: 3)
        #expect((0.70...0.93).contains(short), "\(short)")
        #expect(long > short && long > 0.85, "\(long)")
    }
}
