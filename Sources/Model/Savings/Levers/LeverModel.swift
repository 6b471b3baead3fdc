package import Inputs
internal import JSONScan

/// What levers would save together: each on what the others leave, net of what it costs, ordered by its return.
package struct LeverModel: SavingsModel {
    /// USD a month as things are.
    package let spend: Double
    /// The share of it that is input.
    let inputShare: Double
    let levers: [Lever]
    /// A saving that somebody claims, as a range of fractions.
    let claim: ClosedRange<Double>?
    let path: PricePath
    let name: String?
    /// Where the numbers are from, where the file says so.
    let source: String?

    /// A lever with its numbers.
    struct Lever: Sendable {
        let kind: LeverKind
        let parameters: [Uncertain]
        /// USD, once.
        let implementationCost: Double
        /// USD a month, whatever the traffic.
        let monthlyCost: Double
    }

    /// The built-in example, as a file.
    package static let example = """
        # The published worked example: 40,000 USD a month, 35 % cache-eligible, 60 % routable at 80 % less,
        # prompts 15 % shorter. The costs of building are assumptions of this example.
        monthly_spend: 40000
        input_share: 0.5
        claimed_saving: {low: 0.58, high: 0.65}
        levers:
          semantic_cache:
            eligible_share: 0.35
            hit_share: {value: 1, low: 0.2, high: 1}
            implementation_cost: 30000
          routing:
            routable_share: 0.60
            price_reduction: 0.80
            acceptance_share: {value: 1, low: 0.5, high: 1}
            implementation_cost: 40000
          prompt_optimisation:
            token_reduction: 0.15
            implementation_cost: 10000
        """

    /// Reads a file.
    ///
    /// - Throws: everything that is wrong, with file, line and key.
    package init(_ document: YAMLDocument) throws(RefusedInput) {
        let root = InputSection.root(
            document,
            allowing: ["name", "source", "monthly_spend", "input_share", "claimed_saving", "levers"] + PricePath.keys)
        name = root.text("name")
        source = root.text("source")
        spend = root.needed("monthly_spend", 0...1e12)
        inputShare = root.needed("input_share", 0...1)
        path = PricePath(root)
        claim = Self.claim(root.section("claimed_saving"))
        let section = root.section("levers")
        section.allow(LeverKind.allCases.map(\.rawValue))
        if section.value.members.isEmpty { root.complain("levers", "at least one lever was expected") }
        levers = LeverKind.allCases.compactMap { kind in
            section.value[kind.rawValue] == nil ? nil : Self.lever(kind, section.section(kind.rawValue))
        }
        if spend <= 0 { root.complain("monthly_spend", "an amount above 0 was expected") }
        try root.context.check()
    }

    private static func claim(_ section: InputSection) -> ClosedRange<Double>? {
        if section.value == .null { return nil }
        section.allow(["low", "high"])
        let (low, high) = (section.needed("low", 0...1), section.needed("high", 0...1))
        guard low <= high else {
            section.complain("low", "a fraction of at most high (\(high)) was expected")
            return nil
        }
        return low...high
    }

    private static func lever(_ kind: LeverKind, _ section: InputSection) -> Lever {
        section.allow(kind.parameters.map(\.name) + ["implementation_cost", "monthly_cost"])
        return Lever(
            kind: kind,
            parameters: kind.parameters.map { Uncertain(section, $0.name, $0.range, standard: $0.standard) },
            implementationCost: section.fraction("implementation_cost", 0...1e12) ?? 0,
            monthlyCost: section.fraction("monthly_cost", 0...1e12) ?? 0)
    }

    // MARK: Evaluation

    /// Values of all parameters, lever by lever.
    typealias Values = [[Double]]

    /// The best guesses.
    var base: Values { levers.map { $0.parameters.map(\.base) } }

    /// What is left to pay a month with some of the levers, their own cost included, USD.
    func cost(with active: [Int], _ values: Values, inputShare: Double? = nil) -> Double {
        let share = inputShare ?? self.inputShare
        var (input, output, own) = (share, 1 - share, 0.0)
        for position in active {
            let effect = levers[position].kind.effect(of: values[position])
            input *= effect.input
            output *= effect.output
            own += effect.ownCost * spend + levers[position].monthlyCost
        }
        return spend * (input + output) + own
    }

    /// What a lever saves by itself, USD a month.
    func alone(_ position: Int, _ values: Values) -> Double { spend - cost(with: [position], values) }

    /// The levers, the highest return on building it first; of equal returns the larger saving.
    var order: [Int] {
        levers.indices.sorted { a, b in
            let (first, second) = (annualReturn(a), annualReturn(b))
            return first == second ? alone(a, base) > alone(b, base) : first > second
        }
    }

    /// A year's saving over the cost of building it.
    private func annualReturn(_ position: Int) -> Double {
        let (saving, cost) = (12 * alone(position, base), levers[position].implementationCost)
        return cost > 0 ? saving / cost : saving > 0 ? .infinity : -.infinity
    }

    /// What each lever adds to those before it, in their order, USD a month; the sum is what all of them save.
    func steps(_ order: [Int], _ values: Values) -> [Double] {
        var before = spend
        return order.indices.map { step in
            let after = cost(with: Array(order[...step]), values)
            defer { before = after }
            return before - after
        }
    }

    /// What all levers save, as a share of the spend.
    package var blendedShare: Double { share(base) }

    func share(_ values: Values, inputShare: Double? = nil) -> Double {
        1 - cost(with: Array(levers.indices), values, inputShare: inputShare) / spend
    }

    /// The published form of each lever, as a share of the spend.
    func published(_ position: Int) -> Double? {
        levers[position].kind.published(base[position], inputShare: inputShare)
    }
}
