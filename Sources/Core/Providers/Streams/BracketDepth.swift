/// Follows the brackets of JSON that comes in pieces, those within strings left out.
struct BracketDepth {
    /// How many are open.
    private(set) var depth = 0
    /// Whether one has been opened yet.
    private(set) var hasBegun = false
    private var isInString = false
    private var isEscaped = false

    /// Whether all that were opened have been closed.
    var isWhole: Bool { hasBegun && depth == 0 }

    /// Takes the next byte in.
    ///
    /// - Returns: whether it closed a bracket.
    mutating func take(_ byte: UInt8) -> Bool {
        if isInString {
            if isEscaped {
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                isInString = false
            }
            return false
        }
        switch byte {
        case UInt8(ascii: "\""): isInString = true
        case UInt8(ascii: "{"), UInt8(ascii: "["): (depth, hasBegun) = (depth + 1, true)
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
            depth -= 1
            return true
        default: break
        }
        return false
    }
}
