/// Follows the JSON text of a call's arguments to see when it is whole.
struct ArgumentText {
    private var depth = 0
    private var hasBegun = false
    private var isInString = false
    private var isEscaped = false

    /// Whether the object has been closed.
    var isWhole: Bool { hasBegun && depth == 0 }

    /// Takes the next piece in.
    mutating func take(_ text: String) {
        for byte in text.utf8 { take(byte) }
    }

    private mutating func take(_ byte: UInt8) {
        if isInString {
            if isEscaped {
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                isInString = false
            }
            return
        }
        switch byte {
        case UInt8(ascii: "\""): isInString = true
        case UInt8(ascii: "{"), UInt8(ascii: "["): (depth, hasBegun) = (depth + 1, true)
        case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
        default: break
        }
    }
}

extension ChatEvent {
    /// The call that an event belongs to; `nil` for other events.
    var call: Int? {
        switch self {
        case .callStart(let index, _, _, _), .callArguments(let index, _), .callEnd(let index): index
        default: nil
        }
    }
}
