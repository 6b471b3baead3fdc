/// The middle of values and how far they stray from it, neither moved by a few wild ones.
struct RobustSpread {
    /// The median; between two values their mean, rounded towards zero.
    let median: Int64
    /// 1.4826 × the median absolute deviation from the median: a standard deviation where values are normal.
    let deviation: Double

    /// Of nothing both are 0.
    init(_ values: [Int64]) {
        let middle = Self.median(values)
        median = middle
        deviation = 1.4826 * Double(Self.median(values.map { abs($0 - middle) }))
    }

    /// The median alone.
    static func median(_ values: [Int64]) -> Int64 {
        let sorted = values.sorted()
        let middle = sorted.count / 2
        guard !sorted.isEmpty else { return 0 }
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }
}
