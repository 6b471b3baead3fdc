internal import CBoostMath

/// Points that fill a cube more evenly than random ones: Sobol's sequence with the direction numbers of Joe and Kuo
/// (2008), shifted digitally by random words so that averages are unbiased (Cranley and Patterson's idea, base 2).
package struct SobolSequence: Sendable {
    /// How many coordinates a point has.
    package let dimensions: Int
    /// For each dimension the 32 words that its coordinates are put together from.
    private let directions: [UInt32]
    private let shift: [UInt32]
    private static let bits = 32

    /// Creates the sequence without a shift.
    ///
    /// - Parameter dimensions: up to ``mostDimensions``.
    package init(dimensions: Int) {
        self.init(
            dimensions: dimensions, directions: Self.directions(dimensions),
            shift: Array(repeating: 0, count: dimensions))
    }

    private init(dimensions: Int, directions: [UInt32], shift: [UInt32]) {
        (self.dimensions, self.directions, self.shift) = (dimensions, directions, shift)
    }

    /// The sequence with a random shift.
    package func shifted(by random: inout SeededRandom) -> SobolSequence {
        shifted(by: (0..<dimensions).map { _ in UInt32(truncatingIfNeeded: random.next() &>> 32) })
    }

    /// The sequence with a shift.
    ///
    /// - Parameter words: a word for each dimension.
    package func shifted(by words: [UInt32]) -> SobolSequence {
        SobolSequence(dimensions: dimensions, directions: directions, shift: words)
    }

    /// The most coordinates that a point may have.
    package static var mostDimensions: Int { Int(payback_sobol_most_dimensions()) }

    /// In Gray code the points 2^k − 1 and 2^k differ by the word of bit k alone.
    private static func directions(_ dimensions: Int) -> [UInt32] {
        precondition(dimensions <= mostDimensions, "A sequence of Sobol's has at most \(mostDimensions) dimensions.")
        var words = [UInt32](repeating: 0, count: dimensions * bits)
        if dimensions == 0 { return words }
        var pair = [UInt32](repeating: 0, count: 2 * dimensions)
        for bit in 0..<bits {
            let first = (UInt64(1) &<< UInt64(bit)) - 1
            let failure = payback_sobol_points(UInt32(dimensions), first, 2, &pair)
            precondition(failure == 0, "Boost has no points of \(dimensions) dimensions.")
            for dimension in 0..<dimensions {
                words[dimension * bits + bit] = pair[dimension] ^ pair[dimensions + dimension]
            }
        }
        return words
    }

    /// Writes coordinates of consecutive points, all inside 0…1, into columns, one for each dimension.
    ///
    /// - Parameters:
    ///   - first: the number of the first point.
    ///   - columns: each `stride` numbers behind the one before.
    ///   - stride: at least `count`.
    package func fill(_ columns: UnsafeMutablePointer<Double>, first: Int, count: Int, stride: Int) {
        for dimension in 0..<dimensions {
            fill(columns + dimension * stride, dimension: dimension, first: first, count: count)
        }
    }

    /// Writes one coordinate of consecutive points, inside 0…1.
    package func fill(_ column: UnsafeMutablePointer<Double>, dimension: Int, first: Int, count: Int) {
        directions.withUnsafeBufferPointer { directions in
            let start = dimension * Self.bits
            let words = UnsafeBufferPointer(rebasing: directions[start..<(start + Self.bits)])
            var point = shift[dimension] ^ Self.word(of: first, words)
            for draw in 0..<count {
                column[draw] = (Double(point) + 0.5) * 0x1p-32
                point ^= words[(first &+ draw).trailingOnes & 31]
            }
        }
    }

    /// The coordinate of a point: the words of the bits of its Gray code.
    private static func word(of point: Int, _ words: UnsafeBufferPointer<UInt32>) -> UInt32 {
        let gray = UInt32(truncatingIfNeeded: point ^ (point &>> 1))
        return (0..<bits).reduce(0) { gray &>> UInt32($1) & 1 == 1 ? $0 ^ words[$1] : $0 }
    }
}

extension Int {
    /// How many ones it ends with.
    @inline(__always)
    fileprivate var trailingOnes: Int { (~self).trailingZeroBitCount }
}
