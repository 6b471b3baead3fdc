/// The ways to spend less, with what each needs to know.
package enum LeverKind: String, Sendable, CaseIterable {
    case semanticCache = "semantic_cache"
    case routing
    case promptOptimisation = "prompt_optimisation"
    case providerCaching = "provider_caching"
    case batch
    case flex
    case reasoningEffort = "reasoning_effort"
    case outputLimits = "output_limits"

    /// For people.
    var label: String {
        switch self {
        case .semanticCache: "Semantic cache"
        case .routing: "Model routing"
        case .promptOptimisation: "Shorter prompts"
        case .providerCaching: "Provider prompt caching"
        case .batch: "Batch tier"
        case .flex: "Flex tier"
        case .reasoningEffort: "Less reasoning"
        case .outputLimits: "Output limits"
        }
    }

    /// A number that a lever needs.
    struct Parameter {
        let name: String
        let range: ClosedRange<Double>
        /// Its value where it is not stated; `nil` where it has to be.
        let standard: Double?
        /// Whether its claim depends on it, so that it is solved for.
        let carriesClaim: Bool

        init(_ name: String, _ range: ClosedRange<Double> = 0...1, standard: Double? = nil, carriesClaim: Bool = false)
        {
            (self.name, self.range, self.standard, self.carriesClaim) = (name, range, standard, carriesClaim)
        }
    }

    /// The numbers, in the order in which ``effect(of:)`` takes them.
    var parameters: [Parameter] {
        switch self {
        case .semanticCache:
            [
                Parameter("eligible_share"), Parameter("hit_share", standard: 1, carriesClaim: true),
                Parameter("cost_weight", 0...10, standard: 1), Parameter("embedding_cost_ratio", standard: 0),
                Parameter("judge_cost_ratio", standard: 0),
            ]
        case .routing:
            [
                Parameter("routable_share", carriesClaim: true), Parameter("price_reduction", carriesClaim: true),
                Parameter("acceptance_share", standard: 1, carriesClaim: true),
                Parameter("token_ratio", 0...10, standard: 1), Parameter("escalation_share", standard: 0),
                Parameter("shadow_share", standard: 0), Parameter("judge_cost_ratio", standard: 0),
                Parameter("lost_cache_share", standard: 0),
            ]
        case .promptOptimisation:
            [Parameter("token_reduction", carriesClaim: true), Parameter("share", standard: 1)]
        case .providerCaching:
            [
                Parameter("prefix_share"), Parameter("reuse_share", carriesClaim: true),
                Parameter("read_factor", standard: 0.1), Parameter("write_factor", 1...10, standard: 1.25),
            ]
        case .batch, .flex:
            [Parameter("share", carriesClaim: true), Parameter("discount", standard: 0.5)]
        case .reasoningEffort:
            [
                Parameter("reasoning_share"), Parameter("reduction", carriesClaim: true),
                Parameter("share", standard: 1),
            ]
        case .outputLimits: [Parameter("reduction", carriesClaim: true), Parameter("share", standard: 1)]
        }
    }

    /// What is left of the spend, and what the lever itself costs.
    ///
    /// Each lever is a factor on what the others leave, so their order does not matter. Formulas and sources:
    /// docs/methods/savings-levers.md.
    func effect(of p: [Double]) -> LeverEffect {
        switch self {
        case .semanticCache:
            let hits = min(p[0] * p[1] * p[2], 1)
            return LeverEffect(all: 1 - hits, ownCost: p[3] + p[0] * p[1] * p[4])
        case .routing:
            let routed = p[0] * p[2]
            // The cheap model's own tokens; then those that go on to the dear one, shadows, judges, lost prefixes.
            let left = (1 - p[1]) * p[3] + p[4] + p[5] + p[6] + p[7]
            return LeverEffect(all: 1 - routed + routed * left)
        case .promptOptimisation: return LeverEffect(input: 1 - p[0] * p[1])
        case .providerCaching: return LeverEffect(input: 1 - p[0] + p[0] * (p[1] * p[2] + (1 - p[1]) * p[3]))
        case .batch, .flex: return LeverEffect(all: 1 - p[0] * p[1])
        case .reasoningEffort: return LeverEffect(output: 1 - p[2] * p[0] * p[1])
        case .outputLimits: return LeverEffect(output: 1 - p[1] * p[0])
        }
    }

    /// The published simple form, as a share of the spend; `nil` for levers that the published framework does not have.
    func published(_ p: [Double], inputShare: Double) -> Double? {
        switch self {
        // spend × cache_hit_rate × (1 − embedding_cost_ratio), with eligible × hit as the hit rate
        case .semanticCache: p[0] * p[1] * (1 - p[3])
        // Σ req_share × (premium_cost − routed_cost)
        case .routing: p[0] * p[1]
        // avg_input_tokens × token_reduction × $/token
        case .promptOptimisation: inputShare * p[0]
        default: nil
        }
    }
}

/// What a lever leaves of the spend.
struct LeverEffect: Sendable, Hashable {
    /// The factor on the cost of input.
    let input: Double
    /// The factor on the cost of output.
    let output: Double
    /// What the lever itself costs, as a share of the spend before all levers.
    let ownCost: Double

    init(input: Double = 1, output: Double = 1, ownCost: Double = 0) {
        (self.input, self.output, self.ownCost) = (input, output, ownCost)
    }

    init(all: Double, ownCost: Double = 0) { self.init(input: all, output: all, ownCost: ownCost) }
}
