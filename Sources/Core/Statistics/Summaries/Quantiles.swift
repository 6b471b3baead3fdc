/// Quantiles of a sample.
package enum Quantiles {
    /// The value below which a share `p` lies, interpolated linearly between order statistics (type 7 of Hyndman and
    /// Fan, 1996); `nil` of nothing, and where it falls on or beside an infinite value.
    ///
    /// - Parameter sorted: values in ascending order.
    package static func value(atShare p: Double, ofSorted sorted: [Double]) -> Double? {
        value(atShare: p, count: sorted.count) { sorted[$0] }
    }

    /// The same of values that are sorted part by part.
    package static func value(atShare p: Double, ofSortedParts parts: [[Double]]) -> Double? {
        value(atShare: p, count: parts.reduce(0) { $0 + $1.count }) { orderStatistic($0, of: parts) }
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

    /// The value with so many before it in the order of all parts, found by bisection over the order of numbers.
    private static func orderStatistic(_ rank: Int, of parts: [[Double]]) -> Double {
        var (low, high) = (UInt64.min, UInt64.max)
        while low < high {
            let middle = low + (high - low) / 2
            let value = Double(order: middle)
            if parts.reduce(0, { $0 + $1.count(atMost: value) }) > rank { high = middle } else { low = middle + 1 }
        }
        return Double(order: low)
    }
}

extension [Double] {
    /// How many values are at most a given one; the values are in ascending order.
    fileprivate func count(atMost value: Double) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle] <= value { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension Double {
    /// The number at a place in the order of all numbers: their bits, with those of negative ones turned round.
    fileprivate init(order: UInt64) {
        let sign = UInt64(1) << 63
        self.init(bitPattern: order & sign == 0 ? ~order : order ^ sign)
    }
}
