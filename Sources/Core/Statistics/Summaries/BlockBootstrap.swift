internal import CBoostMath

/// The interval of a ratio of sums over blocks of time, by drawing whole blocks anew (Künsch, 1989, with blocks that do
/// not overlap).
package enum BlockBootstrap {
    /// Fewer blocks than this say nothing about how much a block can differ.
    package static let fewestBlocks = 8

    /// The interval of Σ numerators / Σ denominators.
    ///
    /// Percentiles of resampled ratios, widened for few blocks as Hesterberg (2015) does: the tail is
    /// Φ(−√(n/(n−1)) t₍α/2, n−1₎) instead of α/2.
    ///
    /// - Parameters:
    ///   - blocks: a numerator and a denominator for each block, a day for example.
    ///   - level: the confidence, a fraction.
    ///   - draws: how often the blocks are drawn anew.
    /// - Returns: `nil` below ``fewestBlocks``, and where the denominators sum to nothing.
    package static func ratioInterval(
        _ blocks: [(numerator: Double, denominator: Double)], level: Double = 0.95, draws: Int = 4_000, seed: UInt64 = 1
    ) -> ClosedRange<Double>? {
        guard blocks.count >= fewestBlocks, blocks.reduce(0, { $0 + $1.denominator }) > 0 else { return nil }
        var random = SeededRandom(seed: seed)
        let ratios = (0..<draws).compactMap { _ -> Double? in
            var (top, bottom) = (0.0, 0.0)
            for _ in blocks {
                let block = blocks[random.below(blocks.count)]
                top += block.numerator
                bottom += block.denominator
            }
            return bottom > 0 ? top / bottom : nil
        }
        let n = Double(blocks.count)
        let t = payback_t_quantile(n - 1, 0.5 + level / 2)
        let tail = StandardNormal.cumulative(-(n / (n - 1)).squareRoot() * t)
        let ends = Quantiles.values(atShares: [tail, 1 - tail], of: ratios)
        guard let low = ends[0], let high = ends[1] else { return nil }
        return low...max(low, high)
    }
}
