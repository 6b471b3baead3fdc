/// A number of tokens that may be unknown. Unknown is not zero.
@usableFromInline
package struct TokenCount: Sendable, Hashable {
    /// The count, or -1 for unknown.
    @usableFromInline var raw: Int64

    /// A known count. Negative counts do not exist: readers report them before they get here.
    @inlinable
    package init(_ count: Int64) { raw = count }

    /// Not known.
    @usableFromInline
    package static let unknown = TokenCount(-1)
    /// Known to be none.
    @usableFromInline
    package static let zero = TokenCount(0)

    /// The count, `nil` where it is unknown.
    @inlinable
    package var known: Int64? { raw < 0 ? nil : raw }

    /// The count, with unknown taken as 0; for sums that report the unknown elsewhere.
    @inlinable
    package var orZero: Int64 { raw < 0 ? 0 : raw }

    /// Whether the count is known.
    @inlinable
    package var isKnown: Bool { raw >= 0 }
}

/// What a call used, in five disjoint buckets of tokens.
///
/// Total input is the sum of the first four. Each provider's own meaning of "input tokens" is translated where its
/// format is read and nowhere else. `reasoning` and the modality counts are an *of which* of a bucket: never add them.
package struct TokenUsage: Sendable, Hashable {
    /// Input tokens neither read from nor written to a prompt cache.
    package var uncachedInput: TokenCount
    /// Input tokens served from the provider's prompt cache.
    package var cacheRead: TokenCount
    /// Input tokens written to the cache with the 5-minute or default time to live.
    package var cacheWrite5m: TokenCount
    /// Input tokens written to the cache with the 1-hour time to live.
    package var cacheWrite1h: TokenCount
    /// All generated tokens, reasoning included.
    package var output: TokenCount
    /// Of `output`: tokens spent on reasoning.
    package var reasoning: TokenCount = .unknown
    /// Of the input: audio tokens.
    package var audioInput: TokenCount = .unknown
    /// Of `output`: audio tokens.
    package var audioOutput: TokenCount = .unknown
    /// Of the input: image tokens.
    package var imageInput: TokenCount = .unknown
    /// Of `output`: image tokens.
    package var imageOutput: TokenCount = .unknown

    /// Creates a usage; buckets that are not given are unknown.
    package init(
        uncachedInput: TokenCount = .unknown, cacheRead: TokenCount = .unknown, cacheWrite5m: TokenCount = .unknown,
        cacheWrite1h: TokenCount = .unknown, output: TokenCount = .unknown, reasoning: TokenCount = .unknown
    ) {
        self.uncachedInput = uncachedInput
        self.cacheRead = cacheRead
        self.cacheWrite5m = cacheWrite5m
        self.cacheWrite1h = cacheWrite1h
        self.output = output
        self.reasoning = reasoning
    }

    /// Nothing is known.
    package static let unknown = TokenUsage()

    /// Whether at least one bucket is known.
    package var isKnown: Bool {
        uncachedInput.isKnown || output.isKnown || cacheRead.isKnown || cacheWrite5m.isKnown || cacheWrite1h.isKnown
    }

    /// The sum of the four input buckets, unknown ones taken as 0.
    package var totalInput: Int64 {
        uncachedInput.orZero &+ cacheRead.orZero &+ cacheWrite5m.orZero &+ cacheWrite1h.orZero
    }

    /// Input and output together, unknown buckets taken as 0.
    package var total: Int64 { totalInput &+ output.orZero }
}

/// Where a record's token counts come from.
package enum UsageSource: UInt8, Sendable, CaseIterable {
    /// The provider reported them.
    case reported
    /// Payback estimated them, because the provider gave none.
    case estimated
    /// Some buckets are known, others are not.
    case partial
    /// There are none.
    case absent

    /// The name in JSON and in the ledger.
    package var name: String { ["reported", "estimated", "partial", "absent"][Int(rawValue)] }
}
