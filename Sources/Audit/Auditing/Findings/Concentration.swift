package import Documents
package import Domain

/// How much of the spend sits on the few dearest groups.
package struct Concentration: Sendable {
    /// How many groups there are.
    package let groups: Int
    /// The share of the dearest one, three and ten; absent where nothing was spent.
    package let topOne: Double?
    /// The share of the dearest three.
    package let topThree: Double?
    /// The share of the dearest ten.
    package let topTen: Double?

    /// Measures the concentration of groups that are sorted by cost.
    package init(_ sorted: [SpendGroup], total: NanoUSD) {
        let named = sorted.filter { $0.name != nil }
        groups = named.count
        topOne = Self.share(named, 1, total)
        topThree = Self.share(named, 3, total)
        topTen = Self.share(named, 10, total)
    }

    private static func share(_ groups: [SpendGroup], _ count: Int, _ total: NanoUSD) -> Double? {
        groups.prefix(count).reduce(NanoUSD.zero) { $0 + $1.measures.cost }.share(of: total)
    }

    /// The shares under their names in JSON.
    package var json: JSONOutput {
        [
            "groups": .integer(Int64(groups)), "top_1_share": .fraction(topOne), "top_3_share": .fraction(topThree),
            "top_10_share": .fraction(topTen),
        ]
    }
}
