extension NanoUSD {
    /// Parts in proportion to weights that sum to the amount to the nano-dollar, by the largest remainder (Hamilton's
    /// method): each part is rounded down, and what that leaves goes, a nano-dollar each, to those that lost most; of equal
    /// losses the first comes first.
    ///
    /// - Parameter weights: of any unit; negative ones count as 0.
    /// - Returns: a part for each weight; `nil` where all weights are 0.
    package func split(by weights: [Int128]) -> [NanoUSD]? {
        var weights = weights.map { max(0, $0) }
        // With both below 2⁶³ their product fits.
        while weights.reduce(0, +) > Int128(Int64.max) { weights = weights.map { $0 >> 1 } }
        let sum = weights.reduce(0, +)
        guard sum > 0 else { return nil }
        let amount = Int128(nanos.magnitude)
        let shares = weights.map { (amount * $0).quotientAndRemainder(dividingBy: sum) }
        let left = Int(amount - shares.reduce(0) { $0 + $1.quotient })
        let losers = shares.indices.sorted { a, b in
            shares[a].remainder != shares[b].remainder ? shares[a].remainder > shares[b].remainder : a < b
        }
        var parts = shares.map(\.quotient)
        for position in losers.prefix(left) { parts[position] += 1 }
        return parts.map { NanoUSD(nanos: Int64(truncatingIfNeeded: nanos < 0 ? -$0 : $0)) }
    }
}
