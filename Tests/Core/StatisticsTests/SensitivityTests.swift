import Foundation
import Statistics
import Testing

@Suite("Sobol points, indices, copula, perfect information")
struct SensitivityTests {
    @Test("Ishigami's function: indices within 0.005 of the analytic ones")
    func ishigami() throws {
        let indices = try #require(
            SobolIndices.estimate(inputs: 3, samples: 8192) { columns in
                (0..<columns[0].count).map { row in
                    let x = columns.map { (2 * $0[row] - 1) * Double.pi }
                    return sin(x[0]) + 7 * sin(x[1]) * sin(x[1]) + 0.1 * pow(x[2], 4) * sin(x[0])
                }
            })
        for (found, expected) in zip(indices.first, [0.313905191, 0.442411145, 0]) {
            #expect(abs(found - expected) < 0.005)
        }
        for (found, expected) in zip(indices.total, [0.557588855, 0.442411145, 0.243683664]) {
            #expect(abs(found - expected) < 0.005)
        }
        #expect(abs(indices.variance - 13.844587941) < 0.05)
    }

    @Test("Sobol's G function, eight inputs")
    func sobolG() throws {
        let a = [0, 1, 4.5, 9, 99, 99, 99, 99]
        let indices = try #require(
            SobolIndices.estimate(inputs: 8, samples: 8192) { columns in
                (0..<columns[0].count).map { row in
                    zip(columns, a).reduce(1) { $0 * (abs(4 * $1.0[row] - 2) + $1.1) / (1 + $1.1) }
                }
            })
        for (found, expected) in zip(indices.first, [0.716192, 0.179048, 0.023676, 0.007162]) {
            #expect(abs(found - expected) < 0.01)
        }
        for (found, expected) in zip(indices.total, [0.787144, 0.242198, 0.034317, 0.010460]) {
            #expect(abs(found - expected) < 0.01)
        }
    }

    @Test("A function that does not vary has no indices")
    func constant() {
        #expect(SobolIndices.estimate(inputs: 2, samples: 16) { $0[0].map { _ in 4 } } == nil)
    }

    @Test("Shifted points average far better than random ones would, and stay inside the cube")
    func points() {
        var random = SeededRandom(seed: 3)
        let sequence = SobolSequence(dimensions: 5).shifted(by: &random)
        var columns = [Double](repeating: 0, count: 5 * 4096)
        columns.withUnsafeMutableBufferPointer { buffer in
            if let start = buffer.baseAddress { sequence.fill(start, first: 0, count: 4096, stride: 4096) }
        }
        for dimension in 0..<5 {
            let column = columns[(dimension * 4096)..<((dimension + 1) * 4096)]
            // Each of 4096 equal parts holds one point: the mean is off by half a part at most; random ones by 0.005.
            let mean: Double = column.reduce(0, +) / 4096
            #expect(abs(mean - 0.5) <= 0x1p-13)
            #expect(column.allSatisfy { $0 > 0 && $0 < 1 })
        }
    }

    @Test("A sequence in parts is the sequence")
    func parts() {
        let sequence = SobolSequence(dimensions: 3)
        func points(_ first: Int, _ count: Int) -> [[Double]] {
            var columns = [Double](repeating: 0, count: 3 * count)
            columns.withUnsafeMutableBufferPointer { buffer in
                if let start = buffer.baseAddress { sequence.fill(start, first: first, count: count, stride: count) }
            }
            return (0..<count).map { draw in (0..<3).map { columns[$0 * count + draw] } }
        }
        #expect(points(0, 100) == points(0, 37) + points(37, 63))
    }

    @Test("Copulas give the correlation asked for; impossible ones are refused")
    func copula() throws {
        let copula = try GaussianCopula(correlations: [[1, 0.8], [0.8, 1]])
        var random = SeededRandom(seed: 5)
        var (a, b) = (
            (0..<20_000).map { _ in random.unit() * 0.998 + 0.001 },
            (0..<20_000).map { _ in random.unit() * 0.998 + 0.001 }
        )
        a.withUnsafeMutableBufferPointer { a in
            b.withUnsafeMutableBufferPointer { b in
                if let a = a.baseAddress, let b = b.baseAddress { copula.transform([a, b], draws: 20_000) }
            }
        }
        let (x, y) = (a.map(StandardNormal.quantile), b.map(StandardNormal.quantile))
        let products = zip(x, y).reduce(0) { $0 + $1.0 * $1.1 } / 20_000
        #expect(abs(products - 0.8) < 0.03)
        #expect(throws: DistributionError.self) {
            try GaussianCopula(correlations: [[1, 0.9, -0.9], [0.9, 1, 0.9], [-0.9, 0.9, 1]])
        }
    }

    @Test("The textbook's value of perfect information is 350")
    func perfectInformation() {
        let value = PerfectInformation.value(
            payoffs: [[1500, 300, -800], [900, 600, -200], [500, 500, 500]], probabilities: [0.5, 0.3, 0.2])
        #expect(value == 350)
        #expect(PerfectInformation.value(payoffs: []) == nil)
    }

    @Test("Welch's interval on GrowthBook's fixture")
    func welch() throws {
        func sample(_ sum: Double, _ squares: Double, _ count: Int) -> SampleMean {
            let n = Double(count)
            return SampleMean(count: count, mean: sum / n, variance: (squares - sum * sum / n) / (n - 1))
        }
        let interval = try #require(
            IntervalEstimate(
                difference: sample(2422.7, 134698.29, 3461), minus: sample(1396.87, 52377.9767, 3407)))
        #expect(abs(interval.estimate - 0.29) < 1e-8 && abs(interval.standardError - 0.12478363158758794) < 1e-8)
        #expect(abs(interval.low - 0.04537789) < 1e-8 && abs(interval.high - 0.53462211) < 1e-8)
    }
}
