/// A rule of a plan: for which requests, what to do, and how well it is proven.
package struct PlanRule: Sendable, Hashable {
    /// What it is called; unique within its plan.
    package var name: String
    /// Whether it acts.
    package var state: LeverState = .on
    /// Which requests it is about.
    package var selector = RequestSelector()
    /// What to do.
    package var action: PlanAction
    /// What judges said of answers under it; absent where nobody looked.
    package var evidence: JudgedSample?
    /// What it is expected to save a month, where a replay said so.
    package var predictedMonthly: NanoUSD?

    /// Creates a rule.
    package init(name: String, action: PlanAction) { (self.name, self.action) = (name, action) }
}

/// How far a lever is trusted.
package enum LeverState: String, Sendable, CaseIterable {
    /// It does nothing.
    case off
    /// It is tried beside the answer, which stays as asked.
    case shadow
    /// It acts for a small share of requests.
    case canary
    /// It acts.
    case on
    /// It acted, and was taken back.
    case rolledBack = "rolled_back"
}

/// Which requests; an empty set means any.
package struct RequestSelector: Sendable, Hashable {
    /// Features.
    package var features: Set<String> = []
    /// Customers.
    package var customers: Set<String> = []
    /// Teams.
    package var teams: Set<String> = []
    /// Environments.
    package var environments: Set<String> = []
    /// Providers, by their canonical names.
    package var providers: Set<String> = []
    /// Models as asked for.
    package var models: Set<String> = []
    /// Templates.
    package var templates: Set<String> = []
    /// Total input tokens.
    package var inputTokens: ClosedRange<Int64> = 0...Int64.max

    /// Creates a selector of everything.
    package init() {}
}

/// What judges said of a sample of answers.
package struct JudgedSample: Sendable, Hashable {
    /// How many were judged.
    package var judged: Int
    /// How many of them were worse than they may be.
    package var wrong: Int
    /// Who judged.
    package var judge: String

    /// Creates a sample.
    package init(judged: Int, wrong: Int, judge: String) {
        (self.judged, self.wrong, self.judge) = (judged, wrong, judge)
    }
}

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

/// How a cache answers.
package struct CacheTerms: Sendable, Hashable {
    /// What counts as the same prompt.
    package enum Match: String, Sendable, CaseIterable {
        /// Byte for byte.
        case exact
        /// After folding case and white space.
        case normalised
        /// What means the same: needs embeddings, guards and a gate.
        case semantic
    }

    /// Who shares answers.
    package enum Scope: String, Sendable, CaseIterable {
        /// One customer.
        case customer
        /// One credential.
        case credential
        /// Everybody. Only for answers that are the same for all.
        case everyone
    }

    /// What counts as the same.
    package var match = Match.exact
    /// Who shares answers.
    package var scope = Scope.customer
    /// How long an answer may be served, in microseconds.
    package var timeToLive: Int64 = 86_400_000_000
    /// How many answers are kept at most; the least recently used goes first.
    package var entries = 100_000
    /// What each look-up costs (an embedding), hit or miss.
    package var lookupCost = NanoUSD.zero
    /// The least similarity that a semantic match needs, a cosine.
    package var similarity = 0.95
    /// Which encoder the similarity is of: thresholds do not carry over.
    package var encoder = ""

    /// Creates the usual terms.
    package init() {}
}

/// Where requests go instead.
package struct RouteTerms: Sendable, Hashable {
    /// Who bills for the other model.
    package var provider: String
    /// The other model.
    package var model: String
    /// The share of matching requests that go there, a fraction; the same request always decides alike.
    package var share = 1.0
    /// The other model's tokens for the same text, as a ratio to the model's asked for.
    package var tokenRatio = 1.0
    /// The share that a checker sends on to the model asked for, a fraction.
    package var escalationShare = 0.0
    /// The share that the model asked for answers as well, to compare, a fraction.
    package var shadowShare = 0.0
    /// What a judge costs for each compared answer.
    package var judgeCost = NanoUSD.zero
    /// The most that answers may be worse, a fraction of answers: the quality floor.
    package var largestLoss: Double?

    /// Creates a route.
    package init(provider: String, model: String) { (self.provider, self.model) = (provider, model) }
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
