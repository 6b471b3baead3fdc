/// How long until the money is back.
///
/// It is the moment from which the sum of all flows is no longer negative, interpolated linearly within its month. Past
/// the horizon the last month's flow is carried on, up to ``longest``: what would take longer is not called a payback.
package enum Payback {
    /// How far the last month's flow is carried on: ten years after the start, in months.
    package static let longest = 120.0

    /// Months until the flows have paid back.
    ///
    /// - Parameter flows: net flows of the months from 0, in USD.
    /// - Returns: `nil` where that never happens.
    package static func months(of flows: [Double]) -> Double? {
        var (known, sum) = (0.0, 0.0)
        for (month, flow) in flows.enumerated() {
            known = crossing(known: known, before: sum, after: sum + flow, month: Double(month))
            sum += flow
        }
        let result = carriedOn(known: known, sum: sum, net: flows.last ?? 0, horizon: Double(flows.count - 1))
        return result.isFinite ? result : nil
    }

    /// What is known of the payback after a month: infinite while the sum is negative.
    @inline(__always)
    static func crossing(known: Double, before: Double, after: Double, month: Double) -> Double {
        // All of it is computed and one is chosen, so that a column needs no branch.
        let reached = month - after / (after - before)
        let settled = before < 0 ? reached : known
        return after < 0 ? .infinity : settled
    }

    /// The payback, with the last month's flow carried on past the horizon.
    @inline(__always)
    static func carriedOn(known: Double, sum: Double, net: Double, horizon: Double) -> Double {
        if known.isFinite { return known }
        let months = horizon - sum / net
        return net > 0 && months <= longest ? months : .infinity
    }
}
