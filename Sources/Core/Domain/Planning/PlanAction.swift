/// What a rule does.
package enum PlanAction: Sendable, Hashable {
    /// Answer repeated prompts from a cache.
    case cache(CacheTerms)
    /// Send requests to another model.
    case route(RouteTerms)
    /// Send fewer input tokens.
    case shorten(ReductionTerms)
    /// Let the model think or write less.
    case limitOutput(ReductionTerms)
    /// Arrange prompts so that the provider's cache reads them.
    case alignPrefix(PrefixTerms)
    /// Buy the tokens in another tier.
    case tier(TierTerms)

    /// The lever that it pulls.
    package var lever: Plan.Lever {
        switch self {
        case .cache(let terms): terms.match == .semantic ? .semanticCache : .exactCache
        case .route: .routing
        case .shorten: .promptOptimisation
        case .limitOutput: .outputReduction
        case .alignPrefix: .promptCaching
        case .tier: .serviceTier
        }
    }
}

/// Fewer tokens.
package struct ReductionTerms: Sendable, Hashable {
    /// The share of tokens that is spared, a fraction.
    package var reduction: Double
    /// Whether only reasoning tokens are meant.
    package var isReasoning = false

    /// Creates terms.
    package init(reduction: Double) { self.reduction = reduction }
}

/// How prefixes are cached by the provider.
package struct PrefixTerms: Sendable, Hashable {
    /// When prefixes are written.
    package enum Writes: String, Sendable, CaseIterable {
        /// The provider caches by itself and charges nothing for it.
        case automatic
        /// Every miss is written, at the provider's price of a write.
        case every
        /// Only prefixes that came before are written: those whose reuse is likely.
        case predicted
    }

    /// The provider's time to live, in microseconds.
    package var timeToLive: Int64 = 300_000_000
    /// When prefixes are written.
    package var writes = Writes.automatic
    /// Prefixes shorter than this are not cached.
    package var leastTokens: Int64 = 1_024

    /// Creates the usual terms.
    package init() {}
}

/// Another tier.
package struct TierTerms: Sendable, Hashable {
    /// The price book's name of the tier: `batch`, `flex`.
    package var tier: String
    /// The share of matching requests that can wait for it, a fraction.
    package var share = 1.0

    /// Creates terms.
    package init(tier: String) { self.tier = tier }
}
