import Statistics
import Testing

@Suite("Distributions")
struct DistributionTests {
    private static let draws = 200_000

    /// Sorted draws of a distribution.
    private func sorted(_ draw: (inout SeededRandom) -> Double) -> [Double] {
        var random = SeededRandom(seed: 42)
        return (0..<Self.draws).map { _ in draw(&random) }.sorted()
    }

    private func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

    /// Whether two numbers differ by at most a fraction of the second.
    private func isNear(_ value: Double, _ expected: Double, within fraction: Double) -> Bool {
        abs(value - expected) <= fraction * abs(expected)
    }

    @Test("Log-normal values have the median and the 95 % quantile that were asked for")
    func logNormalQuantiles() {
        let distribution = LogNormal(median: 129, p95: 451)
        let values = sorted { distribution.sample(using: &$0) }
        #expect(isNear(values[Self.draws / 2], 129, within: 0.02))
        #expect(isNear(values[Self.draws * 95 / 100], 451, within: 0.02))
        #expect(isNear(distribution.median, 129, within: 1e-12))
    }

    @Test("Log-normal values have the mean and the deviation that were asked for")
    func logNormalMoments() {
        let distribution = LogNormal(mean: 1154.7, deviation: 1108.8)
        let values = sorted { distribution.sample(using: &$0) }
        let average = mean(values)
        let deviation = mean(values.map { ($0 - average) * ($0 - average) }).squareRoot()
        #expect(isNear(average, 1154.7, within: 0.01))
        #expect(isNear(deviation, 1108.8, within: 0.06))
        #expect(isNear(distribution.mean, 1154.7, within: 1e-12))
        #expect(isNear(LogNormal(mean: 3, sigma: 0.5).mean, 3, within: 1e-12))
    }

    @Test("Exponential waiting times have their mean and their median, mean × ln 2")
    func exponential() {
        let distribution = Exponential(mean: 4)
        let values = sorted { distribution.sample(using: &$0) }
        #expect(isNear(mean(values), 4, within: 0.01))
        #expect(isNear(values[Self.draws / 2], 4 * 0.693_147_18, within: 0.02))
        #expect((values.first ?? -1) >= 0)
    }

    @Test(
        "Weights become frequencies; what has no weight is never chosen",
        arguments: [[1, 0, 3, 6], [5], [2, 2, 2]] as [[Double]])
    func discrete(_ weights: [Double]) {
        let distribution = DiscreteDistribution(weights: weights)
        var random = SeededRandom(seed: 5)
        var counts = Array(repeating: 0.0, count: weights.count)
        for _ in 0..<Self.draws { counts[distribution.sample(using: &random)] += 1 }
        let sum = weights.reduce(0, +)
        for (count, weight) in zip(counts, weights) {
            #expect(abs(count / Double(Self.draws) - weight / sum) < 0.005)
            #expect(weight > 0 || count == 0)
        }
    }

    @Test("Zipf's ranks have their shares")
    func zipf() {
        let law = Zipf(count: 162, exponent: 1.16598)
        var random = SeededRandom(seed: 6)
        var counts = Array(repeating: 0.0, count: 163)
        for _ in 0..<Self.draws { counts[law.sample(using: &random)] += 1 }
        #expect(counts[0] == 0)
        #expect(isNear(law.share(ofTop: 10), 0.63, within: 1e-4))
        #expect(abs(counts[1...10].reduce(0, +) / Double(Self.draws) - 0.63) < 0.005)
        #expect(isNear(counts[1] / counts[2], 2.243_9, within: 0.04))
        #expect(isNear(Zipf(count: 4, exponent: 0).share(ofTop: 1), 0.25, within: 1e-12))
    }
}
