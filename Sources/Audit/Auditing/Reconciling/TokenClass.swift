internal import Domain
internal import Ledger
internal import Pricing

/// What bills charge for, and ledgers sum up: one of the five disjoint buckets.
enum TokenClass: CaseIterable, Hashable {
    case uncachedInput, cacheRead, cacheWrite5m, cacheWrite1h, output

    /// Its bucket of a control total.
    var bucket: KeyPath<TokenUsage, TokenCount> {
        switch self {
        case .uncachedInput: \.uncachedInput
        case .cacheRead: \.cacheRead
        case .cacheWrite5m: \.cacheWrite5m
        case .cacheWrite1h: \.cacheWrite1h
        case .output: \.output
        }
    }

    /// Its sum of a ledger.
    var sum: KeyPath<UsageMeasures, Int64> {
        switch self {
        case .uncachedInput: \.uncachedInput
        case .cacheRead: \.cacheRead
        case .cacheWrite5m: \.cacheWrite5m
        case .cacheWrite1h: \.cacheWrite1h
        case .output: \.output
        }
    }

    /// Its price; a cache write of the other lifetime, or input, where the book has no price of its own.
    func rate(of rates: TokenRates) -> Int128? {
        let found =
            switch self {
            case .uncachedInput: rates.input
            case .cacheRead: rates.cacheRead ?? rates.input
            case .cacheWrite5m: rates.cacheWrite5m ?? rates.input
            case .cacheWrite1h: rates.cacheWrite1h ?? rates.cacheWrite5m ?? rates.input
            case .output: rates.output
            }
        return found.map { Int128($0.picos) }
    }

    /// Whether it is written to a cache.
    var isCacheWrite: Bool { self == .cacheWrite5m || self == .cacheWrite1h }

    /// For people.
    var label: String {
        switch self {
        case .uncachedInput: "uncached input"
        case .cacheRead: "cache read"
        case .cacheWrite5m: "cache write"
        case .cacheWrite1h: "one-hour cache write"
        case .output: "output"
        }
    }
}
