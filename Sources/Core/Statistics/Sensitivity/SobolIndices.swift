/// How much of the variance of a result each input is responsible for.
package struct SobolIndices: Sendable, Hashable {
    /// What an input explains alone, a fraction, in the order of the inputs.
    package let first: [Double]
    /// What it explains together with all others, a fraction.
    package let total: [Double]
    /// The variance of the result.
    package let variance: Double

    /// Estimates the indices of a function of independent uniform shares: first-order after Saltelli et al. (2010), total
    /// after Jansen (1999), on Sobol points.
    ///
    /// - Parameters:
    ///   - inputs: how many inputs the function has.
    ///   - samples: how many base points; powers of two serve best. The function is asked `samples × (inputs + 2)` times.
    ///   - evaluate: the results of points; columns of shares, one array for each input.
    /// - Returns: `nil` where the result does not vary, or is not finite somewhere.
    package static func estimate(
        inputs: Int, samples: Int, evaluate: (_ columns: [[Double]]) -> [Double]
    ) -> SobolIndices? {
        var points = [Double](repeating: 0, count: 2 * inputs * samples)
        points.withUnsafeMutableBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return }
            SobolSequence(dimensions: 2 * inputs).fill(start, first: 0, count: samples, stride: samples)
        }
        let columns = (0..<2 * inputs).map { Array(points[$0 * samples..<($0 + 1) * samples]) }
        let (a, b) = (Array(columns[..<inputs]), Array(columns[inputs...]))
        let (atA, atB) = (evaluate(a), evaluate(b))
        guard let all = SampleMean(of: atA + atB), let sampled = all.variance else { return nil }
        let variance = sampled * Double(all.count - 1) / Double(all.count)
        guard variance.isFinite, variance > 0 else { return nil }
        var (first, total) = ([Double](), [Double]())
        for input in 0..<inputs {
            var mixed = a
            mixed[input] = b[input]
            let atMixed = evaluate(mixed)
            var (shared, distance) = (0.0, 0.0)
            for row in 0..<samples {
                // Centred, so that a large mean does not drown the difference.
                shared += (atB[row] - all.mean) * (atMixed[row] - atA[row])
                distance += (atA[row] - atMixed[row]) * (atA[row] - atMixed[row])
            }
            first.append(shared / Double(samples) / variance)
            total.append(distance / Double(2 * samples) / variance)
        }
        return SobolIndices(first: first, total: total, variance: variance)
    }
}
