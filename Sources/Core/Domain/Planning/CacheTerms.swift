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
    /// Whether requests are served that ask for sampling (a temperature above 0): their caller gets one answer for many.
    package var isSampled = true
    /// How much memory answers may take, bytes.
    package var mostBytes: Int64 = 268_435_456
    /// Conversations of more turns are not matched by meaning: what was said before weighs too much.
    package var mostTurns = 8

    /// Creates the usual terms.
    package init() {}
}
