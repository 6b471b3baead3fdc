/// A place where a prefix of a prompt can end, in the order in which the provider reads it: tools, system, messages.
package struct PromptPart: Sendable, Hashable {
    /// What ends there.
    package enum Kind: Sendable, Hashable {
        /// The definitions of tools.
        case tools
        /// The system prompt.
        case system
        /// The message of this number, from 0.
        case message(Int)
    }

    /// How a mark gets there.
    enum Place: Sendable, Hashable {
        /// Into the object whose closing brace stands at this byte.
        case object(closingAt: Int)
        /// The text from quote to quote becomes a block with the mark.
        case text(Range<Int>)
    }

    /// What ends there.
    package let kind: Kind
    /// Bytes of the body that belong to the prefix.
    package let bytes: Int
    /// Chained over the prefix: equal hashes mean equal prefixes. Not for secrets.
    package let hash: UInt64
    /// How a mark gets there; `nil` where the provider takes none.
    let place: Place?

    /// Whether a mark can be placed there.
    package var takesMark: Bool { place != nil }

    /// About how many tokens the prefix has: four bytes each.
    package var tokens: Int64 { Int64(bytes / 4) }
}
