/// What to do about what was found: advice, and rules that decide requests.
///
/// The audit writes advice (what could be done about the dearest templates); rules are replayed against recorded traffic
/// by the savings model and executed by the gateway, both through the same policy.
package struct Plan: Sendable, Hashable {
    /// The version of this shape, kept in stored plans.
    package static let formatVersion = 1
    /// What it is called.
    package var name = ""
    /// Advice, the most valuable first.
    package var actions: [Action] = []
    /// Rules; for each kind of action the first that matches a request decides.
    package var rules: [PlanRule] = []
    /// Which requests are left untouched, to measure against.
    package var holdout = Holdout()
    /// What each feature would use without any optimisation, frozen: the reference that savings are measured against
    /// when application code has changed.
    package var reference: [ReferenceUse] = []
    /// Service tiers and providers that are paid for whether they are used or not; savings there free commitment.
    package var commitments: Set<String> = []
    /// How many answers of a feature all rules together may spoil; at most one entry a feature.
    package var errorBudgets: [ErrorAllowance] = []

    /// Creates a plan.
    package init(actions: [Action] = []) { self.actions = actions }

    /// A random share of requests that no lever touches.
    package struct Holdout: Sendable, Hashable {
        /// The share of each customer's units, a fraction.
        package var share = 0.0
        /// Another salt draws another holdout.
        package var salt = "payback"

        /// Creates a holdout of nothing.
        package init() {}
    }

    /// How many answers of a feature may be spoilt.
    package struct ErrorAllowance: Sendable, Hashable {
        /// The feature.
        package var feature: String
        /// The share of its answers, a fraction.
        package var allowedShare: Double

        /// Creates an allowance.
        package init(feature: String, allowedShare: Double) {
            (self.feature, self.allowedShare) = (feature, allowedShare)
        }
    }

    /// What a request of a feature would use: model and tokens, at today's prices.
    package struct ReferenceUse: Sendable, Hashable {
        /// The feature.
        package var feature: String
        /// Who bills.
        package var provider: String
        /// The model.
        package var model: String
        /// Input tokens a request.
        package var inputTokens: Int64
        /// Output tokens a request.
        package var outputTokens: Int64

        /// Creates a reference.
        package init(feature: String, provider: String, model: String, inputTokens: Int64, outputTokens: Int64) {
            (self.feature, self.provider, self.model) = (feature, provider, model)
            (self.inputTokens, self.outputTokens) = (inputTokens, outputTokens)
        }
    }

    /// One thing that can be done.
    package struct Action: Sendable, Hashable {
        /// Which lever it pulls.
        package var lever: Lever
        /// What it is about: a template id, a model, a feature.
        package var subject: String
        /// What to do, in one sentence.
        package var advice: String
        /// The most that it could save over the audited period; an upper bound, not a forecast.
        package var upperBound: NanoUSD

        /// Creates an action.
        package init(lever: Lever, subject: String, advice: String, upperBound: NanoUSD) {
            (self.lever, self.subject, self.advice, self.upperBound) = (lever, subject, advice, upperBound)
        }
    }

    /// The ways to spend less.
    package enum Lever: String, Sendable, CaseIterable {
        /// Answer repeated prompts from a cache.
        case exactCache = "exact_cache"
        /// Answer prompts that mean the same from a cache.
        case semanticCache = "semantic_cache"
        /// Buy the same tokens in a cheaper tier: batch, flex.
        case serviceTier = "service_tier"
        /// Let models think and write less.
        case outputReduction = "output_reduction"
        /// Arrange prompts so that the provider's own cache reads them.
        case promptCaching = "prompt_caching"
        /// Send fewer tokens.
        case promptOptimisation = "prompt_optimisation"
        /// Let a cheaper model answer where quality holds.
        case routing = "routing"
        /// Stop paying for calls that fail.
        case reliability = "reliability"
        /// Find out who the spend is for.
        case attribution = "attribution"
    }
}
