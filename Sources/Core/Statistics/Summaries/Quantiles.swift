/// Quantiles of a sample.
package enum Quantiles {
    /// The value below which a share `p` lies, interpolated linearly between order statistics (type 7 of Hyndman and
    /// Fan, 1996); `nil` of nothing, and where it falls on or beside an infinite value.
    ///
    /// - Parameter sorted: values in ascending order.
    package static func value(atShare p: Double, ofSorted sorted: [Double]) -> Double? {
        guard let last = sorted.indices.last else { return nil }
        let place = p * Double(last)
        let below = Int(place)
        let low = sorted[below]
        let high = sorted[min(below + 1, last)]
        let share = place - Double(below)
        let value = share == 0 ? low : low + share * (high - low)
        return value.isFinite ? value : nil
    }
}
