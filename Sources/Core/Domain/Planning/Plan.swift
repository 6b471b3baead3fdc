/// What to do about what was found: the actions that save, in order of their return.
///
/// The audit writes the first entries (what could be done about the dearest templates); the savings model will weigh
/// them and the gateway execute them.
package struct Plan: Sendable, Hashable {
    /// The version of this shape, kept in stored plans.
    package static let formatVersion = 1
    /// Actions, the most valuable first.
    package var actions: [Action] = []

    /// Creates a plan.
    package init(actions: [Action] = []) { self.actions = actions }

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
