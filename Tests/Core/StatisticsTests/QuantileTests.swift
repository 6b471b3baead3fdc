import Statistics
import Testing

@Suite("Quantiles of distributions")
struct QuantileTests {
    @Test(
        "The normal quantile agrees with Python's NormalDist.inv_cdf",
        arguments: [
            (1e-300, -37.0471), (1e-20, -9.262340089798409), (1e-5, -4.264890793922825), (0.025, -1.9599639845400545),
            (0.0749, -1.4402338), (0.3, -0.5244005127080409), (0.5, 0), (0.9, 1.2815515655446008),
            (0.999999, 4.753424308817089),
        ])
    func normal(p: Double, z: Double) {
        #expect(abs(StandardNormal.quantile(p) - z) < (p == 1e-300 || p == 0.0749 ? 1e-4 : 1e-12) * max(1, abs(z)))
    }

    @Test("Cumulative and quantile undo one another", arguments: Array(stride(from: 0.001, to: 1, by: 0.0137)))
    func inverse(p: Double) {
        #expect(abs(StandardNormal.cumulative(StandardNormal.quantile(p)) - p) < 1e-14)
    }

    @Test("Triangular (60, 100, 110): the reference's quantiles and mean")
    func triangular() {
        let distribution = Distribution.triangular(low: 60, mode: 100, high: 110)
        for (p, value) in [(0.1, 74.142136), (0.5, 91.622777), (0.9, 102.928932)] {
            #expect(abs(distribution.quantile(p) - value) < 1e-6)
        }
        #expect(distribution.mean == 90)
    }

    @Test("The table of PERT quantiles hits the cumulative function's inverse between its points")
    func pert() {
        // Beta(3, 3) on 0…1 is symmetric with P(X ≤ x) = 10x³ − 15x⁴ + 6x⁵.
        let distribution = Distribution.pert(low: 0, mode: 0.5, high: 1)
        for p in stride(from: 0.0003, to: 1, by: 0.00397) {
            let x = distribution.quantile(p)
            #expect(abs(x * x * x * (10 - 15 * x + 6 * x * x) - p) < 1e-9)
        }
        // Beta(1, 5), at its steepest: P(X ≤ x) = 1 − (1 − x)⁵.
        let skewed = Distribution.pert(low: 0, mode: 0, high: 1)
        for p in stride(from: 0.0003, to: 1, by: 0.00397) {
            let x = 1 - skewed.quantile(p)
            #expect(abs(1 - x * x * x * x * x - p) < 1e-9)
        }
    }

    @Test("Discrete values come in their shares")
    func discrete() {
        let outcomes = [DiscreteOutcome(value: 1, probability: 0.2), DiscreteOutcome(value: 7, probability: 0.8)]
        let distribution = Distribution.discrete(outcomes)
        #expect(distribution.quantile(0.1) == 1 && distribution.quantile(0.2) == 7 && distribution.quantile(0.99) == 7)
    }

    @Test(
        "What does not exist is refused",
        arguments: [
            .uniform(low: 2, high: 1), .triangular(low: 0, mode: 3, high: 2), .pert(low: 5, mode: 1, high: 9),
            .normal(mean: 0, deviation: -1), .constant(.nan),
            .discrete([DiscreteOutcome(value: 1, probability: 0.5)]), .uniform(low: .nan, high: 1),
        ] as [Distribution])
    func refused(distribution: Distribution) {
        #expect(throws: DistributionError.self) { try distribution.checked() }
    }

    @Test("Selection finds what sorting finds", arguments: [1, 2, 3, 10, 1_000, 4_097])
    func selection(count: Int) {
        var random = SeededRandom(seed: UInt64(count))
        // Few different values among them, so that there are many equal ones; and some infinite.
        let values = (0..<count).map { _ in random.below(20) == 0 ? .infinity : Double(random.below(count)) - 7 }
        let shares = [0, 0.1, 0.1, 0.5, 0.9, 1]
        let sorted = values.sorted()
        #expect(
            Quantiles.values(atShares: shares, of: values)
                == shares.map { Quantiles.value(atShare: $0, ofSorted: sorted) })
    }

    @Test("Quantiles of samples interpolate; infinity has none")
    func samples() {
        #expect(Quantiles.value(atShare: 0.5, ofSorted: [1, 2, 3, 10]) == 2.5)
        #expect(Quantiles.value(atShare: 0.1, ofSorted: []) == nil)
        #expect(Quantiles.value(atShare: 0.9, ofSorted: [1, 2, .infinity]) == nil)
        #expect(Quantiles.value(atShare: 0.5, ofSorted: [1, 2, .infinity]) == 2)
    }
}
