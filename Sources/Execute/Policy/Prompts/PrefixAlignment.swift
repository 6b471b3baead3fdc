/// What keeps a provider's prompt cache from being read: something that changes early in the prompt.
package enum PrefixAlignment {
    /// A span that changes from request to request.
    package struct VolatileSpan: Sendable, Hashable {
        /// What it looks like.
        package enum Kind: String, Sendable {
            case timestamp, date, time, uuid
            case longNumber = "long_number"
        }

        /// What it looks like.
        package let kind: Kind
        /// Where it begins, in bytes of the prompt.
        package let offset: Int
        /// How long it is, in bytes.
        package let count: Int
    }

    /// The first span that changes from request to request by its look; `nil` where there is none.
    ///
    /// Everything behind it is read anew on every call, so moving it to the end of the prompt is what a cache needs.
    package static func firstVolatileSpan(in prompt: String) -> VolatileSpan? {
        let patterns: [(VolatileSpan.Kind, Regex<Substring>)] = [
            (.uuid, /[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}/),
            (.timestamp, /[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}[0-9:.]*Z?/),
            (.date, /[0-9]{4}-[0-9]{2}-[0-9]{2}/), (.time, /[0-9]{1,2}:[0-9]{2}:[0-9]{2}/),
            (.longNumber, /[0-9]{9,}/),
        ]
        var best: VolatileSpan?
        for (kind, pattern) in patterns {
            guard let match = prompt.firstMatch(of: pattern) else { continue }
            let offset = prompt.utf8.distance(from: prompt.startIndex, to: match.range.lowerBound)
            if let best, best.offset <= offset { continue }
            best = VolatileSpan(kind: kind, offset: offset, count: match.output.utf8.count)
        }
        return best
    }

    /// Whether writing a prefix into the provider's cache pays, and why.
    ///
    /// - Parameters:
    ///   - reuse: the share of its tokens that are expected to be read before it expires, a fraction.
    ///   - write: the price of a written token, as a factor on an ordinary one.
    ///   - read: the price of a read token.
    package static func writePays(reuse: Double, write: Double, read: Double) -> (pays: Bool, reason: String) {
        let limit = write <= 1 ? 0 : (write - 1) / (write - read)
        let text = "reuse of \(percent(reuse)) against a break-even of \(percent(limit))"
        return (reuse > limit, reuse > limit ? "write: \(text)" : "do not write: \(text)")
    }

    private static func percent(_ share: Double) -> String { "\((share * 1_000).rounded() / 10) %" }
}
