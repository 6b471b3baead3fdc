/// What a line of a bill counts, and what a price is asked for.
package struct SampleMeter: Hashable, Sendable {
    /// Who bills, under the price book's name.
    package let provider: String
    /// The model as records name it.
    package let model: String
    /// The service tier: `standard`, `batch` or `flex`.
    package let tier: String
    /// Which of a request's tokens.
    package let tokens: SampleTokenClass
    /// The day in UTC, written `2026-10-01`.
    package let day: String
}

/// The classes of tokens that have lines of their own; the raw value is the ledger's word for them.
package enum SampleTokenClass: String, CaseIterable, Sendable {
    /// Input neither read from nor written to a cache.
    case input = "uncached_input"
    /// Input read from a cache.
    case cacheRead = "cache_read"
    /// Input written to a cache for five minutes.
    case cacheWrite = "cache_write_5m"
    /// Output.
    case output

    /// How many of these tokens a request used.
    func count(in request: SampleRequest) -> Int {
        switch self {
        case .input: request.uncached
        case .cacheRead: request.read
        case .cacheWrite: request.written
        case .output: request.output
        }
    }
}

/// The price of one token in pico-dollars (10⁻¹² USD); `nil` where it has none. The caller's price book answers.
package typealias SamplePrice = (SampleMeter) -> Int64?
