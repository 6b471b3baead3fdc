package import Domain
package import JSONScan

extension JSONValue {
    /// The most tokens that one usage object may claim; more is damage.
    private static let mostTokens: Int64 = 1_000_000_000_000

    /// The count of tokens under the first of these keys that has a value; unknown where none has.
    ///
    /// - Throws: ``UsageProblem`` where it is no whole number, negative or absurdly large.
    package func tokens(_ keys: [String]) throws(UsageProblem) -> TokenCount {
        for key in keys {
            guard let value = self[key], value != .null, value != .string("") else { continue }
            guard let count = value.integer else {
                throw UsageProblem("bad_number", "\(key) is not a whole number of tokens.")
            }
            guard count >= 0 else {
                throw UsageProblem(
                    "negative_tokens", "\(key) is negative; corrections belong into an invoice or a bill.")
            }
            guard count <= Self.mostTokens else {
                throw UsageProblem("implausible_tokens", "\(key) is above 10^12 tokens; it is taken for damage.")
            }
            return TokenCount(count)
        }
        return .unknown
    }

    /// Whether at least one of these keys has a value.
    func hasAny(_ keys: [String]) -> Bool {
        keys.contains { key in
            guard let value = self[key] else { return false }
            return value != .null
        }
    }
}

extension TokenCount {
    /// A count that the provider leaves out where it is zero.
    func orNone() -> TokenCount { isKnown ? self : .zero }

    /// The sum, unknown only where both are.
    func plus(_ other: TokenCount) -> TokenCount {
        isKnown || other.isKnown ? TokenCount(orZero &+ other.orZero) : .unknown
    }

    /// Total input less the parts of it that stand in other buckets; unknown parts count as none.
    ///
    /// - Throws: ``UsageProblem`` where the parts are more than the whole.
    func less(_ parts: [TokenCount]) throws(UsageProblem) -> TokenCount {
        guard let whole = known else { return .unknown }
        var rest = whole
        for part in parts { rest -= part.orZero }
        guard rest >= 0 else {
            throw UsageProblem("cache_exceeds_input", "More tokens are cached than there is input.")
        }
        return TokenCount(rest)
    }
}
