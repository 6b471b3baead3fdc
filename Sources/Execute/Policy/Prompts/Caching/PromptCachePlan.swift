/// Which prefixes of one prompt are marked for the provider's cache, and why.
package struct PromptCachePlan: Sendable, Hashable {
    /// How long the provider keeps a prefix after its last use.
    package enum Lifetime: String, Sendable {
        /// 5 minutes.
        case short = "5m"
        /// An hour.
        case long = "1h"
    }

    /// A mark.
    package struct Mark: Sendable, Hashable {
        /// The position among the outline's parts.
        package let part: Int
        /// How long.
        package let lifetime: Lifetime
        /// Why, for a person.
        package let reason: String
    }

    /// The most marks that the provider takes.
    package static let mostMarks = 4
    /// The marks, in the order of the prefix; empty where none pays.
    package let marks: [Mark]

    /// Decides: a prefix is marked where what is expected to be read of it pays for writing it.
    package init(_ outline: PromptOutline, _ expectation: PrefixReuse.Expectation, _ terms: PromptCacheTerms) {
        var marks: [Mark] = []
        for (slot, part) in Self.candidates(outline, expectation) {
            guard outline.parts[part].takesMark, outline.parts[part].tokens >= terms.leastTokens,
                marks.last?.part != part,
                // Prefixes that live longer have to stand before those that live shorter.
                let mark = Self.mark(part, expectation[slot], terms, mayBeLong: marks.last?.lifetime != .short)
            else { continue }
            marks.append(mark)
        }
        self.marks = Array(marks.prefix(Self.mostMarks))
    }

    private static func candidates(
        _ outline: PromptOutline, _ expectation: PrefixReuse.Expectation
    ) -> [(PrefixReuse.Slot, Int)] {
        var candidates: [(PrefixReuse.Slot, Int)] = []
        for position in outline.parts.indices {
            switch outline.parts[position].kind {
            case .tools: candidates.append((.tools, position))
            case .system: candidates.append((.system, position))
            case .message:
                if position == expectation.history { candidates.append((.history, position)) }
                if position == outline.parts.indices.last { candidates.append((.tail, position)) }
            }
        }
        return candidates
    }

    /// The cheaper of the two lifetimes, where it pays at all.
    private static func mark(
        _ part: Int, _ shares: PrefixReuse.Shares, _ terms: PromptCacheTerms, mayBeLong: Bool
    ) -> Mark? {
        let short = cost(shares.short, terms.shortWrite, terms.read)
        let long = mayBeLong ? cost(shares.long, terms.longWrite, terms.read) : .infinity
        let isLong = long < short
        let (reuse, write) = isLong ? (shares.long, terms.longWrite) : (shares.short, terms.shortWrite)
        let (pays, reason) = PrefixAlignment.writePays(reuse: reuse, write: write, read: terms.read)
        return pays ? Mark(part: part, lifetime: isLong ? .long : .short, reason: reason) : nil
    }

    /// What a token of the prefix is expected to cost, as a factor on an ordinary one.
    private static func cost(_ reuse: Double, _ write: Double, _ read: Double) -> Double {
        reuse * read + (1 - reuse) * write
    }
}
