import Statistics
import Testing

@Suite("Comparisons: distributions, tests, sequences")
struct ComparisonTests {
    @Test("Distribution functions at textbook points")
    func distributions() {
        #expect(abs(ChiSquare.upperTail(3.841458820694124, degrees: 1) - 0.05) < 1e-12)
        #expect(abs(ChiSquare.upperTail(13.815510557964274, degrees: 2) - 0.001) < 1e-12)
        #expect(ChiSquare.upperTail(-1, degrees: 1).isNaN && ChiSquare.upperTail(1, degrees: 0).isNaN)
        #expect(abs(StudentsT.quantile(0.975, degrees: 10) - 2.228138851986274) < 1e-12)
        #expect(abs(StudentsT.twoSided(-2.228138851986274, degrees: 10) - 0.05) < 1e-12)
        #expect(abs(StudentsT.quantile(0.975, degrees: .infinity) - 1.959963984540054) < 1e-12)
        #expect(StudentsT.quantile(0.5, degrees: -1).isNaN)
        #expect(abs(BetaFunctions.cumulative(0.3, alpha: 2, beta: 3) - 0.3483) < 1e-12)
        #expect(abs(BetaFunctions.quantile(0.3483, alpha: 2, beta: 3) - 0.3) < 1e-12)
        // B(2, 3) is 1 ÷ 12.
        #expect(abs(BetaFunctions.logarithm(alpha: 2, beta: 3) + 2.4849066497880004) < 1e-12)
    }

    @Test("Holm and Benjamini-Hochberg, in the order given")
    func adjusted() {
        let values = [0.01, 0.04, 0.03, 0.005]
        for (found, expected) in zip(MultipleComparisons.holm(values), [0.03, 0.06, 0.06, 0.02]) {
            #expect(abs(found - expected) < 1e-12)
        }
        for (found, expected) in zip(MultipleComparisons.benjaminiHochberg(values), [0.02, 0.04, 0.04, 0.02]) {
            #expect(abs(found - expected) < 1e-12)
        }
        #expect(MultipleComparisons.holm([0.9, 0.8]) == [1, 1] && MultipleComparisons.holm([]).isEmpty)
    }

    @Test("Newcombe's interval of 56 in 70 against 48 in 80: his own example")
    func newcombe() throws {
        let found = ProportionDifference((56.0 / 70, 70), minus: (48.0 / 80, 80))
        #expect(abs(found.low - 0.0524) < 5e-5 && abs(found.high - 0.3339) < 5e-5)
        let none = ProportionDifference((0, 10), minus: (0, 20))
        #expect(none.pValue == nil && none.low < 0 && none.high > 0)
    }

    @Test("Sample ratios: weights in any unit, too few units, broken weights")
    func sampleRatio() throws {
        let even = try #require(SampleRatioTest(observed: [500, 500], weights: [50, 50]))
        #expect(even.statistic == 0 && even.pValue == 1)
        let tenth = try #require(SampleRatioTest(observed: [910, 90], weights: [0.9, 0.1]))
        // 10² ÷ 900 + 10² ÷ 100.
        #expect(abs(tenth.statistic - 10.0 / 9) < 1e-12)
        #expect(SampleRatioTest(observed: [5, 5], weights: [1, 1]) == nil)
        #expect(SampleRatioTest(observed: [50, 50], weights: [1, 0]) == nil)
        #expect(SampleRatioTest(observed: [50], weights: [1]) == nil)
    }

    @Test("The asymptotic sequence: ρ, half-width, and a p-value that agrees with the interval")
    func asymptotic() {
        let sequence = AsymptoticConfidenceSequence()
        #expect(abs(sequence.rho - 0.03984006677137368) < 1e-15)
        // 824 successes in 1,000 trials, variance with n − 1.
        let error = (0.824 * 0.176 / 999).squareRoot()
        let reach = sequence.halfWidth(standardError: error, count: 1_000)
        #expect(abs(reach - 0.04053019449785112) < 1e-12)
        #expect(abs(sequence.pValue(estimate: reach, standardError: error, count: 1_000) - 0.05) < 1e-12)
        #expect(sequence.pValue(estimate: 0, standardError: error, count: 1_000) == 1)
        #expect(sequence.pValue(estimate: 1e6, standardError: 1e-6, count: 1_000) == 0)
    }

    @Test(
        "The beta-binomial sequence of a share",
        arguments: [
            (40, 50, 0.5337298107904647, 0.9477289387468772), (84, 100, 0.6925827429527454, 0.9359095215873093),
            (418, 500, 0.7821815583307234, 0.882495002910102), (824, 1_000, 0.7853923987798442, 0.8590969678551769),
            (4_027, 5_000, 0.7868636182852381, 0.823197533558998),
            (11_312, 14_037, 0.7944141410510001, 0.8170362761235501), (32, 50, 0.37176939001627024, 0.8528747598274642),
            (9_558, 14_037, 0.6675020499896364, 0.6941558386367865),
        ])
    func shareSequence(successes: Int, trials: Int, low: Double, high: Double) {
        let found = ShareSequence(tuningSize: 500).interval(successes: successes, failures: trials - successes)
        #expect(abs(found.lowerBound - low) < 1e-8 && abs(found.upperBound - high) < 1e-8)
    }

    @Test("A share sequence of nothing, of successes only and of failures only")
    func shareEdges() {
        let sequence = ShareSequence()
        #expect(sequence.interval(successes: 0, failures: 0) == 0...1)
        let all = sequence.interval(successes: 50, failures: 0)
        let none = sequence.interval(successes: 0, failures: 50)
        #expect(all.upperBound == 1 && all.lowerBound > 0.5 && none.lowerBound == 0)
        #expect(abs(none.upperBound - (1 - all.lowerBound)) < 1e-9)
    }

    @Test("Linear equations of a few unknowns; dependent columns have no solution")
    func system() throws {
        let found = try #require(SymmetricSystem.solve([[4, 2, 1], [2, 5, 3], [1, 3, 6]], [11, 21, 25]))
        for (x, expected) in zip(found, [1.0, 2, 3]) { #expect(abs(x - expected) < 1e-12) }
        #expect(SymmetricSystem.solve([[1, 2], [2, 4]], [1, 2]) == nil && SymmetricSystem.solve([[0]], [1]) == nil)
    }

    @Test("Sizes: proportions by Fleiss, effects that need none or cannot be seen")
    func sizes() throws {
        // Fleiss, Levin and Paik: 0.6 against 0.7 needs 356 with α 0.05 and power 0.8.
        #expect(try #require(SampleSize.perArm(share: 0.7, against: 0.6)).rounded(.up) == 356)
        #expect(
            SampleSize.perArm(share: 0.5, against: 0.5) == nil && SampleSize.perArm(share: 1.2, against: 0.5) == nil)
        #expect(SampleSize.perArm(effect: 0) == nil && SampleSize.perArm(effect: 0.5, power: 0.01) == nil)
        let power = SampleSize.power(effect: 0.5, perArm: 64)
        #expect(abs(power - 0.8014596) < 1e-6)
        let huge = try #require(SampleSize.perArm(effect: 5))
        #expect(huge > 1 && huge < 3)
    }

    @Test("A quantile's error falls with the root of the count and grows with clusters")
    func quantile() throws {
        let values = (0..<10_000).map { Double($0) / 10_000 }
        let found = try #require(QuantileEstimate(atShare: 0.9, ofSorted: values))
        // √(0.9 × 0.1 ÷ 10,000) ÷ density 1.
        #expect(abs(found.standardError - 0.003) < 1e-5 && abs(found.value - 0.9) < 1e-4)
        let clustered = try #require(QuantileEstimate(atShare: 0.9, ofSorted: values, spread: 2))
        #expect(abs(clustered.standardError - 0.006) < 2e-5)
        #expect(QuantileEstimate(atShare: 1, ofSorted: values) == nil)
    }
}
