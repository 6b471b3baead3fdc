internal import Statistics

/// What the levers come to, with intervals and what would have to be true.
struct LeverResults {
    /// A lever in its place.
    struct Row {
        let lever: LeverModel.Lever
        /// The published form, a share of the spend.
        let published: Double?
        /// By itself, USD a month.
        let alone: Double
        /// On what those before it leave, USD a month.
        let inPlan: Double
        /// Eight draws in ten lie between; `nil` where no parameter of any lever has a range.
        let interval: ClosedRange<Double>?
        /// Months until building it is paid back; `nil` where it never is.
        let paybackMonths: Double?
        /// Now, later or never.
        let timing: TimingDecision
    }

    /// The value that one parameter would need for the claimed saving, all others as assumed.
    struct Requirement {
        let lever: LeverKind
        let parameter: String
        let assumed: Double
        /// For the lower and the upper end of the claim.
        let values: (low: Need, high: Need)
    }

    /// What a parameter would have to be.
    enum Need: Hashable {
        /// At least this.
        case value(Double)
        /// Nothing: the others reach the claim without it.
        case nothing
        /// No value is enough.
        case impossible

        /// The value, where there is one.
        var value: Double? {
            if case .value(let value) = self { return value }
            return nil
        }

        /// For programs.
        var word: String {
            switch self {
            case .value: "value"
            case .nothing: "not_needed"
            case .impossible: "impossible"
            }
        }
    }

    let rows: [Row]
    let blended: Double
    let interval: ClosedRange<Double>?
    /// The median of the draws.
    let median: Double?
    let requirements: [Requirement]

    /// How many draws the intervals rest on.
    static let draws = 8_192

    init(_ model: LeverModel) {
        let order = model.order
        let steps = model.steps(order, model.base)
        let drawn = Self.draw(model, order)
        blended = model.blendedShare
        let shares = drawn.map { $0.map { $0.reduce(0, +) / model.spend } }
        interval = shares.flatMap(Self.interval)
        median = shares.flatMap { Quantiles.values(atShares: [0.5], of: $0)[0] }
        rows = order.indices.map { place in
            let lever = model.levers[order[place]]
            return Row(
                lever: lever, published: model.published(order[place]), alone: model.alone(order[place], model.base),
                inPlan: steps[place], interval: drawn.flatMap { Self.interval($0.map { $0[place] }) },
                paybackMonths: steps[place] > 0 ? lever.implementationCost / steps[place] : nil,
                timing: TimingDecision(
                    cost: lever.implementationCost, saving: steps[place] + lever.monthlyCost,
                    running: lever.monthlyCost, path: model.path))
        }
        requirements = Self.requirements(model)
    }

    /// The steps of many draws of what is uncertain.
    private static func draw(_ model: LeverModel, _ order: [Int]) -> [[Double]]? {
        let beliefs = model.levers.map { $0.parameters.map(\.belief) }
        guard beliefs.contains(where: { $0.contains { !$0.isConstant } }) else { return nil }
        var random = SeededRandom(seed: 1)
        let samplers = beliefs.map { $0.map { DistributionSampler($0) } }
        return (0..<draws).map { _ in
            let values = samplers.map { row in row.map { $0.value(atShare: random.positiveUnit() * (1 - 0x1p-52)) } }
            return model.steps(order, values)
        }
    }

    private static func interval(_ values: [Double]) -> ClosedRange<Double>? {
        let ends = Quantiles.values(atShares: [0.1, 0.9], of: values)
        guard let low = ends[0], let high = ends[1] else { return nil }
        return low...max(low, high)
    }

    private static func requirements(_ model: LeverModel) -> [Requirement] {
        guard let claim = model.claim else { return [] }
        return model.levers.indices.flatMap { lever in
            model.levers[lever].kind.parameters.indices.compactMap { position -> Requirement? in
                let parameter = model.levers[lever].kind.parameters[position]
                guard parameter.carriesClaim else { return nil }
                func saving(_ value: Double) -> Double {
                    var values = model.base
                    values[lever][position] = value
                    return model.share(values)
                }
                func needed(_ share: Double) -> Need {
                    let range = parameter.range
                    if saving(range.lowerBound) >= share { return .nothing }
                    let root = Bisection.root(from: range.lowerBound, to: range.upperBound) { saving($0) - share }
                    return root.map { .value($0) } ?? .impossible
                }
                return Requirement(
                    lever: model.levers[lever].kind, parameter: parameter.name, assumed: model.base[lever][position],
                    values: (needed(claim.lowerBound), needed(claim.upperBound)))
            }
        }
    }
}
