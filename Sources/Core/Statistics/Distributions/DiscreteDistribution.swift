/// Chooses positions by weight in constant time: Walker's alias method, with the table built as Vose (1991) does.
package struct DiscreteDistribution: Sendable {
    /// Per column, the probability of staying in it.
    private let staying: [Double]
    /// Per column, the position that is taken otherwise.
    private let alias: [Int]

    /// Creates the distribution over the positions of `weights`.
    ///
    /// - Parameter weights: at least one, none negative, with a positive sum; they need not add up to 1.
    package init(weights: [Double]) {
        let sum = weights.reduce(0, +)
        precondition(sum > 0, "The weights of a distribution must have a positive sum.")
        var scaled = weights.map { $0 / sum * Double(weights.count) }
        var staying = [Double](repeating: 1, count: weights.count)
        var alias = Array(weights.indices)
        var small = weights.indices.filter { scaled[$0] < 1 }
        var large = weights.indices.filter { scaled[$0] >= 1 }
        while let poor = small.last, let rich = large.last {
            small.removeLast()
            staying[poor] = scaled[poor]
            alias[poor] = rich
            scaled[rich] -= 1 - scaled[poor]
            if scaled[rich] < 1 {
                large.removeLast()
                small.append(rich)
            }
        }
        self.staying = staying
        self.alias = alias
    }

    /// How many positions there are.
    package var count: Int { staying.count }

    /// A position in 0 ..< `count`.
    package func sample(using random: inout SeededRandom) -> Int {
        let column = random.below(staying.count)
        return random.unit() < staying[column] ? column : alias[column]
    }
}
