/// How the cache had a part in an answer.
package enum CacheStatus: String, Sendable, CaseIterable {
    /// A kept answer to the same question was served.
    case hit
    /// A kept answer to a question that means the same was served.
    case semanticHit = "semantic-hit"
    /// There was none that could be served.
    case miss
    /// The caller, or the absence of a rule, kept the request away from the cache.
    case bypass
    /// The caller wanted a new answer, and it is kept.
    case refresh

    /// Whether a kept answer was served.
    package var isHit: Bool { self == .hit || self == .semanticHit }
}

/// The headers that say how the cache had a part in an answer.
package enum CacheStatusHeaders {
    /// The headers: our own, and those of others whose words the caller used.
    ///
    /// - Parameters:
    ///   - age: how old the kept answer is, in microseconds; sent with hits, in whole seconds (RFC 9111, 5.1).
    ///   - similarity: the cosine of a semantic hit.
    ///   - directives: what the caller asked for.
    package static func headers(
        _ status: CacheStatus, age: Int64? = nil, similarity: Double? = nil, to directives: CacheDirectives
    ) -> [(name: String, value: String)] {
        var headers = [(name: "x-payback-cache", value: status.rawValue)]
        if status.isHit, let age { headers.append(("age", String(max(age, 0) / 1_000_000))) }
        let alike = status == .semanticHit ? similarity.map(text) : nil
        if let alike { headers.append(("x-payback-cache-similarity", alike)) }
        let dialects = directives.dialects
        let plain = status.isHit ? "HIT" : "MISS"
        if dialects.contains(.helicone) { headers.append(("helicone-cache", plain)) }
        if dialects.contains(.cloudflare) { headers.append(("cf-aig-cache-status", plain)) }
        if dialects.contains(.portkey) {
            headers.append(("x-portkey-cache-status", portkey(status, isSemantic: directives.asksForAlike)))
        }
        if dialects.contains(.liteLLM), let alike { headers.append(("x-litellm-semantic-similarity", alike)) }
        return headers
    }

    /// Portkey's words (its response schema).
    private static func portkey(_ status: CacheStatus, isSemantic: Bool) -> String {
        switch status {
        case .hit: "HIT"
        case .semanticHit: "SEMANTIC HIT"
        case .miss: isSemantic ? "SEMANTIC MISS" : "MISS"
        case .refresh: "REFRESH"
        case .bypass: "DISABLED"
        }
    }

    /// Four decimals, rounded down: a similarity is never said to be more than it is.
    private static func text(_ similarity: Double) -> String {
        let parts = Int((min(max(similarity, -1), 1) * 10_000).rounded(.down))
        let digits = String(abs(parts) + 10_000)
        return (parts < 0 ? "-" : "") + (abs(parts) == 10_000 ? "1." : "0.") + digits.suffix(4)
    }
}
