/// What stands in a field: its kind, and which bytes of the buffer it is.
@usableFromInline
package struct FieldValue: Sendable, Hashable {
    /// The kind of a value.
    @usableFromInline
    package enum Kind: UInt8, Sendable {
        /// The field is not there.
        case absent
        /// `null`.
        case null
        /// `true`.
        case yes
        /// `false`.
        case no
        /// A number, as written.
        case number
        /// A string without escapes: its bytes between the quotes, or a plain CSV cell.
        case string
        /// A JSON string with escapes, still escaped.
        case escapedString
        /// A CSV cell with doubled quotes, still doubled.
        case quotedCell
        /// An object, from `{` to `}`.
        case object
        /// An array, from `[` to `]`.
        case array
    }

    /// The kind.
    @usableFromInline
    package var kind: Kind
    /// First byte in the buffer.
    package var start: UInt32
    /// Number of bytes.
    package var count: UInt32

    /// Creates a value.
    package init(kind: Kind, start: Int, count: Int) {
        self.kind = kind
        self.start = UInt32(truncatingIfNeeded: start)
        self.count = UInt32(truncatingIfNeeded: count)
    }

    /// The field is not there.
    package static let absent = FieldValue(kind: .absent, start: 0, count: 0)

    /// Whether the field is missing or null.
    @inlinable
    package var isMissing: Bool { kind == .absent || kind == .null }
}
