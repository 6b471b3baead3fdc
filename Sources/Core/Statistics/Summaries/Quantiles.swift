/// Quantiles of a sample.
package enum Quantiles {
    /// The value below which a share `p` lies, interpolated linearly between order statistics (type 7 of Hyndman and
    /// Fan, 1996); `nil` of nothing, and where it falls on or beside an infinite value.
    ///
    /// - Parameter sorted: values in ascending order.
    package static func value(atShare p: Double, ofSorted sorted: [Double]) -> Double? {
        value(atShare: p, count: sorted.count) { sorted[$0] }
    }

    /// Several quantiles of values in any order, by selection instead of sorting.
    ///
    /// - Parameter shares: ascending.
    package static func values(atShares shares: [Double], of values: [Double]) -> [Double?] {
        var values = values
        return values.withUnsafeMutableBufferPointer { values in
            var first = 0
            return shares.map { share in
                value(atShare: share, count: values.count) { rank in
                    // What lies before an earlier quantile is in its place already.
                    Selection.place(rank, in: values, from: min(first, rank))
                    first = rank
                    return values[rank]
                }
            }
        }
    }

    private static func value(atShare p: Double, count: Int, _ statistic: (Int) -> Double) -> Double? {
        guard count > 0 else { return nil }
        let place = p * Double(count - 1)
        let below = Int(place)
        let low = statistic(below)
        let high = statistic(min(below + 1, count - 1))
        let share = place - Double(below)
        let value = share == 0 ? low : low + share * (high - low)
        return value.isFinite ? value : nil
    }
}

/// Puts one value where it would stand if all were sorted (Hoare, 1961).
private enum Selection {
    /// Afterwards no value before `rank` is greater, and none behind it smaller.
    ///
    /// - Parameter from: all before are known to be in front of the rest.
    static func place(_ rank: Int, in values: UnsafeMutableBufferPointer<Double>, from: Int) {
        var (low, high) = (from, values.count - 1)
        while low < high {
            let pivot = median(values[low], values[low + (high - low) / 2], values[high])
            var (left, right) = (low, high)
            while left <= right {
                while values[left] < pivot { left += 1 }
                while values[right] > pivot { right -= 1 }
                if left <= right {
                    values.swapAt(left, right)
                    left += 1
                    right -= 1
                }
            }
            if rank <= right { high = right } else if rank >= left { low = left } else { return }
        }
    }

    private static func median(_ a: Double, _ b: Double, _ c: Double) -> Double { max(min(a, b), min(max(a, b), c)) }
}
