internal import CBoostMath

/// Points that fill a cube more evenly than random ones: Sobol's sequence with the direction numbers of Joe and Kuo
/// (2008), shifted digitally by random words so that averages are unbiased (Cranley and Patterson's idea, base 2).
package struct SobolSequence: Sendable {
    /// How many coordinates a point has.
    package let dimensions: Int
    private let shift: [UInt32]

    /// Creates the sequence without a shift.
    ///
    /// - Parameter dimensions: up to ``mostDimensions``.
    package init(dimensions: Int) {
        self.dimensions = dimensions
        shift = Array(repeating: 0, count: dimensions)
    }

    /// Creates the sequence with a random shift.
    package init(dimensions: Int, shiftedBy random: inout SeededRandom) {
        self.dimensions = dimensions
        shift = (0..<dimensions).map { _ in UInt32(truncatingIfNeeded: random.next() &>> 32) }
    }

    /// The most coordinates that a point may have.
    package static var mostDimensions: Int { Int(payback_sobol_most_dimensions()) }

    /// Writes coordinates of consecutive points, all inside 0…1, into columns, one for each dimension.
    ///
    /// - Parameters:
    ///   - first: the number of the first point.
    ///   - columns: each `stride` numbers behind the one before.
    ///   - stride: at least `count`.
    package func fill(_ columns: UnsafeMutablePointer<Double>, first: Int, count: Int, stride: Int) {
        if dimensions == 0 { return }
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: dimensions * count) { points in
            guard let start = points.baseAddress else { return }
            let failure = payback_sobol_points(UInt32(dimensions), UInt64(first), count, start)
            precondition(failure == 0, "A sequence of Sobol's has at most \(Self.mostDimensions) dimensions.")
            for dimension in 0..<dimensions {
                let word = shift[dimension]
                let column = columns + dimension * stride
                for draw in 0..<count {
                    column[draw] = (Double(points[draw &* dimensions &+ dimension] ^ word) + 0.5) * 0x1p-32
                }
            }
        }
    }
}
