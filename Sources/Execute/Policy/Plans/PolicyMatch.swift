internal import Domain

/// The rules of a plan that mean a request: of each kind the first that acts.
package struct PolicyMatch: Sendable, Hashable {
    /// Left untouched on purpose, to measure against: no rule means it.
    package var isHeldOut = false
    /// The rule whose cache may hold the answer to the very same request.
    package var cache: Int?
    /// The rule whose cache may hold an answer to what means the same.
    package var semanticCache: Int?
    /// The rule that sends it to another model.
    package var route: Int?
    /// The rule that shortens its prompt.
    package var shorten: Int?
    /// The rule that limits its output.
    package var limitOutput: Int?
    /// The rule that aligns its prefix for the provider's cache.
    package var alignPrefix: Int?
    /// The rule that buys it in another tier.
    package var tier: Int?

    /// Creates a match of no rule.
    package init() {}

    /// The rule of a kind.
    subscript(kind: Kind) -> Int? {
        get {
            switch kind {
            case .cache: cache
            case .semanticCache: semanticCache
            case .route: route
            case .shorten: shorten
            case .limitOutput: limitOutput
            case .alignPrefix: alignPrefix
            case .tier: tier
            }
        }
        set {
            switch kind {
            case .cache: cache = newValue
            case .semanticCache: semanticCache = newValue
            case .route: route = newValue
            case .shorten: shorten = newValue
            case .limitOutput: limitOutput = newValue
            case .alignPrefix: alignPrefix = newValue
            case .tier: tier = newValue
            }
        }
    }

    /// The kinds of actions, of which each acts once for a request.
    enum Kind: Sendable {
        case cache, semanticCache, route, shorten, limitOutput, alignPrefix, tier

        init(_ action: PlanAction) {
            self =
                switch action {
                case .cache(let terms): terms.match == .semantic ? .semanticCache : .cache
                case .route: .route
                case .shorten: .shorten
                case .limitOutput: .limitOutput
                case .alignPrefix: .alignPrefix
                case .tier: .tier
                }
        }
    }

    /// Whether any rule means it.
    package var isEmpty: Bool { self == PolicyMatch() }
}
