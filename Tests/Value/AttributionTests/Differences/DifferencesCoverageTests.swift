import Statistics
import Testing

@testable import Attribution

@Suite("Coverage of difference-in-differences")
struct DifferencesCoverageTests {
    private static let labels = (1...10).map(String.init)

    private func panel(_ starts: [Int?], _ random: inout SeededRandom) -> CohortPanel {
        let columns = starts.map { start -> [Double] in
            let level = 3 * random.gaussian()
            let noise = random.related(10, correlation: 0.6)
            return (0..<10).map { level + 0.3 * Double($0) + noise[$0] + ($0 >= (start ?? .max) ? 1 : 0) }
        }
        return CohortPanel(
            outcome: Matrix(rows: 10, columns: columns), starts: starts, labels: Self.labels,
            names: starts.indices.map { "u\($0)" })
    }

    private func coverage(_ starts: [Int?], truth: Double, seed: UInt64) throws -> Double {
        var random = SeededRandom(seed: seed)
        var covered = 0
        for _ in 0..<3000 {
            let study = try DifferencesStudy(panel(starts, &random), "y", .init())
            let interval = try #require(study.effect.interval)
            if (interval.low ?? .infinity) <= truth, truth <= (interval.high ?? -.infinity) { covered += 1 }
        }
        return Double(covered) / 3000
    }

    @Test("Clustered by unit, 20 treated and 25 controls with related errors: 95 % of 3,000")
    func clustered() throws {
        let starts = [Int?](repeating: 6, count: 20) + [Int?](repeating: nil, count: 25)
        let share = try coverage(starts, truth: 1, seed: 1)
        #expect((0.935...0.965).contains(share), "\(share)")
    }

    @Test("Staggered, three starts of 10, 15 never: 95 % of 3,000")
    func staggered() throws {
        let starts = [3, 5, 8].flatMap { [Int?](repeating: $0, count: 10) } + [Int?](repeating: nil, count: 15)
        let share = try coverage(starts, truth: 1, seed: 2)
        #expect((0.935...0.965).contains(share), "\(share)")
    }

    @Test("One treated among 20 that vary alike: 95 % of 3,000")
    func oneTreated() throws {
        let share = try coverage([6] + [Int?](repeating: nil, count: 19), truth: 1, seed: 3)
        #expect((0.935...0.965).contains(share), "\(share)")
    }

    @Test("The pre-trend test refutes parallel trends in 5 % of panels that have them")
    func preTrend() throws {
        var random = SeededRandom(seed: 4)
        let starts = [Int?](repeating: 6, count: 15) + [Int?](repeating: nil, count: 15)
        var (slopes, joints) = (0, 0)
        for _ in 0..<2000 {
            let study = try DifferencesStudy(panel(starts, &random), "y", .init())
            let trend = try #require(study.preTrend)
            if try #require(trend.slope.p) < 0.05 { slopes += 1 }
            if try #require(trend.joint).p < 0.05 { joints += 1 }
        }
        #expect((70...130).contains(slopes), "\(slopes)")
        #expect((70...130).contains(joints), "\(joints)")
    }
}
